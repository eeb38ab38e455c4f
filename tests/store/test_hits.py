from __future__ import annotations

from collections import Counter

import pytest

from config.expression_parser import parse_expression
from store.article import Place, TagHit
from store.classify.hits import count_hits, cut_passage, find_hits
from tests.store.subjects import make_subject

TITLE = "Migrants: l'Algérie et le Mali"
TEXT = "وبالمغرب migrants, migrante (Mali-Algeria)"

QUOTED = {
    "a word in every inflection": (
        "migrant",
        "fr",
        ["Migrants", "migrants", "migrante"],
    ),
    "a word without its clitics": ("المغرب", "ar", ["وبالمغرب"]),
    "a phrase": ('"mali algeria"', "fr", ["Mali-Algeria"]),
    "a phrase in another writing": ('"ALGERIE et"', "fr", ["Algérie et"]),
    "a prefix": ("migr*", "fr", ["Migrants", "migrants", "migrante"]),
    "a prefix at the end of a phrase": ('"l algerie"', "fr", ["l'Algérie"]),
    "a regular expression": ("/[Mm]ali\\b/", "fr", ["Mali", "Mali"]),
    "an accent in a regular expression": ("/é.*M/", "fr", ["érie et le M"]),
    "one place alone": ("title:mali", "fr", ["Mali"]),
    "every alternative": ("text:mali OR title:et", "fr", ["Mali", "et"]),
    "nothing behind a NOT": ("-mali", "fr", []),
    "nothing where nothing is": ("football", "fr", []),
    "nothing in an address": ("url:mali", "fr", []),
}


@pytest.mark.parametrize("case", QUOTED.values(), ids=QUOTED.keys())
def test_hits(case: tuple[str, str, list[str]]) -> None:
    written, language, quoted = case
    subject = make_subject(title=TITLE, text=TEXT, language=language, url="/mali")

    hits = find_hits(parse_expression(written), subject, ())

    texts = {Place.TITLE: TITLE, Place.TEXT: TEXT}
    assert [texts[hit.place][hit.start : hit.end] for hit in hits] == quoted
    assert count_hits(parse_expression(written), subject, ()) == Counter(
        hit.place for hit in hits
    )


def test_many_hits_of_a_clause_are_not_all_told() -> None:
    subject = make_subject(text="mali " * 1000)

    assert len(find_hits(parse_expression("mali"), subject, ())) == 50


LONG = "word " * 100 + "Mali\tand Mali\n" + "more " * 100

PASSAGES = {
    "a short text whole": ("It is Mali.", [(6, 10)], 50, "It is Mali.", ["Mali"]),
    "the beginning where nothing hits": (LONG, [], 12, "word word…", []),
    "a long text around its first hit": (
        LONG, [(500, 504), (509, 513)], 40, "…word word Mali and Mali more more more…",
        ["Mali", "Mali"],
    ),
    "words are not cut": (
        LONG, [(500, 504)], 44, "…word word Mali and Mali more more more more…",
        ["Mali"],
    ),
    "an empty hit marks nothing": ("abcdef", [(2, 2)], 9, "abcdef", []),
    "hits that touch as one": ("abcdef", [(0, 2), (2, 4), (3, 3)], 9, "abcdef",
        ["abcd"]),
    "a hit longer than the passage": ("x" * 90, [(0, 80)], 20, "x" * 20 + "…",
        ["x" * 20]),
    "a hit at the end": ("word " * 50 + "Mali", [(250, 254)], 14, "…word word Mali",
        ["Mali"]),
    "a hit after it is no part of it": ("Mali " * 40, [(0, 4), (190, 194)], 14,
        "Mali Mali Mali…", ["Mali"]),
}  # fmt: skip


@pytest.mark.parametrize("case", PASSAGES.values(), ids=PASSAGES.keys())
def test_passages(
    case: tuple[str, list[tuple[int, int]], int, str, list[str]],
) -> None:
    text, spans, length, cut, marked = case
    hits = [TagHit(place=Place.TEXT, start=start, end=end) for start, end in spans]
    elsewhere = TagHit(place=Place.TITLE, start=0, end=1)

    passage = cut_passage(text, [*hits, elsewhere], Place.TEXT, length=length)

    assert passage.text.strip() == cut
    assert [passage.text[start:end] for start, end in passage.hits] == marked
