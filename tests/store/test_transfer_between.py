from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from store.database import tables
from store.database.engine import Database
from store.database.upgrade import open_database
from store.errors import DatabaseTooNew, StoreError
from store.exporting import export_lines
from store.importing import import_lines
from store.keeping import check_database
from tests.factories import LONG_TEXT, make_numbered
from tests.store.conftest import KINDS, Shelf, make_url
from tests.store.filled import fill_tables
from tests.store.test_archive import close, enter


@pytest.fixture(params=KINDS)
def origin(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A database of either kind, with what a service stores and every other row."""
    folder = tmp_path / "origin"
    with (
        make_url(request.param, folder, request, has_tables=True) as url,
        open_database(url) as opened,
    ):
        yield opened


def fill(database: Database) -> None:
    shelf = Shelf(database)
    enter(shelf, *range(1, 8))
    shelf.record(make_numbered(20, title="Mali one", text=f"{LONG_TEXT} mali"))
    shelf.record(
        make_numbered(20, title="Mali \x85 ‏عاجل two", text=f"{LONG_TEXT} mali"),
    )
    close(shelf)


def export(database: Database) -> bytes:
    return b"".join(export_lines(database, version="0.1.0"))


def read_in(database: Database, lines: bytes) -> None:
    import_lines(database, io.BytesIO(lines), name="news.jsonl")


def test_a_database_comes_through_another_and_back_without_loss(
    origin: Database, url: str, tmp_path: Path
) -> None:
    fill(origin)
    with origin.read() as connection:
        words = connection.exec_driver_sql("SELECT rowid FROM article_words").all()
    lines = export(origin)

    with open_database(url) as other:
        read_in(other, lines)
        back = export(other)
        assert list(check_database(other)) == []
        with other.read() as connection:
            found = connection.exec_driver_sql("SELECT rowid FROM article_words").all()
    with open_database(f"sqlite:///{tmp_path}/third.db") as third:
        read_in(third, back)
        assert export(third) == lines

    assert back == lines
    assert sorted(map(tuple, found)) == sorted(map(tuple, words))


def test_every_column_of_every_table_comes_through(origin: Database, url: str) -> None:
    with origin.write() as connection:
        fill_tables(connection, tables.metadata.sorted_tables)
    lines = export(origin)

    with open_database(url) as other:
        read_in(other, lines)

        assert export(other) == lines
    rows = [json.loads(line) for line in lines.splitlines()[1:-1]]
    assert {row["table"] for row in rows} == set(tables.metadata.tables)


def test_what_was_read_is_found_and_goes_on(origin: Database, url: str) -> None:
    fill(origin)

    with open_database(url) as other:
        read_in(other, export(origin))
        shelf = Shelf(other)
        again = shelf.record(make_numbered(7, title="Morocco 7", text=""))
        new = shelf.record(make_numbered(30, title="Morocco 30"))

        assert (again.new, new.new) == (0, 1)
        assert shelf.titles("morocco")[0] == "Morocco 30"


def at(number: int, change: Callable[[bytes], bytes]) -> Callable[[bytes], bytes]:
    """Change one line of an export."""

    def spoil(lines: bytes) -> bytes:
        several = lines.splitlines(keepends=True)
        several[number - 1] = change(several[number - 1])
        return b"".join(several)

    return spoil


def with_value(column: str, value: object) -> Callable[[bytes], bytes]:
    def change(line: bytes) -> bytes:
        read = json.loads(line)
        read["row"][column] = value
        return json.dumps(read).encode() + b"\n"

    return change


def first_of(table: str, lines: bytes) -> int:
    mark = f'{{"table": "{table}"'.encode()
    several = lines.splitlines()
    return 1 + next(n for n, line in enumerate(several) if line.startswith(mark))


SPOILT: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "cut within a line": (lambda lines: lines[:900], "line . .*was cut here"),
    "cut behind a line": (at(9, lambda line: b""), "line .* counts other rows"),
    "without its end": (
        lambda lines: b"".join(lines.splitlines(keepends=True)[:-1]),
        "was cut here",
    ),
    "an empty file": (lambda lines: b"", "line 1 .*cut here"),
    "another file": (lambda lines: b"notes\n" + lines, "line 1 .*no JSON"),
    "another program's lines": (lambda lines: b"{}\n" + lines, "line 1 .*no export"),
    "no JSON in the middle": (at(5, lambda line: line[1:]), "line 5 .*no JSON"),
    "a line of neither kind": (at(5, lambda line: b"[]\n"), "line 5 .*neither"),
    "a table that is not there": (
        at(5, lambda line: b'{"table": "moon", "row": {}}\n'),
        "line 5 .*no table 'moon'",
    ),
    "a row that lacks a column": (
        at(5, lambda line: b'{"table": "source", "row": {"slug": "a"}}\n'),
        "line 5 .*other columns",
    ),
    "a line that comes twice": (at(5, lambda line: line * 2), "line 6 "),
    "more behind the end": (lambda lines: lines + b"\n", "more behind the end"),
}


@pytest.mark.parametrize("case", SPOILT.values(), ids=SPOILT.keys())
def test_spoilt_lines_are_refused_whole_and_named(
    database: Database, tmp_path: Path, case: tuple[Callable[[bytes], bytes], str]
) -> None:
    spoil, told = case
    with open_database(f"sqlite:///{tmp_path}/origin.db") as origin:
        fill(origin)
        lines = spoil(export(origin))

    with pytest.raises(StoreError, match=told):
        read_in(database, lines)

    assert list(Shelf(database).library.article_numbers()) == []


VALUES: dict[str, tuple[str, str, object]] = {
    "a number that is a text": ("article", "id", "seven"),
    "a number that no database holds": ("article", "id", 2**63),
    "a truth for a number": ("article", "id", True),
    "a text that is a number": ("article", "title", 7),
    "nothing where something must be": ("article", "title", None),
    "half a character": ("article", "title", "\ud800"),
    "a time without a zone": ("article", "first_seen_at", "2026-01-01T00:00:00"),
    "a time that is none": ("article", "first_seen_at", "yesterday"),
    "bytes that are none": ("archive_page", "body", "!"),
    "a source that is not there": ("article", "carrier", "moon"),
}


@pytest.mark.parametrize("case", VALUES.values(), ids=VALUES.keys())
def test_a_value_that_cannot_be_is_refused_with_its_line(
    database: Database, tmp_path: Path, case: tuple[str, str, object]
) -> None:
    table, column, value = case
    with open_database(f"sqlite:///{tmp_path}/origin.db") as origin:
        fill(origin)
        lines = export(origin)
    number = first_of(table, lines)

    with pytest.raises(StoreError, match=f"line {number} of news.jsonl is spoilt"):
        read_in(database, at(number, with_value(column, value))(lines))

    with database.read() as connection:
        assert connection.execute(text("SELECT count(*) FROM source")).scalar() == 0


HEADERS = {
    "a later format": ({"format": 2}, StoreError, "newer rekkas"),
    "a later step": ({"step": "9999"}, DatabaseTooNew, "newer rekkas"),
    "an earlier step": ({"step": "0003"}, StoreError, "earlier rekkas"),
}


@pytest.mark.parametrize("case", HEADERS.values(), ids=HEADERS.keys())
def test_lines_of_another_version_are_refused(
    database: Database, case: tuple[dict[str, object], type[StoreError], str]
) -> None:
    change, kind, told = case
    header, *rest = export(database).splitlines(keepends=True)
    changed = json.dumps(json.loads(header) | change).encode() + b"\n"

    with pytest.raises(kind, match=told):
        read_in(database, b"".join((changed, *rest)))


def test_nothing_is_read_into_a_database_in_use(database: Database) -> None:
    fill(database)
    lines = export(database)

    with pytest.raises(StoreError, match="not empty"):
        read_in(database, lines)

    assert export(database) == lines


def test_lines_are_written_as_they_are_read(database: Database) -> None:
    fill(database)

    lines = export_lines(database, version="0.1.0")

    assert json.loads(next(lines))["rekkas"] == "0.1.0"
    assert json.loads(next(lines))["table"]
    lines.close()  # type: ignore[attr-defined] # a generator, to let its transaction go
