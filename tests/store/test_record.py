from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from config.expression import Clause, Field, Form
from ingest.entry import AskedPace, CanonicalUrl, Entry, EntryGuid, Precision
from ingest.fetch.outcome import (
    NO_VALIDATORS,
    FailureKind,
    FetchFailed,
    NotModified,
    Validators,
)
from ingest.pace.host_budget import HostState
from store.article import ArticleDossier, ArticleId
from store.classify.categories import read_category_tags
from store.database import sources
from store.errors import StoreError
from store.record import PollRecord, Recorder
from tests.factories import (
    LONG_TEXT,
    NOW,
    make_document,
    make_entry,
    make_numbered,
    make_polled,
    make_unchanged,
)
from tests.store.conftest import Shelf, about, make_rules

LATER = NOW + timedelta(hours=1)


def dossier(shelf: Shelf, number: int) -> ArticleDossier:
    found = shelf.library.find_article(ArticleId(number))
    assert found is not None
    return found


def test_an_entry_is_kept_with_everything_it_says(shelf: Shelf) -> None:
    entry = make_entry(published_precision=Precision.SECOND, categories=("Politics",))

    record = shelf.record(entry)

    article = dossier(shelf, 1).article
    assert (record.new, record.entered) == (1, 1)
    assert article.title == entry.title
    assert article.text == entry.text
    assert article.link == entry.link
    assert article.published_at == entry.published_at
    assert article.published_precision is Precision.SECOND
    assert article.categories == ("Politics",)
    assert article.origin_title == "Ya Biladi"
    assert [tag.tag for tag in article.tags] == ["morocco"]


def test_a_category_gives_the_tag_that_its_source_means_by_it(shelf: Shelf) -> None:
    meanings = read_category_tags({"yabiladi": {"Sahel": "mali"}})
    shelf.rules = replace(shelf.rules, category_tags=meanings)

    shelf.record(make_numbered(1, title="Rain", categories=("Sahel",)))
    other = make_numbered(2, title="Wind", categories=("Sahel",), origin="daily8")
    shelf.record(other, source="daily8")

    tags = [[tag.tag for tag in dossier(shelf, n).article.tags] for n in (1, 2)]
    assert tags == [["mali"], []]


def test_recording_a_document_twice_changes_no_row(shelf: Shelf) -> None:
    entries = [make_numbered(number) for number in range(5)] + [make_entry()]
    shelf.record(*entries)
    before = shelf.rows()

    record = shelf.record(*entries, now=LATER)

    assert shelf.rows() == before
    assert (record.new, record.revised, record.sighted) == (0, 0, 6)


def test_the_first_entry_of_a_document_enters_a_topic_last(shelf: Shelf) -> None:
    shelf.record(
        make_numbered(2, title="Morocco, the newer"),
        make_numbered(1, title="Morocco, the older"),
    )

    assert shelf.titles("morocco") == ["Morocco, the newer", "Morocco, the older"]


def test_a_changed_headline_is_a_revision_under_the_same_number(shelf: Shelf) -> None:
    shelf.record(make_entry(title="Morocco speaks"))

    record = shelf.record(make_entry(title="Mali answers Morocco"), now=LATER)

    found = dossier(shelf, 1)
    assert record.revised == 1
    assert found.article.title == "Mali answers Morocco"
    assert found.article.revised_at == LATER
    assert [(old.number, old.title) for old in found.revisions] == [
        (1, "Morocco speaks")
    ]
    assert [tag.tag for tag in found.article.tags] == ["mali", "morocco"]
    assert shelf.titles("mali") == ["Mali answers Morocco"]
    assert len(shelf.titles("morocco")) == 1


def test_two_revisions_are_both_kept(shelf: Shelf) -> None:
    for hour, text in enumerate(("first", "second", "third")):
        shelf.record(make_entry(text=text), now=NOW + timedelta(hours=hour))

    assert [old.text for old in dossier(shelf, 1).revisions] == ["first", "second"]


def test_an_article_that_a_second_source_carries_is_kept_once(shelf: Shelf) -> None:
    shelf.record(make_entry())

    record = shelf.record(
        make_entry(guid=EntryGuid("other"), title="Its own headline"), source="daily8"
    )

    found = dossier(shelf, 1)
    assert (record.new, record.revised, record.sighted) == (0, 0, 1)
    assert [one.source for one in found.sightings] == ["daily8", "yabiladi"]
    assert found.article.title == "Morocco and Algeria meet"


