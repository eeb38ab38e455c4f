"""What is wrong with a configuration and at which key, before files come into it.

`layers` turns a finding into a problem with its file, line and column.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

KeyPath: TypeAlias = tuple[str | int, ...]
"""The keys, and the places in lists counted from 0, that lead to a value."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One mistake: the key it is about, what is wrong and what would be right.

    `is_about_key` points at the key and not at its value. `column` counts from 1
    within the value's text. `quotes_value` says that the message repeats a part of
    the value, which may be a secret of the environment.
    """

    path: KeyPath
    message: str
    is_about_key: bool = False
    column: int | None = None
    quotes_value: bool = False


def dotted(path: KeyPath) -> str:
    """The key as operators name it, `topics.libya.match`; places in lists left out."""
    return ".".join(step for step in path if isinstance(step, str))


def describe_misreading(written: str, value: object) -> str:
    """What to do about text that YAML takes for something else."""
    if value is None:
        return "write text here" if written == "" else _quote(written, "nothing")
    if isinstance(value, bool):
        return _quote(written, str(value).lower())
    return _quote(written, "a number")


def _quote(written: str, meaning: str) -> str:
    return f'YAML reads {written} as {meaning}: quote it, "{written}"'
