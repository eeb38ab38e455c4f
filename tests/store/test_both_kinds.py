"""What the two kinds of database would do each in its own way, were they let."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, select, text

import store.database
from config.expression_parser import parse_expression
from ingest.entry import CanonicalUrl, EntryGuid
from ingest.pace.schedule import PollPolicy
from store.article import ArticleId
from store.database import followers, subscriptions, tables
from store.database.engine import Database
from store.database.rows import put_rows
from store.database.search import find_candidates
from store.database.upgrade import open_database
from store.follower import Follower, FollowerKind
from store.record import Recorder
from store.subscription import Subscription
from tests.factories import NOW, make_entry, make_numbered, make_polled
from tests.store.conftest import Shelf, about, make_rules

OF_ONE_KIND = {
    "among.py",
    "postgresql.py",
    "postgresql_dialect.py",
    "rows.py",
    "word_index.py",
}


def test_only_these_rooms_know_of_dialects() -> None:
    rooms = Path(store.database.__file__).parent.glob("*.py")

    knowing = {one.name for one in rooms if "sqlalchemy.dialects" in one.read_text()}

    assert knowing == OF_ONE_KIND


LONG = {
    "a title": {"title": "Mali " + "مالي" * 240},
    "a guid": {"guid": EntryGuid("𝒜" * 1_000)},
    "an address": {
        "guid": None,
        "canonical_url": CanonicalUrl("https://a.example/" + "x1y2z3" * 600),
    },
    "a title that is the only key": {
        "guid": None,
        "canonical_url": None,
        "title": "".join(chr(0x4E00 + 7 * number) for number in range(1_000)),
    },
    "a language": {"language": "quechua"},
}


@pytest.mark.parametrize("changes", LONG.values(), ids=LONG)
def test_what_is_long_is_kept_whole_and_known_again(
    shelf: Shelf, changes: dict[str, object]
) -> None:
    entry = make_entry(**changes)

    first, again = shelf.record(entry), shelf.record(entry)

    article = shelf.library.find_article(ArticleId(1))
    assert (first.new, again.new, again.sighted) == (1, 0, 1)
    assert article is not None
    assert article.article.title == entry.title
    assert article.article.language == entry.language


def test_a_number_that_no_article_can_have_is_none(shelf: Shelf) -> None:
    for number in (2**31, 2**40, 2**63 - 1, 2**63):
        assert shelf.library.find_article(ArticleId(number)) is None


def test_texts_are_ordered_by_their_bytes(shelf: Shelf) -> None:
    topics = ("zebra", "Z", "a-b", "ab", "a", "é", "B")
    shelf.prepare(make_rules(**dict.fromkeys(topics, about("mali"))))
    shelf.record(make_entry(title="Mali"))

    article = shelf.library.find_article(ArticleId(1))

    assert article is not None
    assert [one.topic for one in article.memberships] == sorted(topics)


def test_an_article_of_more_words_than_an_index_takes_is_found(shelf: Shelf) -> None:
    words = " ".join(f"word{number:07}" for number in range(100_000))
    shelf.record(make_entry(guid=EntryGuid("1"), title="Long", text=words))
    shelf.record(make_numbered(2, title="Short", text="word0000007"))

    for wanted, titles in {
        "word0000007": {"Long", "Short"},
        "word00999*": {"Long"},
        "word0099999 OR short": {"Long", "Short"},
        "nothing": set[str](),
    }.items():
        found = shelf.library.search(parse_expression(wanted), limit=9)
        assert {one.article.title for one in found} == titles


def test_a_word_longer_than_an_index_takes_is_found(shelf: Shelf) -> None:
    word = "𝒶" * 3_000
    shelf.record(make_entry(title="Short", text=word))

    (found,) = shelf.library.search(parse_expression(word), limit=9)
    (begun,) = shelf.library.search(parse_expression(f"{word[:2_000]}*"), limit=9)

    assert found.article.title == begun.article.title == "Short"


def test_of_a_known_row_only_what_is_replaced_changes(database: Database) -> None:
    def put(title: str, failures: int) -> None:
        row = {"slug": "a", "title": title, "failures": failures}
        put_rows(connection, tables.source, [row], replacing=["title"])

    with database.write() as connection:
        put("A", 3)
        put("B", 4)
        put_rows(connection, tables.source, [], replacing=["title"])
        found = connection.execute(
            select(tables.source.c.title, tables.source.c.failures)
        ).all()

    assert [tuple(row) for row in found] == [("B", 3)]


def test_a_hub_that_is_known_is_left_as_it_is(database: Database) -> None:
    with database.write() as connection:
        for _ in range(2):
            followers.add_hub(connection, "https://hub.example/", "https://a.example/f")
        followers.note_version(
            connection, "https://a.example/f", "1", at=NOW, doubtful=NOW
        )
        followers.add_hub(connection, "https://hub.example/", "https://a.example/f")

        (due,) = followers.load_due(connection, NOW)

    assert due.receiver == "https://hub.example/"


def test_a_subscriber_takes_its_own_place(database: Database) -> None:
    follower = Follower(
        kind=FollowerKind.SUBSCRIBER,
        topic="https://a.example/f",
        receiver="https://reader.example/",
    )
    with database.write() as connection:
        followers.save_subscriber(connection, follower, NOW)
        followers.save_subscriber(connection, replace(follower, known="x"), NOW)

        assert [one.known for one in followers.load_followers(connection)] == ["x"]
        assert followers.remove_expired(connection, NOW) == 1


def test_a_subscription_takes_the_place_of_the_one_before(shelf: Shelf) -> None:
    first = Subscription(
        source="yabiladi",
        hub="https://hub.example/",
        topic="https://a.example/f",
        token="hush",  # noqa: S106
        secret="hush",  # noqa: S106
        due_at=NOW,
    )
    with shelf.database.write() as connection:
        subscriptions.save(connection, first)
        subscriptions.save(connection, replace(first, failures=2))

        assert subscriptions.load_all(connection) == [replace(first, failures=2)]


def record_all(url: str, source: str, shelf: Shelf) -> None:
    with open_database(url) as database:
        recorder = Recorder(database, shelf.rules)
        for step in range(20):
            number = step + (100 if source == "daily8" else 0)
            entry = make_numbered(number, title=f"Mali {number}")
            now = NOW + timedelta(minutes=step)
            recorder.record_poll(
                source, make_polled(entry), policy=PollPolicy(), now=now
            )


def test_two_that_record_at_once_number_without_gaps(url: str) -> None:
    with open_database(url) as database:
        shelf = Shelf(database)
        with ThreadPoolExecutor() as pool:
            work = partial(record_all, url, shelf=shelf)
            for done in [pool.submit(work, slug) for slug in ("yabiladi", "daily8")]:
                done.result()

        with database.read() as connection:
            numbers = connection.execute(text("SELECT id FROM article")).scalars()
            places = connection.execute(
                text("SELECT position FROM publication WHERE topic = 'mali'")
            ).scalars()
            assert sorted(numbers) == list(range(1, 41))
            assert sorted(places) == list(range(1, 41))


FETCHED = {
    "few are fetched at once, or PostgreSQL would walk all for the first": (3, False),
    "many are walked, and no more fetched than asked for": (2, True),
}


@pytest.mark.parametrize(("few", "is_piecemeal"), FETCHED.values(), ids=FETCHED)
def test_how_articles_that_may_match_are_fetched(
    few: int, is_piecemeal: bool, shelf: Shelf
) -> None:
    shelf.record(*(make_numbered(each, title=f"Mali {each}") for each in range(3)))
    asked: list[bool] = []

    with shelf.database.read() as connection:

        @event.listens_for(connection, "before_cursor_execute")
        def look(*happened: Any) -> None:
            statement, context = happened[2], happened[4]
            if "ORDER BY" in statement:
                asked.append("yield_per" in context.execution_options)

        found = list(find_candidates(connection, parse_expression("mali"), few=few))

    assert len(found) == 3
    assert asked == [is_piecemeal]