def test_an_article_enters_the_topics_of_a_source_that_carries_it_later(
    shelf: Shelf,
) -> None:
    carried_by_daily8 = Clause(
        field=Field.SOURCE,
        form=Form.WORD,
        value="daily8",
        written="source:daily8",
        column=1,
    )
    shelf.prepare(make_rules(daily8=carried_by_daily8, mali=about("mali")))
    shelf.record(make_entry(title="Morocco speaks"))
    before = shelf.titles("daily8")

    record = shelf.record(make_entry(guid=EntryGuid("other")), source="daily8")

    assert before == []
    assert record.entered == 1
    assert shelf.titles("daily8") == ["Morocco speaks"]


def test_a_guid_used_again_for_another_text_is_a_new_article(shelf: Shelf) -> None:
    guid = EntryGuid("latest")
    shelf.record(make_numbered(1, guid=guid))
    record = shelf.record(make_numbered(2, guid=guid), now=LATER)
    again = shelf.record(make_numbered(2, guid=guid), now=LATER)

    assert record.new == 1
    assert (again.new, again.revised) == (0, 0)
    assert dossier(shelf, 1).article.title == "Headline number 1"
    assert dossier(shelf, 2).article.title == "Headline number 2"


def test_two_texts_under_one_guid_get_names_of_their_own(shelf: Shelf) -> None:
    shelf.record(
        make_numbered(1, guid=EntryGuid("x")), make_numbered(2, guid=EntryGuid("x"))
    )

    assert dossier(shelf, 1).article.uid != dossier(shelf, 2).article.uid


def test_an_address_that_two_texts_share_names_neither(shelf: Shelf) -> None:
    home = CanonicalUrl("https://yabiladi.com/")
    entries = [
        make_numbered(number, guid=None, canonical_url=home) for number in (1, 2)
    ]

    first = shelf.record(*entries)
    second = shelf.record(*entries)

    assert (first.new, second.new, second.sighted) == (2, 0, 2)


def test_a_card_without_guid_and_address_is_known_by_origin_and_title(
    shelf: Shelf,
) -> None:
    card = make_entry(
        guid=None, link=None, canonical_url=None, origin="yabiladi", credit="Ya Biladi"
    )
    shelf.record(card, source="daily8")

    record = shelf.record(card, source="daily8", now=LATER)

    found = dossier(shelf, 1)
    assert (record.new, record.sighted) == (0, 1)
    assert found.article.origin == "yabiladi"
    assert found.article.origin_title == "Ya Biladi"
    assert [one.source for one in found.sightings] == ["daily8"]


def test_a_card_that_credits_nobody_configured_keeps_the_name(shelf: Shelf) -> None:
    shelf.record(make_entry(origin="daily8", credit="Somewhere Times"), source="daily8")

    article = dossier(shelf, 1).article
    assert article.origin_title == "Somewhere Times"
    assert article.origin_home is None


def test_a_copy_points_to_its_original_and_stays_readable(shelf: Shelf) -> None:
    text = f"Morocco. {LONG_TEXT} Morocco, Morocco."
    shelf.record(make_numbered(1, title="The original", text=text))
    record = shelf.record(make_numbered(2, title="A copy", text=text))

    assert record.duplicates == 1
    assert dossier(shelf, 2).article.duplicate_of == 1
    assert dossier(shelf, 1).article.duplicate_of is None
    assert shelf.titles("morocco") == ["The original"]
    assert shelf.titles("morocco", collapse=False) == ["A copy", "The original"]


def test_copies_in_one_document_point_to_the_oldest(shelf: Shelf) -> None:
    shelf.record(make_numbered(2, text=LONG_TEXT), make_numbered(1, text=LONG_TEXT))

    assert dossier(shelf, 2).article.duplicate_of == 1


def test_what_is_new_copies_what_a_revision_says_in_the_same_document(
    shelf: Shelf,
) -> None:
    shelf.record(make_numbered(1, text="Soon more."))

    shelf.record(make_numbered(1, text=LONG_TEXT), make_numbered(2, text=LONG_TEXT))

    assert dossier(shelf, 1).article.duplicate_of is None
    assert dossier(shelf, 2).article.duplicate_of == 1


def test_entries_of_one_document_are_first_seen_in_order(shelf: Shelf) -> None:
    shelf.record(make_numbered(2), make_numbered(1))

    older, newer = (dossier(shelf, number).article for number in (1, 2))
    assert older.first_seen_at < newer.first_seen_at


def test_last_seen_moves_once_a_day(shelf: Shelf) -> None:
    shelf.record(make_entry())

    shelf.record(make_entry(), now=NOW + timedelta(days=1))

    (sighting,) = dossier(shelf, 1).sightings
    assert sighting.first_seen_at == NOW
    assert sighting.last_seen_at == NOW + timedelta(days=1)


