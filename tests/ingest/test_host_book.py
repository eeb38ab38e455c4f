from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from config.settings import FetchSettings, HostSettings
from config.values import RetryAfterScope
from ingest.fetch.host_book import HostBook, HostResting
from ingest.pace.host_budget import HostState
from tests.factories import NOW

HOUR = timedelta(hours=1)
FEED = "https://news.example.co.uk/rss"
SIBLING = "https://News.Example.co.uk:443/sport.rss"
COUSIN = "https://blog.example.co.uk/rss"
STRANGER = "https://other.co.uk/rss"


class Clock:
    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


def make_book(clock: Clock | None = None, **settings: Any) -> HostBook:
    return HostBook(FetchSettings(**settings), clock=clock or Clock())


def is_resting(book: HostBook, url: str) -> bool:
    try:
        book.check(url)
    except HostResting:
        return True
    return False


SCOPES = {
    "the feed alone": (RetryAfterScope.FEED, set()),
    "its host": (RetryAfterScope.HOST, {FEED, SIBLING}),
    "its domain": (RetryAfterScope.DOMAIN, {FEED, SIBLING, COUSIN}),
}


@pytest.mark.parametrize(("scope", "resting"), SCOPES.values(), ids=SCOPES.keys())
def test_retry_after_holds_for(scope: RetryAfterScope, resting: set[str]) -> None:
    book = make_book(retry_after_scope=scope)

    book.note_retry_after(FEED, HOUR)

    urls = (FEED, SIBLING, COUSIN, STRANGER)
    assert {url for url in urls if is_resting(book, url)} == resting


def test_a_host_is_asked_again_when_its_time_is_over() -> None:
    clock = Clock()
    book = make_book(clock)
    book.note_retry_after(FEED, HOUR)

    with pytest.raises(HostResting) as resting:
        book.claim(SIBLING)
    clock.now = resting.value.until
    book.claim(SIBLING)

    assert resting.value.until == NOW + HOUR
    assert "news.example.co.uk is to be left alone" in str(resting.value)


def test_an_answer_that_asks_for_nothing_changes_nothing() -> None:
    book = make_book()

    book.note_retry_after(FEED, None)

    assert book.take_changes() == {}


def test_a_budget_is_shared_by_all_sources_of_a_host() -> None:
    book = make_book(per_host={"daily_budget": 8})

    book.claim(FEED)
    book.claim(SIBLING)

    assert is_resting(book, FEED)
    assert not is_resting(book, COUSIN)


def test_a_host_may_have_a_budget_of_its_own() -> None:
    hosts = {"news.example.co.uk": HostSettings(daily_budget=1)}
    book = make_book(hosts=hosts)

    book.claim(FEED)
    book.claim(COUSIN)

    assert is_resting(book, FEED)
    assert not is_resting(book, COUSIN)


def test_a_budget_and_a_resting_domain_hold_together() -> None:
    book = make_book(
        retry_after_scope=RetryAfterScope.DOMAIN, per_host={"daily_budget": 1}
    )
    book.claim(FEED)
    book.note_retry_after(COUSIN, 30 * HOUR)

    with pytest.raises(HostResting) as resting:
        book.check(FEED)

    assert resting.value.until == NOW + 30 * HOUR


def test_changes_are_taken_once_and_known_to_the_next_run() -> None:
    before = make_book()
    before.note_retry_after(FEED, HOUR)

    changes = before.take_changes()
    after = make_book()
    after.remember(changes)

    assert changes == {"news.example.co.uk": HostState(rests_until=NOW + HOUR)}
    assert before.take_changes() == {}
    assert is_resting(after, SIBLING)


def test_requests_that_are_not_counted_leave_nothing_to_remember() -> None:
    book = make_book()

    book.claim(FEED)

    assert book.take_changes() == {}
