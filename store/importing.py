"""Fill an empty database with the lines of another: all of them, or none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import IO, TypeAlias

from store.database.engine import Connection, Database
from store.database.migrations import HEAD
from store.database.rows import Record
from store.database.upgrade import is_known_step
from store.database.whole_rows import (
    RowRefusedError,
    first_used,
    make_room,
    put_all,
    read_kept,
)
from store.errors import DatabaseTooNew, StoreError
from store.keeping import index_anew
from store.transfer import (
    LONGEST_LINE,
    EndLine,
    Header,
    SpoiltLineError,
    read_header,
    read_line,
)

_ROWS_AT_A_TIME = 500

_Row: TypeAlias = tuple[int, str, Record]
"""The number of a line, the table and the row that it has."""


def import_lines(
    database: Database, lines: IO[bytes], *, name: str
) -> Mapping[str, int]:
    """How many rows of each table were put; `name` is what the operator calls them.

    In one transaction: whatever is wrong with the last line, nothing stays.

    Raises:
        DatabaseTooNew: a later rekkas wrote the lines.
        StoreError: the database is not empty, or a line is spoilt, which is named.
    """
    with database.write() as connection:
        database.kind.lift_time_limit(connection)
        used = first_used(connection)
        if used is not None:
            raise StoreError(
                f"the database {database.place} is not empty (there are rows of "
                f"{used}): import into a new one, which storage.url names; nothing "
                "was changed"
            )
        make_room(connection)
        counts = _put_lines(connection, _Reader(lines, name))
        index_anew(connection)
    return counts


def _put_lines(connection: Connection, reader: _Reader) -> Mapping[str, int]:
    reader.read_header()
    counts: Counter[str] = Counter()
    for table, rows in groupby(reader.rows(counts), key=lambda row: row[1]):
        for some in _pieces(rows):
            try:
                put_all(connection, table, [row for _, _, row in some])
            except RowRefusedError as error:
                raise reader.spoilt(str(error), number=some[error.index][0]) from error
    return counts


def _pieces(rows: Iterator[_Row]) -> Iterator[list[_Row]]:
    piece: list[_Row] = []
    for row in rows:
        piece.append(row)
        if len(piece) == _ROWS_AT_A_TIME:
            yield piece
            piece = []
    if piece:
        yield piece


class _Reader:
    """The lines one after the other, each known by its number."""

    def __init__(self, lines: IO[bytes], name: str) -> None:
        self._lines = lines
        self._name = name
        self._number = 0

    def read_header(self) -> None:
        """Refuse lines that this version does not read."""
        try:
            header = read_header(self._next())
        except SpoiltLineError as error:
            raise self.spoilt(str(error)) from error
        _refuse_other_step(self._name, header)

    def rows(self, counts: Counter[str]) -> Iterator[_Row]:
        """Every row; they are counted, and compared with what the end says."""
        while True:
            try:
                line = read_line(self._next())
                if isinstance(line, EndLine):
                    self._compare(line, counts)
                    return
                row = read_kept(line.table, line.row)
            except ValueError as error:
                raise self.spoilt(str(error)) from error
            counts[line.table] += 1
            yield self._number, line.table, row

    def spoilt(self, reason: str, *, number: int | None = None) -> StoreError:
        """What to tell of a line, by default the last that was read."""
        return StoreError(
            f"line {number or self._number} of {self._name} is spoilt ({reason}): "
            "export anew; nothing was changed"
        )

    def _next(self) -> bytes:
        self._number += 1
        return self._lines.readline(LONGEST_LINE)

    def _compare(self, end: EndLine, counts: Counter[str]) -> None:
        if dict(end.counts) != dict(counts):
            raise SpoiltLineError("it counts other rows than come before it")
        if self._lines.readline(1):
            raise SpoiltLineError("there is more behind the end")


def _refuse_other_step(name: str, header: Header) -> None:
    if header.step == HEAD:
        return
    if not is_known_step(header.step):
        raise DatabaseTooNew(
            f"{name} was written by a newer rekkas ({header.version}, tables "
            f"{header.step}; this version knows {HEAD}): import it with that version; "
            "nothing was changed"
        )
    raise StoreError(
        f"{name} was written by an earlier rekkas ({header.version}, tables "
        f"{header.step}; this version has {HEAD}): import it with that version into a "
        "new database, and run `rekkas db upgrade` on that; nothing was changed"
    )
