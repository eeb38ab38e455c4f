from __future__ import annotations

from ingest.entry import Entry, EntryGuid
from store.article import ArticleId
from store.identify.document import (
    DecidedEntry,
    KnownArticles,
    decide_document,
    keyed_entries,
)
from store.identify.identity import KnownArticle, New, Revised, Sighted, content_digest
from store.identify.keys import entry_keys
from tests.factories import NOW, make_document, make_entry, make_numbered


def decide(*entries: Entry, known: KnownArticles | None = None) -> list[DecidedEntry]:
    return list(
        decide_document(
            keyed_entries(make_document(*entries), {}),
            known or KnownArticles(),
            carrier="yabiladi",
            first_id=10,
        )
    )


def known_as(entry: Entry, number: int) -> KnownArticles:
    known = KnownArticles()
    keys = entry_keys(entry)
    known.put(
        KnownArticle(
            id=ArticleId(number),
            carrier="yabiladi",
            url=keys.url,
            title=keys.title,
            digest=content_digest(entry),
            has_text=True,
            said=entry.text,
            published_at=entry.published_at,
        )
    )
    known.note(keys.sighting, ArticleId(number), NOW)
    return known


def test_the_last_entry_of_a_document_gets_the_lowest_number() -> None:
    decided = decide(make_numbered(3), make_numbered(2), make_numbered(1))

    assert [one.article_id for one in decided] == [12, 11, 10]
    assert all(isinstance(one.identity, New) for one in decided)


def test_an_entry_twice_in_a_document_is_one_article() -> None:
    first, second = decide(make_entry(), make_entry())

    assert isinstance(first.identity, New)
    assert isinstance(second.identity, Sighted)
    assert first.article_id == second.article_id == 10


def test_of_two_versions_in_one_document_the_first_revises() -> None:
    newest = make_entry(text="The newest text.")
    older = make_entry(text="An older text.")

    first, second = decide(newest, older, known=known_as(make_entry(), 7))

    assert isinstance(first.identity, Revised)
    assert isinstance(second.identity, Sighted)
    assert first.article_id == second.article_id == 7


def test_a_second_guid_for_one_address_is_a_sighting() -> None:
    again = make_entry(guid=EntryGuid("guid-2"))

    first, second = decide(make_entry(), again)

    assert isinstance(first.identity, New)
    assert isinstance(second.identity, Sighted)


def test_known_and_new_entries_keep_their_places() -> None:
    decided = decide(
        make_numbered(2),
        make_entry(),
        make_numbered(3),
        known=known_as(make_entry(), 7),
    )

    assert [one.article_id for one in decided] == [11, 7, 10]


def test_an_article_is_judged_by_what_an_earlier_entry_made_of_it() -> None:
    known = known_as(make_entry(title="Morocco one"), 7)
    renamed = make_entry(guid=None, title="Mali two")
    reused = make_numbered(2, guid=EntryGuid("guid-1"), title="Morocco one")

    first, second = decide(renamed, reused, known=known)

    assert isinstance(first.identity, Revised)
    assert first.article_id == 7
    assert isinstance(second.identity, New)


def test_a_title_that_was_changed_names_the_article_no_more() -> None:
    known = known_as(make_entry(title="Morocco one"), 7)
    renamed = make_entry(title="Mali two")
    bare = make_entry(guid=None, canonical_url=None, title="Morocco one")

    first, second = decide(renamed, bare, known=known)

    assert first.article_id == 7
    assert isinstance(second.identity, New)
