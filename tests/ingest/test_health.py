from __future__ import annotations

from dataclasses import fields
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from ingest.pace.health import (
    UNKNOWN_COURSE,
    Condition,
    Course,
    Health,
    SourceHistory,
    course_after_failure,
    course_after_success,
    decide_health,
    decide_news,
    is_worth_telling,
)

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def ago(span: timedelta) -> datetime:
    return NOW - span


def make_history(**changes: Any) -> SourceHistory:
    values: dict[str, Any] = {"last_polled_at": NOW, "news_at": NOW, "usual_gap": HOUR}
    values |= changes
    parts = {each.name for each in fields(Course)} & values.keys()
    course = Course(**{name: values.pop(name) for name in parts})
    return SourceHistory(course=course, **values)


CONDITIONS: dict[str, tuple[dict[str, Any], Condition]] = {
    "a source never polled is new": ({"last_polled_at": None}, Condition.NEW),
    "news of today is well": ({}, Condition.OK),
    "one failure is trouble": ({"failures": 1}, Condition.FAILING),
    "so are two failures": ({"failures": 2}, Condition.FAILING),
    "403 twice is a refusal": ({"failures": 2, "status": 403}, Condition.BLOCKED),
    "429 twice is a refusal": ({"failures": 2, "status": 429}, Condition.BLOCKED),
    "404 twice is a failure": ({"failures": 2, "status": 404}, Condition.FAILING),
    "no entries": ({"empty_since": ago(HOUR)}, Condition.EMPTY),
    "another address for good": (
        {"moved_to": "https://new.example/"},
        Condition.MOVED,
    ),
    "gone beats failing": ({"gone_at": NOW, "failures": 9}, Condition.GONE),
    "failing beats empty": ({"failures": 2, "empty_since": NOW}, Condition.FAILING),
    "empty beats moved": ({"empty_since": NOW, "moved_to": "x"}, Condition.EMPTY),
    "a night without news": ({"news_at": ago(12 * HOUR)}, Condition.OK),
    "a day without hourly news": ({"news_at": ago(25 * HOUR)}, Condition.LATE),
    "a day without weekly news": (
        {"news_at": ago(25 * HOUR), "usual_gap": 7 * DAY},
        Condition.OK,
    ),
    "a month without weekly news": (
        {"news_at": ago(30 * DAY), "usual_gap": 7 * DAY},
        Condition.LATE,
    ),
    "half a year without weekly news": (
        {"news_at": ago(180 * DAY), "usual_gap": 7 * DAY},
        Condition.SILENT,
    ),
    "three weeks without hourly news": ({"news_at": ago(21 * DAY)}, Condition.SILENT),
    "three weeks, the rhythm unknown": (
        {"news_at": ago(21 * DAY), "usual_gap": None},
        Condition.SILENT,
    ),
    "a week, the rhythm unknown": (
        {"news_at": ago(7 * DAY), "usual_gap": None},
        Condition.OK,
    ),
    "nothing ever came": ({"news_at": None}, Condition.OK),
    "an old file": ({"news_at": ago(999 * DAY), "is_live": False}, Condition.OK),
}


@pytest.mark.parametrize("case", CONDITIONS.values(), ids=CONDITIONS)
def test_the_condition_of_a_source(case: tuple[dict[str, Any], Condition]) -> None:
    changes, expected = case

    assert decide_health(make_history(**changes), now=NOW).condition is expected


def test_health_says_since_when() -> None:
    failing = make_history(failures=3, failing_since=ago(5 * HOUR))
    late = make_history(news_at=ago(2 * DAY))

    assert decide_health(failing, now=NOW).since == ago(5 * HOUR)
    assert decide_health(late, now=NOW).since == ago(2 * DAY)


@pytest.mark.parametrize(
    "changes",
    [
        case
        for case, condition in CONDITIONS.values()
        if condition not in (Condition.NEW, Condition.OK, Condition.FAILING)
    ],
)
def test_every_trouble_says_what_to_do(changes: dict[str, Any]) -> None:
    assert decide_health(make_history(**changes), now=NOW).advice.endswith(".")


