"""The lines of an exported database: how each is written, and what spoils one.

{"rekkas": "0.1.0", "format": 1, "step": "0016"}
{"table": "source", "row": {"slug": "yabiladi", …}}
{"end": {"source": 1}}
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

FORMAT = 1

LONGEST_LINE = 256 * 1024 * 1024
"""Bytes; an article has a few thousand, the largest document a few million."""


class SpoiltLineError(ValueError):
    """A line cannot be what stands in its place; the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """Which rekkas wrote the lines, and at which step its tables were."""

    version: str
    step: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RowLine:
    """A row and its table, the row as it was read."""

    table: str
    row: object


@dataclass(frozen=True, slots=True, kw_only=True)
class EndLine:
    """How many rows of each table came before."""

    counts: Mapping[str, int]


Line: TypeAlias = RowLine | EndLine


def write_header(header: Header) -> bytes:
    """The first line."""
    return _line({"rekkas": header.version, "format": FORMAT, "step": header.step})


def write_row(table: str, row: Mapping[str, Any]) -> bytes:
    """The line of a row."""
    return _line({"table": table, "row": row})


def write_end(counts: Mapping[str, int]) -> bytes:
    """The last line."""
    return _line({"end": dict(counts)})


def _line(value: object) -> bytes:
    try:
        return json.dumps(value, ensure_ascii=False).encode() + b"\n"
    except UnicodeEncodeError:  # half a character of a careless publisher's
        return json.dumps(value).encode() + b"\n"


def read_header(line: bytes) -> Header:
    """The header.

    Raises:
        SpoiltLineError: it is none, or one of a later format.
    """
    match _read(line):
        case {"rekkas": str(version), "format": int(number), "step": str(step)}:
            if number > FORMAT:
                raise SpoiltLineError(f"it was written by a newer rekkas ({version})")
            return Header(version=version, step=step)
        case _:
            raise SpoiltLineError("this is no export of rekkas")


def read_line(line: bytes) -> Line:
    """What a line behind the header says.

    Raises:
        SpoiltLineError: it cannot be one.
    """
    match _read(line):
        case {"table": str(table), "row": row, **rest} if not rest:
            return RowLine(table=table, row=row)
        case {"end": dict(counts), **rest} if not rest:
            return EndLine(counts=counts)
        case _:
            raise SpoiltLineError("it is neither a row nor the end")


def _read(line: bytes) -> object:
    if not line.endswith(b"\n"):
        raise SpoiltLineError("the file was cut here, or this line is too long")
    try:
        value: object = json.loads(line)
    except (ValueError, RecursionError):
        raise SpoiltLineError("it is no JSON") from None
    return value
