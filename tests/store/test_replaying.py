"""Kept answers taken again change what today's rules change, once, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import update

from ingest.entry import Entry
from store.article import Article, ArticleId
from store.database import tables
from store.identify.originals import DuplicateRules
from store.keeping import check_database
from store.library import Library
from store.pruning import prune
from store.replayed import Effect, ReplayedArticle
from store.replaying import Replay
from store.retention import KeepRule, Retention
from tests.factories import LONG_TEXT, NOW, make_document, make_numbered
from tests.store.conftest import SOURCES, Shelf, about, make_rules

DAY = timedelta(days=1)
COPIED = f"Morocco. {LONG_TEXT} Morocco, Morocco."

Answer = tuple[str, datetime, tuple[Entry, ...]]


def answered(day: int, *entries: Entry, source: str = "yabiladi") -> Answer:
    """What a source answered with on a day."""
    return source, NOW + day * DAY, entries


def poll(shelf: Shelf, *answers: Answer) -> None:
    for source, at, entries in answers:
        shelf.record(*entries, source=source, now=at)


def replay(
    shelf: Shelf, *answers: Answer, is_trial: bool = False
) -> list[ReplayedArticle]:
    """Take these answers again, the latest first."""
    work = Replay(
        database=shelf.database,
        rules=shelf.rules,
        duplicates=shelf.duplicates,
        names=SOURCES,
        is_trial=is_trial,
    )
    return [
        found
        for source, at, entries in sorted(answers, key=lambda one: one[1])[::-1]
        for found in work.take(source, make_document(*entries), at=at)
    ]


def told(found: list[ReplayedArticle]) -> list[tuple[Effect, str, str]]:
    return [(one.effect, one.title, one.detail) for one in found]


def find(shelf: Shelf, number: int) -> Article:
    dossier = shelf.library.find_article(ArticleId(number))
    assert dossier is not None
    return dossier.article


def entry(number: int, **changes: object) -> Entry:
    return make_numbered(number, **{"title": f"Morocco {number}"} | changes)


WEEK = (
    answered(0, entry(1), entry(2, text=COPIED)),
    answered(1, entry(3, title="Copied", text=f"Rabat - {COPIED}"), source="daily8"),
    answered(2, entry(1, title="Morocco one"), entry(4), entry(2, text=COPIED)),
    # One guid for two articles, and one without any key but its title.
    answered(3, entry(5, guid=entry(4).guid, text=LONG_TEXT), entry(4)),
    answered(4, entry(6, guid=None, link=None, canonical_url=None), entry(4)),
)


def test_by_the_same_rules_nothing_changes(shelf: Shelf) -> None:
    poll(shelf, *WEEK)
    before, number = shelf.rows(), shelf.library.change_number()

    found = replay(shelf, *WEEK)

    assert found == []
    assert shelf.rows() == before
    assert shelf.library.change_number() == number


def test_an_article_that_was_left_out_comes_once(shelf: Shelf) -> None:
    poll(shelf, answered(0, entry(1)))
    answers = (
        answered(0, entry(1), entry(2)),
        answered(1, entry(2, title="Morocco two"), entry(1)),
    )

    first, again = replay(shelf, *answers), replay(shelf, *answers)

    assert told(first) == [(Effect.NEW, "Morocco two", "")]
    assert again == []
    assert shelf.titles("morocco") == ["Morocco two", "Morocco 1"]
    assert find(shelf, 2).first_seen_at == NOW + DAY
    assert list(check_database(shelf.database)) == []


def test_a_trial_says_the_same_and_changes_nothing(shelf: Shelf) -> None:
    poll(shelf, *WEEK[:2])
    shelf.rules = make_rules(morocco=about("mali"))
    before, number = shelf.rows(), shelf.library.change_number()

    tried = replay(shelf, *WEEK, is_trial=True)

    assert shelf.rows() == before
    assert shelf.library.change_number() == number
    assert tried == replay(shelf, *WEEK)
    assert {one.effect for one in tried} == {Effect.NEW, Effect.READ}


def test_what_is_read_otherwise_is_not_told_as_revised(shelf: Shelf) -> None:
    poll(shelf, answered(0, entry(1)), answered(0, entry(2)))

    found = replay(shelf, answered(0, entry(1, text="Morocco, read better.")))

    article = find(shelf, 1)
    assert told(found) == [(Effect.READ, "Morocco 1", "")]
    assert (article.text, article.revised_at) == ("Morocco, read better.", None)
    assert shelf.titles("morocco") == ["Morocco 2", "Morocco 1"]
    dossier = shelf.library.find_article(ArticleId(1))
    assert dossier is not None
    assert [one.text for one in dossier.revisions] == ["Text number 1."]


def test_the_latest_answer_holds(shelf: Shelf) -> None:
    answers = (answered(0, entry(1)), answered(1, entry(1, text="Corrected.")))
    poll(shelf, *answers)

    assert replay(shelf, *answers) == []
    assert find(shelf, 1).text == "Corrected."


def test_what_was_revised_after_the_last_kept_answer_stays(shelf: Shelf) -> None:
    poll(shelf, answered(0, entry(1)), answered(1, entry(1, text="Corrected.")))

    assert replay(shelf, answered(0, entry(1))) == []
    assert find(shelf, 1).text == "Corrected."


def test_what_has_left_does_not_come_again(shelf: Shelf) -> None:
    answers = [answered(day, entry(day + 1)) for day in range(4)]
    poll(shelf, *answers)
    retention = Retention(shared=KeepRule(age=DAY))
    assert list(prune(shelf.database, retention, now=NOW + 4 * DAY))

    assert replay(shelf, *answers) == []


def test_a_text_that_has_left_does_not_come_again(shelf: Shelf) -> None:
    answers = [answered(day, entry(day + 1)) for day in range(4)]
    poll(shelf, *answers)
    retention = Retention(shared=KeepRule(content=DAY))
    assert list(prune(shelf.database, retention, now=NOW + 4 * DAY))

    assert replay(shelf, answered(0, entry(1, text="Read better."))) == []
    assert find(shelf, 1).text == ""


def test_tags_are_those_of_today_and_topics_follow(shelf: Shelf) -> None:
    answers = (answered(0, entry(1)), answered(1, entry(2)))
    poll(shelf, *answers)
    with shelf.database.write() as connection:  # as rules of before tagged them
        connection.execute(
            update(tables.article_tag)
            .where(tables.article_tag.c.article == 1)
            .values(tag="mali")
        )

    found = replay(shelf, *answers)

    said = "+about:morocco -about:mali"
    assert told(found) == [(Effect.TAGGED, "Morocco 1", said)]
    assert [match.tag for match in find(shelf, 1).tags] == ["morocco"]
    assert shelf.titles("morocco") == ["Morocco 2", "Morocco 1"]
    assert replay(shelf, *answers) == []


PAIR = (
    answered(0, entry(1, text=COPIED)),
    answered(1, entry(2, text=COPIED.replace("word30", "mot")), source="daily8"),
)


@pytest.mark.parametrize("threshold", [None, 1], ids=["off", "stricter"])
def test_copies_by_todays_rules_are_found_once(
    shelf: Shelf, threshold: float | None
) -> None:
    shelf.duplicates = DuplicateRules(threshold=threshold)
    poll(shelf, *PAIR)
    assert find(shelf, 2).duplicate_of is None
    shelf.duplicates = DuplicateRules()

    found = replay(shelf, *PAIR)

    assert [one.effect for one in found] == [Effect.COPY]
    assert (find(shelf, 1).duplicate_of, find(shelf, 2).duplicate_of) == (None, 1)
    assert replay(shelf, *PAIR) == []


def test_copies_that_are_none_today_are_let_go(shelf: Shelf) -> None:
    answers = (
        answered(0, entry(1, text=COPIED)),
        answered(1, entry(2, text=COPIED.replace("word30", "mot")), source="daily8"),
    )
    poll(shelf, *answers)
    assert find(shelf, 2).duplicate_of == 1
    shelf.duplicates = DuplicateRules(threshold=1)

    found = replay(shelf, *answers)

    assert told(found) == [(Effect.NO_COPY, "Morocco 2", "")]
    assert find(shelf, 2).duplicate_of is None
    assert replay(shelf, *answers) == []


def test_a_source_that_is_preferred_today_has_the_original(shelf: Shelf) -> None:
    answers = (
        answered(0, entry(1, text=COPIED)),
        answered(1, entry(2, text=COPIED), source="daily8"),
    )
    poll(shelf, *answers)
    shelf.duplicates = DuplicateRules(prefer=("daily8",))

    found = replay(shelf, *answers)

    assert [one.effect for one in found] == [Effect.COPY]
    assert (find(shelf, 1).duplicate_of, find(shelf, 2).duplicate_of) == (2, None)
    assert replay(shelf, *answers) == []
    assert list(check_database(shelf.database)) == []


def test_topics_that_wait_for_their_turn_are_left_to_it(shelf: Shelf) -> None:
    poll(shelf, answered(0, entry(1)))
    shelf.rules = replace(shelf.rules, topics={"later": about("morocco")})

    found = replay(shelf, answered(0, entry(1), entry(2)), is_trial=True)

    assert [one.effect for one in found] == [Effect.NEW]
    assert Library(shelf.database).topic_sizes().keys() == {"morocco"}
