from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import islice
from typing import Any

import pytest

from ingest.entry import CanonicalUrl, Entry, EntryGuid
from store.article import ArticleId
from store.identify.identity import (
    Candidates,
    EntryReading,
    Identity,
    KnownArticle,
    New,
    Recognition,
    Revised,
    Sighted,
    content_digest,
    decide_identity,
)
from store.identify.keys import (
    EntryKeys,
    article_uids,
    entry_keys,
    normalised_title,
    unshared_keys,
)
from tests.factories import NOW, make_entry, make_numbered

TEXT = "The ministers of both countries met in Rabat on Monday to talk about trade"
OTHER = "Rain is expected over the whole north of the country until late on Friday"
URL = "https://a.example/1"
KEYS = EntryKeys(guid="g", url=URL, title="a\nministers meet in rabat")
KNOWN = KnownArticle(
    id=ArticleId(7),
    carrier="a",
    url=URL,
    title=KEYS.title,
    digest="old",
    has_text=True,
    said=TEXT,
    published_at=NOW,
)
ENTRY = EntryReading(
    keys=KEYS, digest="new", has_text=True, said=TEXT, published_at=NOW
)
ELSEWHERE = replace(KNOWN, url="https://a.example/other")
NEXT_DAY = NOW + timedelta(days=1)
BY_GUID = Candidates(by_sighting=KNOWN)
BY_TITLE = Candidates(by_title=(ELSEWHERE,))


def keyed(entry: EntryReading, **changes: Any) -> EntryReading:
    """The entry with other keys."""
    return replace(entry, keys=replace(entry.keys, **changes))


def sighted(reason: Recognition) -> Sighted:
    return Sighted(article_id=ArticleId(7), reason=reason)


def revised(reason: Recognition) -> Revised:
    return Revised(article_id=ArticleId(7), reason=reason)