def test_a_failure_says_what_failed() -> None:
    history = make_history(failures=2, detail="No such host.")

    assert decide_health(history, now=NOW).advice == "No such host."
    assert decide_health(make_history(failures=2), now=NOW).advice == ""


def test_trouble_began_with_the_first_failure_in_a_row() -> None:
    first = course_after_failure(UNKNOWN_COURSE, status=503, now=ago(DAY))

    second = course_after_failure(first, status=404, now=NOW)

    assert second == Course(failing_since=ago(DAY), status=404)


def test_a_success_ends_the_trouble_and_keeps_the_news() -> None:
    course = Course(failing_since=ago(DAY), status=503, news_at=ago(2 * DAY))

    after = course_after_success(course, entries=None, published=(), now=NOW)

    assert after == Course(news_at=ago(2 * DAY))


def test_a_document_is_empty_since_the_first_that_was() -> None:
    first = course_after_success(UNKNOWN_COURSE, entries=0, published=(), now=ago(DAY))

    unchanged = course_after_success(first, entries=None, published=(), now=NOW)
    again = course_after_success(unchanged, entries=0, published=(), now=NOW)
    filled = course_after_success(again, entries=1, published=(), now=NOW)

    assert (again.empty_since, filled.empty_since) == (ago(DAY), None)


NEWS: dict[str, tuple[list[datetime | None], datetime]] = {
    "the newest counts": ([ago(DAY), ago(HOUR)], ago(HOUR)),
    "one without a time came just now": ([ago(DAY), None], NOW),
    "one of tomorrow came just now": ([NOW + DAY], NOW),
    "older ones change nothing": ([ago(9 * DAY)], ago(2 * DAY)),
    "none changes nothing": ([], ago(2 * DAY)),
}


@pytest.mark.parametrize(("published", "news_at"), NEWS.values(), ids=NEWS)
def test_news_is_as_old_as_the_newest_article(
    published: list[datetime | None], news_at: datetime
) -> None:
    course = Course(news_at=ago(2 * DAY))

    after = course_after_success(course, entries=9, published=published, now=NOW)

    assert after.news_at == news_at


TOLD = {
    "trouble": (Condition.OK, Condition.FAILING, True),
    "other trouble": (Condition.LATE, Condition.SILENT, True),
    "the end of trouble": (Condition.FAILING, Condition.OK, True),
    "trouble from the start": (Condition.NEW, Condition.FAILING, True),
    "a first poll that went well": (Condition.NEW, Condition.OK, False),
    "trouble that goes on": (Condition.FAILING, Condition.FAILING, False),
}


@pytest.mark.parametrize(("before", "after", "told"), TOLD.values(), ids=TOLD)
def test_an_operator_hears_of_changes(
    before: Condition, after: Condition, told: bool
) -> None:
    assert is_worth_telling(before, after) is told


WRITTEN = {
    "nothing before the first poll": (None, Condition.NEW, 0, None),
    "nothing of a good start": (None, Condition.OK, 0, None),
    "nothing of being late": (None, Condition.LATE, 0, None),
    "nothing of two failures": (None, Condition.FAILING, 2, None),
    "a third failure": (None, Condition.FAILING, 3, Condition.FAILING),
    "a third refusal": (Condition.OK, Condition.BLOCKED, 3, Condition.BLOCKED),
    "one failure only once": (Condition.FAILING, Condition.FAILING, 4, None),
    "another failure not again": (Condition.FAILING, Condition.BLOCKED, 4, None),
    "that it is gone": (Condition.FAILING, Condition.GONE, 9, Condition.GONE),
    "that it moved": (Condition.OK, Condition.MOVED, 0, Condition.MOVED),
    "that it went silent": (Condition.OK, Condition.SILENT, 0, Condition.SILENT),
    "that it is back": (Condition.SILENT, Condition.OK, 0, Condition.OK),
    "that it is back, though late": (Condition.GONE, Condition.LATE, 0, Condition.OK),
}


@pytest.mark.parametrize("case", WRITTEN.values(), ids=WRITTEN.keys())
def test_an_operator_is_written_to_of(
    case: tuple[Condition | None, Condition, int, Condition | None],
) -> None:
    told, now, failures, expected = case

    assert decide_news(told, Health(condition=now), failures=failures) is expected
