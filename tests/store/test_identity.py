from __future__ import annotations

import pytest

from ingest.entry import CanonicalUrl, Entry, EntryGuid
from store.article import ArticleId
from store.identify.identity import (
    Candidates,
    EntryKeys,
    Identity,
    KnownArticle,
    New,
    Revised,
    Sighted,
    article_uid,
    content_digest,
    copy_digest,
    decide_identity,
    entry_keys,
    normalised_title,
    unshared_keys,
)
from tests.factories import LONG_TEXT, make_entry, make_numbered

KEYS = EntryKeys(guid="g", url="https://a.example/1", title="a\nheadline")
KNOWN = KnownArticle(
    id=ArticleId(7),
    carrier="a",
    url="https://a.example/1",
    title="a\nheadline",
    digest="old",
    has_text=True,
)
NAMELESS = EntryKeys(guid=None, url=None, title="a\nheadline")
MOVED = KnownArticle(
    id=ArticleId(7),
    carrier="a",
    url="https://a.example/other",
    title="a\nanother headline",
    digest="old",
    has_text=True,
)

CASES: dict[str, tuple[EntryKeys, str, Candidates, str, Identity]] = {
    "an entry that shares no key is new": (KEYS, "new", Candidates(), "a", New()),
    "a known guid with the same content is a sighting": (
        KEYS,
        "old",
        Candidates(by_sighting=KNOWN),
        "a",
        Sighted(article_id=ArticleId(7)),
    ),
    "a known guid with other content is a revision": (
        KEYS,
        "new",
        Candidates(by_sighting=KNOWN),
        "a",
        Revised(article_id=ArticleId(7)),
    ),
    "a known address under another guid is a sighting": (
        KEYS,
        "old",
        Candidates(by_url=KNOWN),
        "a",
        Sighted(article_id=ArticleId(7)),
    ),
    "another source's headline for a known address revises nothing": (
        KEYS,
        "new",
        Candidates(by_url=KNOWN),
        "b",
        Sighted(article_id=ArticleId(7)),
    ),
    "a guid with another title and another address was used again": (
        KEYS,
        "new",
        Candidates(by_sighting=MOVED),
        "a",
        New(),
    ),
    "a title names an article that has neither guid nor address": (
        NAMELESS,
        "old",
        Candidates(by_title=KNOWN),
        "a",
        Sighted(article_id=ArticleId(7)),
    ),
    "a title alone names no article that has an address": (
        KEYS,
        "new",
        Candidates(by_title=KNOWN),
        "a",
        New(),
    ),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_identity(case: tuple[EntryKeys, str, Candidates, str, Identity]) -> None:
    keys, digest, candidates, carrier, expected = case

    identity = decide_identity(keys, digest, candidates, carrier=carrier, has_text=True)

    assert identity == expected


def test_a_feed_that_drops_the_text_it_carried_revises_nothing() -> None:
    identity = decide_identity(
        KEYS, "new", Candidates(by_sighting=KNOWN), carrier="a", has_text=False
    )

    assert identity == Sighted(article_id=ArticleId(7))


def test_the_strongest_key_is_the_guid_then_the_address_then_the_title() -> None:
    assert KEYS.sighting == "guid:g"
    assert EntryKeys(guid=None, url="u", title="t").sighting == "url:u"
    assert NAMELESS.sighting == "title:a\nheadline"


def told_apart(*entries: Entry) -> tuple[EntryKeys, ...]:
    return unshared_keys([entry_keys(entry) for entry in entries])


def test_a_guid_beside_two_titles_of_one_document_names_neither() -> None:
    first, second = told_apart(
        make_numbered(1, guid=EntryGuid("1")),
        make_numbered(2, guid=EntryGuid("1")),
    )

    assert first.guid is None
    assert second.guid is None
    assert first.url != second.url


def test_an_address_beside_two_titles_of_one_document_names_neither() -> None:
    home = CanonicalUrl("https://yabiladi.com/")

    first, second = told_apart(
        make_numbered(1, canonical_url=home),
        make_numbered(2, canonical_url=home),
    )

    assert first.url is None
    assert second.url is None


def test_one_entry_twice_in_a_document_keeps_its_keys() -> None:
    first, second = told_apart(make_entry(), make_entry())

    assert first == second
    assert first.guid == "guid-1"


def test_a_title_is_compared_without_case_accents_and_punctuation() -> None:
    assert normalised_title("L’Algérie : «Oui»") == normalised_title("l'algerie oui")


def test_a_title_of_signs_alone_is_still_a_title() -> None:
    assert normalised_title("?!") == "?!"


def test_white_space_does_not_revise() -> None:
    assert content_digest(make_entry(text="a  b\nc")) == content_digest(
        make_entry(text="a b c")
    )


def test_the_summary_stands_in_for_a_missing_text() -> None:
    assert content_digest(make_entry(text="", summary="x")) != content_digest(
        make_entry(text="", summary="y")
    )


def test_short_texts_are_never_copies() -> None:
    assert copy_digest("More soon.") is None


def test_copies_differ_in_punctuation_at_most() -> None:
    assert copy_digest(LONG_TEXT) == copy_digest(LONG_TEXT.replace(" ", ", "))


UIDS = {
    "an address names an article whatever source carries it": (
        article_uid(KEYS, source="a"),
        article_uid(KEYS, source="b"),
        True,
    ),
    "a guid names an article of its own source only": (
        article_uid(EntryKeys(guid="g", url=None, title="t"), source="a"),
        article_uid(EntryKeys(guid="g", url=None, title="t"), source="b"),
        False,
    ),
    "a title names an article of its origin": (
        article_uid(NAMELESS, source="a"),
        article_uid(NAMELESS, source="b"),
        True,
    ),
}


@pytest.mark.parametrize("case", UIDS.values(), ids=UIDS.keys())
def test_uid(case: tuple[str, str, bool]) -> None:
    one, other, are_equal = case

    assert (one == other) is are_equal
