"""What pages read of the store: stories, parts of a topic, sources and searches."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from config.expression_parser import parse_expression
from ingest.entry import CanonicalUrl, Entry, EntryGuid, Precision
from ingest.fetch.outcome import FailureKind, FetchFailed
from store.article import (
    Condition,
    Order,
    StoryId,
    TopicFilter,
    TopicPart,
)
from store.once import Once
from tests.factories import LONG_TEXT, NOW, make_entry, make_numbered
from tests.store.conftest import Shelf

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
BORDER = (
    "Mali and Algeria reopen their border",
    "Algeria and Mali: border reopens after three years",
    "Trucks cross the reopened border of Mali and Algeria",
)
BROKEN = FetchFailed(kind=FailureKind.HTTP_SERVER, detail="it is broken", status=500)


def entry(name: str, title: str, **changes: object) -> Entry:
    """An entry without a text, published now."""
    plain = {
        "language": "en",
        "text": "",
        "summary": "",
        "published_at": NOW,
        "published_precision": Precision.SECOND,
    }
    return make_entry(
        guid=EntryGuid(name),
        canonical_url=CanonicalUrl(f"https://paper.example/{name}"),
        title=title,
        **(plain | changes),
    )


def record_daily8(shelf: Shelf, *entries: Entry) -> None:
    """Record entries of the other source."""
    theirs = [replace(one, origin="daily8") for one in entries]
    shelf.record(*theirs, source="daily8")


def test_the_articles_of_a_story_come_in_order_of_time(shelf: Shelf) -> None:
    early, late = NOW - HOUR, NOW + HOUR
    shelf.record(
        entry("c", "Dakhla harbour: fishermen strike over quotas"),
        entry("b", BORDER[1]),
        entry("a", BORDER[0], published_at=late),  # what stands last was stored first
    )
    record_daily8(shelf, entry("d", BORDER[2], published_at=early))

    story = shelf.library.find_story(StoryId(1))

    assert [one.title for one in story] == [BORDER[2], BORDER[1], BORDER[0]]
    assert [one.origin_title for one in story] == ["Daily8", "Ya Biladi", "Ya Biladi"]


def test_a_story_that_never_was_has_no_articles(shelf: Shelf) -> None:
    assert shelf.library.find_story(StoryId(7)) == ()


def record_mali(shelf: Shelf) -> None:
    """Three articles of the topic mali: two sources, two languages."""
    shelf.record(
        entry("b", "Mali : le vote", language="fr"),
        entry("a", "Mali votes"),
    )
    record_daily8(shelf, entry("c", "Rain in Mali"))


def test_a_topic_knows_its_parts(shelf: Shelf) -> None:
    record_mali(shelf)

    parts = shelf.library.topic_parts("mali")

    assert parts == (
        TopicPart(origin="daily8", origin_title="Daily8", language="en", count=1),
        TopicPart(origin="yabiladi", origin_title="Ya Biladi", language="en", count=1),
        TopicPart(origin="yabiladi", origin_title="Ya Biladi", language="fr", count=1),
    )
    assert shelf.library.topic_parts("morocco") == ()


FILTERS = {
    "everything": (TopicFilter(), ["Rain in Mali", "Mali : le vote", "Mali votes"]),
    "a language": (TopicFilter(language="fr"), ["Mali : le vote"]),
    "a source": (TopicFilter(origin="yabiladi"), ["Mali : le vote", "Mali votes"]),
    "both": (TopicFilter(language="en", origin="yabiladi"), ["Mali votes"]),
    "what is in no article": (TopicFilter(language="de"), []),
}


@pytest.mark.parametrize(("only", "titles"), FILTERS.values(), ids=FILTERS)
def test_a_topic_is_narrowed_to_a_part(
    shelf: Shelf, only: TopicFilter, titles: list[str]
) -> None:
    record_mali(shelf)

    found = shelf.library.filter_publications("mali", only, limit=9, once=Once())

    assert [one.article.title for one in found] == titles


def test_copies_of_others_are_shown_where_they_are_wanted(shelf: Shelf) -> None:
    shelf.record(entry("a", "Mali votes", text=LONG_TEXT))
    record_daily8(shelf, entry("b", "Mali: the vote", text=LONG_TEXT))
    only = TopicFilter(origin="daily8")

    once = shelf.library.filter_publications("mali", only, limit=9, once=Once())
    all_of_them = shelf.library.filter_publications("mali", only, limit=9, once=None)

    assert (len(once), len(all_of_them)) == (0, 1)


def test_a_source_tells_what_came_in_and_when(shelf: Shelf) -> None:
    shelf.record(entry("a", "Mali votes"), now=NOW - 3 * DAY)
    shelf.record(
        entry("a", "Mali votes"),
        entry("b", "Mali : le vote", language="fr", published_at=NOW + HOUR),
        entry("c", "Rain in Mali"),
        now=NOW,
    )

    dossier = shelf.library.find_source("yabiladi", now=NOW, arrivals=2 * DAY)

    assert dossier is not None
    assert dossier.arrivals == {NOW.date(): 2}
    assert dossier.languages == (("en", 2), ("fr", 1))
    assert dossier.report.articles == 3
    assert dossier.report.condition is Condition.OK
    assert [one.title for one in dossier.latest] == [
        "Mali : le vote",
        "Rain in Mali",
        "Mali votes",
    ]


def test_a_source_in_trouble_says_so_in_page_and_list(shelf: Shelf) -> None:
    shelf.record(entry("a", "Mali votes"), now=NOW - DAY)
    shelf.record_outcome(BROKEN, now=NOW)

    dossier = shelf.library.find_source("yabiladi", now=NOW, arrivals=DAY)
    reports = shelf.library.source_reports(now=NOW)

    assert dossier is not None
    assert dossier.report == reports["yabiladi"]
    assert dossier.report.condition is Condition.FAILING
    assert dossier.report.since == dossier.report.last_polled_at == NOW
    assert dossier.report.advice == "it is broken"
    assert dossier.report.due_at is not None
    assert dossier.report.due_at > NOW


def test_a_source_that_was_never_polled_is_not_due(shelf: Shelf) -> None:
    report = shelf.library.source_reports(now=NOW)["daily8"]

    assert (report.condition, report.due_at, report.since) == (
        Condition.NEW,
        None,
        None,
    )
    assert (report.title, report.home, report.articles) == ("Daily8", None, 0)


def test_a_source_that_nobody_knows_has_no_dossier(shelf: Shelf) -> None:
    assert shelf.library.find_source("nobody", now=NOW, arrivals=DAY) is None


def test_a_search_says_whether_it_looked_at_everything(shelf: Shelf) -> None:
    record_mali(shelf)
    wanted = parse_expression("mali -rain")

    def search(limit: int, within: int | None) -> tuple[int, bool]:
        found = shelf.library.search_newest(
            wanted, limit=limit, order=Order.DATE, within=within
        )
        return len(found.articles), found.is_whole

    assert search(9, None) == (2, True)
    assert search(9, 3) == (2, True)
    assert search(9, 2) == (1, False)
    assert search(1, 2) == (1, True)


def test_a_site_has_every_article_and_the_stories_of_several(shelf: Shelf) -> None:
    for number in (1, 2):
        shelf.record(make_numbered(number, title=f"Morocco {number}"))
    with shelf.database.write() as connection:
        connection.exec_driver_sql("UPDATE article SET story_id = 1")
        connection.exec_driver_sql("UPDATE article SET story_id = 2 WHERE id = 2")
    alone = shelf.library.shared_stories()
    with shelf.database.write() as connection:
        connection.exec_driver_sql("UPDATE article SET story_id = 1")

    assert shelf.library.article_numbers() == (1, 2)
    assert (alone, shelf.library.shared_stories()) == ((), (1,))
