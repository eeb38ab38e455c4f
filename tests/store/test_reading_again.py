"""What is kept while a page, or the time of a date, has yet to come."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from ingest.entry import Precision
from ingest.fetch.outcome import NO_VALIDATORS
from ingest.fetch.request import SourceMemory
from ingest.reading_rules import reading_rules
from ingest.source import FeedAddress, Source
from store.article import Article, ArticleId
from store.remembering import memory_of
from tests.factories import (
    LONG_TEXT,
    NOW,
    make_document,
    make_entry,
    make_polled,
)
from tests.store.conftest import Shelf

LATER = NOW + timedelta(hours=1)
SOURCE = Source(
    slug="yabiladi", title="Ya Biladi", location=FeedAddress(url="https://a.example/")
)
WHOLE = make_entry(text=LONG_TEXT, content_html=f"<p>{LONG_TEXT}</p>", summary="Long.")
TEASER = make_entry(text="In short.", summary="Short.", is_without_page=True)


def article(shelf: Shelf) -> Article:
    found = shelf.library.find_article(ArticleId(1))
    assert found is not None
    return found.article


def test_a_teaser_does_not_take_the_place_of_the_page_s_text(shelf: Shelf) -> None:
    shelf.record(WHOLE)

    record = shelf.record(TEASER, now=LATER)

    assert (record.new, record.revised, record.sighted) == (0, 0, 1)
    assert article(shelf).text == LONG_TEXT


def test_a_new_headline_beside_a_teaser_revises_the_title_alone(shelf: Shelf) -> None:
    shelf.record(WHOLE)

    record = shelf.record(replace(TEASER, title="Mali and Niger meet"), now=LATER)

    revised = article(shelf)
    assert record.revised == 1
    assert revised.title == "Mali and Niger meet"
    assert (revised.text, revised.summary) == (LONG_TEXT, "Long.")
    assert revised.content_html == WHOLE.content_html


def test_the_page_s_text_takes_the_place_of_the_teaser_when_it_comes(
    shelf: Shelf,
) -> None:
    shelf.record(TEASER)

    record = shelf.record(WHOLE, now=LATER)

    assert record.revised == 1
    assert article(shelf).text == LONG_TEXT


def test_a_date_whose_time_has_come_dates_the_article(shelf: Shelf) -> None:
    shelf.record(make_entry(published_at=None))
    before = shelf.library.change_number()
    dated = make_entry(published_at=NOW, published_precision=Precision.SECOND)

    record = shelf.record(dated, now=LATER)

    assert record.sighted == 1
    assert article(shelf).published_at == NOW
    assert article(shelf).published_precision is Precision.SECOND
    assert shelf.library.change_number() != before


def test_a_date_that_an_article_has_stays(shelf: Shelf) -> None:
    shelf.record(make_entry(published_at=NOW))

    shelf.record(make_entry(published_at=LATER), now=LATER)

    assert article(shelf).published_at == NOW


def memory(shelf: Shelf, source: Source = SOURCE) -> SourceMemory:
    state = shelf.library.source_state("yabiladi")
    assert state is not None
    return memory_of(state, source, now=LATER)


def test_a_document_that_was_read_by_the_same_rules_may_be_unchanged(
    shelf: Shelf,
) -> None:
    polled = make_polled(make_entry(), read_by=reading_rules(SOURCE))

    shelf.record_outcome(polled)

    assert memory(shelf).validators == polled.fetched.validators
    assert memory(shelf).body_digest == polled.fetched.body_digest


def test_a_document_that_was_read_by_other_rules_is_asked_for_anew(
    shelf: Shelf,
) -> None:
    polled = make_polled(make_entry(), read_by=reading_rules(SOURCE))

    shelf.record_outcome(polled)

    changed = replace(SOURCE, full_text=True)
    assert memory(shelf, changed).validators == NO_VALIDATORS
    assert memory(shelf, changed).body_digest is None


def test_a_document_is_asked_for_anew_when_something_of_it_is_to_be_read_again(
    shelf: Shelf,
) -> None:
    rules = reading_rules(SOURCE)
    for wait, is_anew in ((timedelta(minutes=59), True), (timedelta(hours=2), False)):
        document = make_document(make_entry(), read_again_at=NOW + wait)

        shelf.record_outcome(make_polled(document=document, read_by=rules))

        assert (memory(shelf).validators == NO_VALIDATORS) is is_anew