def test_validators_and_articles_are_kept_together(shelf: Shelf) -> None:
    shelf.record(make_entry())

    state = shelf.library.source_states()["yabiladi"]
    assert state.validators == Validators(etag='"1"')
    assert state.validators_url == "https://www.yabiladi.com/rss"
    assert state.body_digest == "0" * 64
    assert state.last_success_at == NOW
    assert state.pace is not None
    assert state.pace.due_at > NOW


def test_a_cut_document_is_asked_for_again(shelf: Shelf) -> None:
    document = make_document(make_entry(), is_cut=True)

    shelf.record_outcome(make_polled(document=document))

    state = shelf.library.source_states()["yabiladi"]
    assert state.validators == NO_VALIDATORS
    assert state.body_digest is None
    assert state.last_detail == "the document is cut"


def test_a_304_keeps_articles_and_refreshes_validators(shelf: Shelf) -> None:
    shelf.record(make_entry())
    before = shelf.rows()

    shelf.record_outcome(
        NotModified(
            validators=Validators(etag='"2"'),
            body_digest="0" * 64,
            final_url="https://www.yabiladi.com/rss",
        )
    )

    state = shelf.library.source_states()["yabiladi"]
    assert shelf.rows() == before
    assert state.validators == Validators(etag='"2"')
    assert state.body_digest == "0" * 64


def test_a_failure_keeps_what_is_remembered_of_the_source(shelf: Shelf) -> None:
    shelf.record(make_entry())

    record = shelf.record_outcome(
        FetchFailed(kind=FailureKind.TIMEOUT, detail="it took too long"), now=LATER
    )

    state = shelf.library.source_states()["yabiladi"]
    assert record.failures == 1
    assert state.validators == Validators(etag='"1"')
    assert (state.last_outcome, state.last_detail) == ("timeout", "it took too long")
    assert state.last_success_at == NOW
    assert state.last_polled_at == LATER


def test_reasons_for_entries_left_out_and_doubts_are_handed_on(shelf: Shelf) -> None:
    document = make_document(
        left_out=("entry 3: no title, no text",), doubts=("entry 4: its date",)
    )

    record = shelf.record_outcome(make_polled(document=document))

    assert record.left_out == ("entry 3: no title, no text",)
    assert record.doubts == ("entry 4: its date",)


def test_a_source_that_was_never_made_known_is_named(shelf: Shelf) -> None:
    with pytest.raises(StoreError, match="nowhere"):
        shelf.record(make_entry(), source="nowhere")


def test_changes_are_counted_only_where_a_reader_could_see_one(shelf: Shelf) -> None:
    start = shelf.library.change_number()

    shelf.record(make_entry())
    recorded = shelf.library.change_number()
    shelf.record(make_entry())

    assert recorded > start
    assert shelf.library.change_number() == recorded


def tell(shelf: Shelf, *entries: Entry, now: datetime = LATER) -> PollRecord:
    """Record a document of which only the entries that are not known were cleaned."""
    document = make_unchanged(entries, shelf.library.known_entries("yabiladi"))
    return shelf.record_outcome(make_polled(document=document), now=now)


def test_entries_that_read_as_before_are_sightings(shelf: Shelf) -> None:
    shelf.record(make_numbered(2), make_numbered(1))

    record = tell(shelf, make_numbered(3), make_numbered(2), make_numbered(1))

    assert (record.new, record.revised, record.sighted) == (1, 0, 2)


def test_an_unchanged_entry_is_seen_again_once_a_day(shelf: Shelf) -> None:
    shelf.record(make_entry())
    next_day = NOW + timedelta(days=1)

    tell(shelf, make_entry(), now=next_day)

    dossier = shelf.library.find_article(ArticleId(1))
    assert dossier is not None
    assert [one.last_seen_at for one in dossier.sightings] == [next_day]


def test_an_entry_that_left_the_document_is_forgotten_but_its_article_stays(
    shelf: Shelf,
) -> None:
    shelf.record(make_numbered(2), make_numbered(1))

    tell(shelf, make_numbered(2))
    back = tell(shelf, make_numbered(2), make_numbered(1))

    assert shelf.library.known_entries("yabiladi") == {
        make_numbered(1).digest,
        make_numbered(2).digest,
    }
    assert (back.new, back.sighted) == (0, 2)


def test_a_cut_document_forgets_no_entry(shelf: Shelf) -> None:
    shelf.record(make_numbered(2), make_numbered(1))
    cut = make_document(make_numbered(3), is_cut=True)

    shelf.record_outcome(make_polled(document=cut))

    assert len(shelf.library.known_entries("yabiladi")) == 3