CASES: dict[str, tuple[EntryReading, Candidates, Identity]] = {
    "an entry that shares no key is new": (
        ENTRY,
        Candidates(),
        New(reason=Recognition.UNKNOWN),
    ),
    "a known guid with the same content is a sighting": (
        replace(ENTRY, digest="old"),
        BY_GUID,
        sighted(Recognition.GUID),
    ),
    "a known guid with other content is a revision": (
        ENTRY,
        BY_GUID,
        revised(Recognition.GUID),
    ),
    "a known guid and address with another title and text is a revision": (
        keyed(replace(ENTRY, said=OTHER), title="a\nrain"),
        BY_GUID,
        revised(Recognition.GUID),
    ),
    "a guid with another address and text was used again": (
        replace(ENTRY, said=OTHER),
        Candidates(by_sighting=ELSEWHERE),
        New(reason=Recognition.GUID_USED_AGAIN),
    ),
    "a guid with another address and title but the text is a revision": (
        keyed(ENTRY, title="a\nrain"),
        Candidates(by_sighting=ELSEWHERE),
        revised(Recognition.GUID),
    ),
    "a guid without address and text is known by half of its title": (
        keyed(replace(ENTRY, said=""), title="a\nthe ministers meet in rabat"),
        Candidates(by_sighting=ELSEWHERE),
        revised(Recognition.GUID),
    ),
    "a guid without text and with another number in its title was used again": (
        keyed(replace(ENTRY, said=""), title="a\nministers meet in rabat 2"),
        Candidates(by_sighting=ELSEWHERE),
        New(reason=Recognition.GUID_USED_AGAIN),
    ),
    "a guid without text and with another title was used again": (
        keyed(replace(ENTRY, said=""), title="a\nrain in the north"),
        Candidates(by_sighting=ELSEWHERE),
        New(reason=Recognition.GUID_USED_AGAIN),
    ),
    "a known address under another guid is a sighting": (
        replace(ENTRY, digest="old"),
        Candidates(by_url=(KNOWN,)),
        sighted(Recognition.ADDRESS),
    ),
    "an address with another guid, day and text was used again": (
        replace(ENTRY, said=OTHER, published_at=NEXT_DAY),
        Candidates(by_url=(KNOWN,)),
        New(reason=Recognition.ADDRESS_USED_AGAIN),
    ),
    "an address with another guid and text is the same on the same day": (
        replace(ENTRY, said=OTHER),
        Candidates(by_url=(KNOWN,)),
        revised(Recognition.ADDRESS),
    ),
    "an address without text is the same on another day": (
        replace(ENTRY, said="", has_text=False, published_at=NEXT_DAY),
        Candidates(by_url=(KNOWN,)),
        sighted(Recognition.ADDRESS),
    ),
    "the article that says the very same is preferred to a later one": (
        replace(ENTRY, digest="old"),
        Candidates(by_url=(replace(KNOWN, id=ArticleId(9), digest="x"), KNOWN)),
        sighted(Recognition.ADDRESS),
    ),
    "a title and a text name an article that has another address": (
        replace(ENTRY, digest="old"),
        BY_TITLE,
        sighted(Recognition.TITLE),
    ),
    "a title of one's own and a text name an article of another day": (
        replace(ENTRY, published_at=NEXT_DAY),
        BY_TITLE,
        revised(Recognition.TITLE),
    ),
    "a title with another text names nothing": (
        replace(ENTRY, said=OTHER),
        BY_TITLE,
        New(reason=Recognition.TITLE_USED_AGAIN),
    ),
    "a title without text names an article of the same day": (
        replace(ENTRY, said="", has_text=False),
        BY_TITLE,
        sighted(Recognition.TITLE),
    ),
    "a title without text names no article of another day": (
        replace(ENTRY, said="", published_at=NEXT_DAY),
        BY_TITLE,
        New(reason=Recognition.TITLE_USED_AGAIN),
    ),
    "a column's title without text names nothing": (
        keyed(replace(ENTRY, said=""), title="a\nweather"),
        Candidates(by_title=(replace(ELSEWHERE, title="a\nweather"),)),
        New(reason=Recognition.TITLE_USED_AGAIN),
    ),
    "a column's title is all that an entry without guid and address has": (
        keyed(replace(ENTRY, said=""), guid=None, url=None, title="a\nweather"),
        Candidates(by_title=(replace(ELSEWHERE, title="a\nweather"),)),
        revised(Recognition.TITLE),
    ),
    "an entry known by its title alone is a sighting by title": (
        replace(keyed(ENTRY, guid=None, url=None), digest="old"),
        BY_GUID,
        sighted(Recognition.TITLE),
    ),
    "an entry known by its address alone is a sighting by address": (
        replace(keyed(ENTRY, guid=None), digest="old"),
        BY_GUID,
        sighted(Recognition.ADDRESS),
    ),
    "a template with other numbers is another text": (
        replace(ENTRY, said="The euro rose to 1 19 on Monday and the yen to 93 and 15"),
        Candidates(
            by_sighting=replace(
                ELSEWHERE,
                said="The euro rose to 2 21 on Monday and the yen to 88 and 44",
            )
        ),
        New(reason=Recognition.GUID_USED_AGAIN),
    ),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_identity(case: tuple[EntryReading, Candidates, Identity]) -> None:
    entry, candidates, expected = case

    assert decide_identity(entry, candidates, carrier="a") == expected


def test_another_sources_headline_for_a_known_address_revises_nothing() -> None:
    candidates = Candidates(by_url=(KNOWN,))

    identity = decide_identity(ENTRY, candidates, carrier="b")

    assert identity == sighted(Recognition.ADDRESS)


def test_a_feed_that_drops_the_text_it_carried_revises_nothing() -> None:
    poorer = replace(ENTRY, said="", has_text=False)

    assert decide_identity(poorer, BY_GUID, carrier="a") == sighted(Recognition.GUID)


TEASER = replace(ENTRY, said=TEXT[:30], is_stopgap=True)
TEASERS: dict[str, tuple[EntryReading, Identity]] = {
    "a teaser in place of a page revises nothing": (
        TEASER,
        sighted(Recognition.GUID),
    ),
    "a headline that comes with a teaser revises the title alone": (
        keyed(TEASER, title="a\nministers meet again"),
        replace(revised(Recognition.GUID), keeps_text=True),
    ),
    "what says as much as the page did revises": (
        replace(TEASER, said=TEXT),
        revised(Recognition.GUID),
    ),
}


@pytest.mark.parametrize(("entry", "expected"), TEASERS.values(), ids=TEASERS.keys())
def test_an_entry_without_its_page(entry: EntryReading, expected: Identity) -> None:
    assert decide_identity(entry, BY_GUID, carrier="a") == expected


HOME_PAGES = {
    "a site's address": ("https://a.example/", True),
    "a site's address without a slash": ("http://a.example", True),
    "a page": ("https://a.example/1", False),
    "a page named by a parameter": ("https://a.example/?p=1", False),
    "a place on the home page": ("https://a.example/#story-1", False),
    "a number": ("1", False),
    "no address at all": ("http://[a.example", False),
}


@pytest.mark.parametrize("case", HOME_PAGES.values(), ids=HOME_PAGES.keys())
def test_a_home_page_names_no_entry(case: tuple[str, bool]) -> None:
    guid, is_home_page = case

    keys = entry_keys(make_entry(guid=EntryGuid(guid)))

    assert (keys.guid is None) is is_home_page


def test_agencies_marks_of_a_version_are_no_part_of_the_title() -> None:
    assert normalised_title("UPDATE 1-Oil falls") == normalised_title("Oil falls")
    assert normalised_title("CORRECTED-Oil falls") == normalised_title("Oil falls")
    assert normalised_title("UPDATE 1-") == "update 1"
    assert normalised_title("Update on the talks") == "update on the talks"


def test_the_strongest_key_is_the_guid_then_the_address_then_the_title() -> None:
    assert KEYS.sighting == "guid:g"
    assert EntryKeys(guid=None, url="u", title="t").sighting == "url:u"
    nameless = EntryKeys(guid=None, url=None, title="a\nheadline")
    assert nameless.sighting == "title:a\nheadline"


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


NAMELESS = EntryKeys(guid=None, url=None, title="a\nheadline")
FROM_A = {"source": "a", "digest": "d"}
FROM_B = {"source": "b", "digest": "e"}
GUID_ONLY = EntryKeys(guid="g", url=None, title="t")
UIDS = {
    "an address names an article whatever source carries it": (KEYS, True),
    "a guid names an article of its own source only": (GUID_ONLY, False),
    "a title names an article of its origin": (NAMELESS, True),
}


@pytest.mark.parametrize("case", UIDS.values(), ids=UIDS.keys())
def test_uid(case: tuple[EntryKeys, bool]) -> None:
    keys, are_equal = case

    one, other = (next(article_uids(keys, **where)) for where in (FROM_A, FROM_B))

    assert (one == other) is are_equal


def test_there_is_always_another_name() -> None:
    names = list(islice(article_uids(KEYS, **FROM_A), 5))

    assert len(set(names)) == 5
