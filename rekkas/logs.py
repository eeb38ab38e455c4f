"""Where a command says what it does: on stderr, one event a line."""

from __future__ import annotations

import logging
import sys
from typing import TextIO

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

# What moves the cursor or changes colours has no business in a publisher's words.
_VISIBLE = {code: f"\\x{code:02x}" for code in (*range(32), *range(127, 160))}


def configure_logs(stream: TextIO | None = None) -> None:
    """Text on a terminal, JSON lines otherwise; times are UTC.

    `stream` takes the place of stderr in tests.
    """
    stream = stream or sys.stderr
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            *(_for_people() if stream.isatty() else _for_machines()),
        ],
        logger_factory=structlog.PrintLoggerFactory(stream),
    )
    # What libraries have to say is shown from warnings on, without their own form.
    logging.basicConfig(
        level=logging.WARNING, format="%(name)s: %(message)s", stream=stream
    )
    # A closed connection of a reader is no event of ours.
    logging.getLogger("uvicorn.error").setLevel(logging.ERROR)
    logging.getLogger("apscheduler").setLevel(logging.ERROR)
    # A server that is gone is told by events of ours, once, and not at each try.
    for name in ("psycopg.pool", "procrastinate.utils"):
        logging.getLogger(name).setLevel(logging.CRITICAL)


def _for_people() -> tuple[Processor, ...]:
    # The plain traceback: the pretty one shows the values of variables.
    renderer = structlog.dev.ConsoleRenderer(
        exception_formatter=structlog.dev.plain_traceback
    )
    return _show_controls, renderer


def _for_machines() -> tuple[Processor, ...]:
    return (
        structlog.processors.format_exc_info,
        structlog.processors.JSONRenderer(ensure_ascii=False),
    )


def _show_controls(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """Write control characters out, so that a terminal does not obey them."""
    return {
        key: value.translate(_VISIBLE) if isinstance(value, str) else value
        for key, value in event.items()
    }