def test_a_new_entry_that_repeats_an_unchanged_guid_is_an_article_of_its_own(
    shelf: Shelf,
) -> None:
    known = make_numbered(1)
    shelf.record(known)

    record = tell(shelf, make_numbered(2, guid=known.guid), known)

    assert (record.new, record.revised, record.sighted) == (1, 0, 1)


def test_a_changed_copy_above_its_unchanged_older_self_revises(shelf: Shelf) -> None:
    older = make_entry(text="First version.")
    shelf.record(older)

    record = tell(shelf, make_entry(text="Second version."), older)

    assert (record.new, record.revised, record.sighted) == (0, 1, 1)


def test_an_unchanged_entry_above_a_changed_copy_keeps_the_article(
    shelf: Shelf,
) -> None:
    newer = make_entry(text="Second version.")
    shelf.record(newer)

    record = tell(shelf, newer, make_entry(text="First version."))

    assert (record.new, record.revised, record.sighted) == (0, 0, 2)


def numbered(start: int, *, now: datetime = NOW) -> list[Entry]:
    """Five entries of a document that holds five, each a minute older than the last."""
    return [
        make_numbered(
            start + number,
            published_at=now - number * timedelta(minutes=1),
            published_precision=Precision.SECOND,
        )
        for number in range(5)
    ]


def test_a_document_without_a_known_entry_is_told_and_counted(shelf: Shelf) -> None:
    first = shelf.record(*numbered(0))
    overlapping = shelf.record(*numbered(4), now=LATER)
    missed = shelf.record(*numbered(20), now=LATER + timedelta(hours=1))

    records = (first, overlapping, missed)
    assert [record.is_window_missed for record in records] == [False, False, True]
    assert [record.windows_missed for record in records] == [0, 0, 1]


def test_a_cut_document_misses_nothing(shelf: Shelf) -> None:
    shelf.record(*numbered(0))

    cut = make_document(*numbered(20), is_cut=True)
    record = shelf.record_outcome(make_polled(document=cut), now=LATER)

    assert not record.is_window_missed


def test_the_rhythm_is_kept_and_learns_from_what_is_new(shelf: Shelf) -> None:
    shelf.record(*numbered(0))
    shelf.record(*numbered(3, now=LATER), now=LATER)

    state = shelf.library.source_states()["yabiladi"]
    assert state.pace is not None
    assert state.pace.rhythm is not None
    assert state.pace.rhythm.window == 5
    assert state.pace.rhythm.articles == pytest.approx(8, rel=0.2)
    assert state.pace.rhythm.known_until == LATER


def test_what_a_document_asks_for_holds_until_another_comes(shelf: Shelf) -> None:
    asked = AskedPace(
        ttl=timedelta(hours=5),
        skip_hours=frozenset({3, 4}),
        skip_days=frozenset({6}),
        update_period=timedelta(hours=1),
        update_base="2000-01-01T12:00Z",
    )
    shelf.record_outcome(replace(make_polled(make_entry()), asked=asked))
    unchanged = NotModified(validators=NO_VALIDATORS, body_digest=None)

    record = shelf.record_outcome(unchanged, now=LATER)

    state = shelf.library.source_states()["yabiladi"]
    assert state.pace is not None
    assert state.pace.asked == asked
    assert record.due_at >= LATER + timedelta(hours=5)


def test_hosts_are_remembered_as_they_were_last(shelf: Shelf) -> None:
    recorder = Recorder(shelf.database, shelf.rules)
    resting = HostState(rests_until=LATER)
    spent = HostState(spent_until=NOW)

    recorder.record_hosts({})
    recorder.record_hosts({"a.example": resting, "b.example": spent})
    recorder.record_hosts({"a.example": spent})

    assert shelf.library.host_states() == {"a.example": spent, "b.example": spent}


def test_a_source_that_was_never_polled_has_no_pace(shelf: Shelf) -> None:
    state = shelf.library.source_states()["yabiladi"]

    with shelf.database.write() as connection:
        sources.save_state(connection, state)

    assert shelf.library.source_states()["yabiladi"] == state
    assert state.pace is None


def test_entries_that_share_a_key_are_remembered_as_the_article_of_its_sighting(
    shelf: Shelf,
) -> None:
    first, second = "https://a.example/1", "https://a.example/2"
    shelf.record(make_entry(canonical_url=CanonicalUrl(first)))
    document = (
        make_entry(guid=None, canonical_url=CanonicalUrl(first), title="Mali two"),
        make_entry(canonical_url=None),
        make_entry(canonical_url=CanonicalUrl(second)),
    )
    shelf.record(*document)
    before = shelf.rows()

    shelf.record(*document)

    assert shelf.rows() == before
