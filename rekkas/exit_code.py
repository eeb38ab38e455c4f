"""How a command ends, for whoever calls it: the one home of exit codes."""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """What the number tells with which a command ends; `meaning` says it in words."""

    meaning: str

    def __new__(cls, code: int, meaning: str) -> ExitCode:
        """The number, and what it tells."""
        member = int.__new__(cls, code)
        member._value_ = code
        member.meaning = meaning
        return member

    DONE = 0, "What was asked for is done."
    SOURCES_FAILED = (
        1,
        "Some sources failed, or nothing usable was found at an address; what the "
        "others brought is kept.",
    )
    USAGE = (
        2,
        "The configuration, or how the command was called, has a mistake; nothing was "
        "started.",
    )
    STORAGE = (
        3,
        "The database or a disk is in trouble, has a flaw, or is held by another "
        "process.",
    )
    # 128 and the number of the signal, as shells have it.
    INTERRUPTED = 130, "Somebody pressed Ctrl-C (SIGINT)."
    PIPE_CLOSED = 141, "Whoever read the output went away (SIGPIPE)."
