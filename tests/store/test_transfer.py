from __future__ import annotations

import json

import pytest

from store.transfer import (
    EndLine,
    Header,
    RowLine,
    SpoiltLineError,
    read_header,
    read_line,
    write_end,
    write_header,
    write_row,
)


def test_what_is_written_is_read() -> None:
    header = Header(version="1.2", step="0016")
    row = {"title": "عاجل \u2028 \x00", "number": 2**60, "share": 0.1, "none": None}

    assert read_header(write_header(header)) == header
    assert read_line(write_row("source", row)) == RowLine(table="source", row=row)
    assert read_line(write_end({"source": 1})) == EndLine(counts={"source": 1})


def test_half_a_character_stays_what_it_is() -> None:
    line = write_row("article", {"categories": ["\ud800"]})

    assert read_line(line) == RowLine(table="article", row={"categories": ["\ud800"]})


def test_every_line_is_one_line() -> None:
    assert write_row("source", {"title": "one\ntwo\r\x0b"}).count(b"\n") == 1


SPOILT = {
    "nothing": (b"", "cut here"),
    "a line that ends too soon": (b'{"table": "source", "row": {}}', "cut here"),
    "no JSON": (b"news\n", "no JSON"),
    "no text": (b"\xff\xfe\n", "no JSON"),
    "JSON that is nested without end": (b"[" * 100_000 + b"\n", "no JSON"),
    "a list": (b"[]\n", "neither a row nor the end"),
    "a row with more": (b'{"table": "a", "row": {}, "x": 1}\n', "neither a row"),
    "an end with more": (b'{"end": {}, "x": 1}\n', "neither a row"),
}


@pytest.mark.parametrize("case", SPOILT.values(), ids=SPOILT.keys())
def test_a_spoilt_line_says_why(case: tuple[bytes, str]) -> None:
    line, told = case

    with pytest.raises(SpoiltLineError, match=told):
        read_line(line)


def test_a_header_of_a_later_format_is_refused() -> None:
    line = json.dumps({"rekkas": "9.0", "format": 2, "step": "0099"}).encode() + b"\n"

    with pytest.raises(SpoiltLineError, match=r"newer rekkas \(9\.0\)"):
        read_header(line)


def test_a_first_line_that_is_no_header_is_refused() -> None:
    with pytest.raises(SpoiltLineError, match="no export"):
        read_header(b'{"rekkas": 1}\n')
