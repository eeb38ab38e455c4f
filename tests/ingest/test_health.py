from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from ingest.pace.health import Condition, SourceHistory, decide_health

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def ago(span: timedelta) -> datetime:
    return NOW - span


def make_history(**changes: Any) -> SourceHistory:
    values: dict[str, Any] = {"last_polled_at": NOW, "news_at": NOW, "usual_gap": HOUR}
    return SourceHistory(**(values | changes))


CONDITIONS: dict[str, tuple[dict[str, Any], Condition]] = {
    "a source never polled is new": ({"last_polled_at": None}, Condition.NEW),
    "news of today is well": ({}, Condition.OK),
    "one failure is an accident": ({"failures": 1}, Condition.OK),
    "two failures are trouble": ({"failures": 2}, Condition.FAILING),
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
