from __future__ import annotations

from pathlib import Path

import pytest

from ingest.formats.raw import NotAFeedError, RawText
from ingest.formats.snapshot import parse_snapshot
from tests.end_to_end.service import CATALOGUE, ROOT

ORIGINAL = ROOT.parent / "shared" / "seeds" / "daily8-snapshot.txt"
SHIPPED = CATALOGUE / "snapshots" / "daily8.txt"

CARDS = [
    ("Escalating tensions : Mali-Algeria border conflict analyzed", None, None),
    (
        "UNHRC criticizes Algeria for mass expulsions of sub-Saharan migrants",
        "Ya Biladi",
        "7 hours ago",
    ),
    (
        "Morocco and Algeria allies clash in PARLACEN over Western Sahara issue",
        "Ya Biladi",
        "2 days ago",
    ),
    (
        "Morocco, Rwanda Deepen Military Ties Amid Algeria's Provocations",
        "Morocco World",
        "3 days ago",
    ),
]


@pytest.mark.parametrize("path", [ORIGINAL, SHIPPED], ids=["original", "shipped"])
def test_the_page_gives_exactly_its_four_articles_in_order(path: Path) -> None:
    if not path.is_file():
        pytest.skip("the original snapshot belongs to its publishers and is not here")

    document = parse_snapshot(path.read_bytes())

    assert [
        (entry.title and entry.title.value, entry.source_label, entry.published)
        for entry in document.entries
    ] == CARDS
    assert all(entry.content for entry in document.entries)
    assert all(entry.guid is None for entry in document.entries)
    assert all(entry.link is None for entry in document.entries)


NO_SNAPSHOTS = {
    "an empty file": (b"", "empty"),
    "blank lines alone": (b"\n \r\n\n", "empty"),
    "a logo alone": (b"logo\n", "empty"),
    "another encoding": ("\nL'État\n".encode("latin-1"), "not UTF-8 .byte 4."),
}


@pytest.mark.parametrize("case", NO_SNAPSHOTS.values(), ids=NO_SNAPSHOTS.keys())
def test_what_is_no_snapshot_is_named(case: tuple[bytes, str]) -> None:
    body, words = case

    with pytest.raises(NotAFeedError, match=words):
        parse_snapshot(body)


def test_any_number_of_cards_is_read() -> None:
    card = "\n\nThe Paper\n2 days ago\n- The Paper\nTitle {}\nBody {}.\n"
    page = "\nLead\nRelated Articles\n" + "".join(
        card.format(number, number) for number in range(50)
    )

    document = parse_snapshot(page.encode())

    assert len(document.entries) == 51


def words(text: RawText | None) -> str:
    return text.value if text else ""


def test_a_page_cut_anywhere_spoils_no_card_before_the_cut() -> None:
    page = SHIPPED.read_text(encoding="utf-8")
    whole = parse_snapshot(page.encode()).entries
    start = page.index("Related Articles") + len("Related Articles")

    for end in range(start, len(page), 7):
        *before, last = parse_snapshot(page[:end].encode()).entries

        of_whole = whole[len(before)]
        assert tuple(before) == whole[: len(before)]
        assert last.published == of_whole.published
        assert words(of_whole.title).startswith(words(last.title))
        assert words(of_whole.content).startswith(words(last.content))


def test_a_long_line_of_blanks_is_read_once() -> None:
    blanks = " " * 300_000  # minutes, were it read again from every blank

    document = parse_snapshot(f"T\nRelated Articles\nS{blanks}x\n- S\nA".encode())

    assert len(document.entries) == 1
