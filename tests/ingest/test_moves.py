from datetime import datetime, timedelta

import pytest

from ingest.pace.moves import AT_HOME, Whereabouts, after_failure, after_success
from tests.factories import NOW

HOME = "https://paper.example/feed"
NEW = "https://news.example/feed"
OTHER = "https://other.example/feed"
WEEK = timedelta(days=7)


def succeeded(
    state: Whereabouts = AT_HOME,
    *,
    asked: str = HOME,
    moved_to: str | None = NEW,
    now: datetime = NOW,
    patience: timedelta = WEEK,
) -> Whereabouts:
    return after_success(
        state, asked=asked, moved_to=moved_to, now=now, patience=patience
    )


def failed(
    state: Whereabouts,
    *,
    is_refusal: bool = False,
    is_gone: bool = False,
    failures: int = 1,
    now: datetime = NOW,
) -> Whereabouts:
    return after_failure(
        state, is_refusal=is_refusal, is_gone=is_gone, failures=failures, now=now
    )


MOVING = Whereabouts(moved_to=NEW, moved_since=NOW - timedelta(days=6))
LONG_MOVING = Whereabouts(moved_to=NEW, moved_since=NOW - WEEK)
SETTLED = Whereabouts(adopted_url=NEW)

SUCCESSES: dict[str, tuple[Whereabouts, Whereabouts]] = {
    "a move is noted": (succeeded(), Whereabouts(moved_to=NEW, moved_since=NOW)),
    "a move that agrees keeps its beginning": (succeeded(MOVING), MOVING),
    "a move that has agreed long enough is adopted": (succeeded(LONG_MOVING), SETTLED),
    "another move begins anew": (
        succeeded(LONG_MOVING, moved_to=OTHER),
        Whereabouts(moved_to=OTHER, moved_since=NOW),
    ),
    "an answer without a move ends it": (
        succeeded(LONG_MOVING, moved_to=None),
        AT_HOME,
    ),
    "no patience at all adopts at once": (succeeded(patience=timedelta(0)), SETTLED),
    "https for http is adopted at once": (
        succeeded(asked="http://paper.example/feed", moved_to=HOME),
        Whereabouts(adopted_url=HOME),
    ),
    "https at another path is not": (
        succeeded(asked="http://paper.example/", moved_to=HOME),
        Whereabouts(moved_to=HOME, moved_since=NOW),
    ),
    "http for https is never noted": (
        succeeded(LONG_MOVING, moved_to="http://news.example/feed"),
        AT_HOME,
    ),
    "what was adopted stays so": (
        succeeded(SETTLED, asked=NEW, moved_to=None),
        SETTLED,
    ),
    "what was adopted may move on": (
        succeeded(SETTLED, asked=NEW, moved_to=OTHER),
        Whereabouts(moved_to=OTHER, moved_since=NOW, adopted_url=NEW),
    ),
    "what was gone is back": (
        succeeded(Whereabouts(gone_at=NOW - WEEK), moved_to=None),
        AT_HOME,
    ),
}


@pytest.mark.parametrize(
    ("found", "expected"), SUCCESSES.values(), ids=SUCCESSES.keys()
)
def test_after_a_good_answer(found: Whereabouts, expected: Whereabouts) -> None:
    assert found == expected


GONE_BEFORE = Whereabouts(gone_at=NOW - WEEK)

FAILURES: dict[str, tuple[Whereabouts, Whereabouts]] = {
    "a failure changes nothing": (failed(MOVING), MOVING),
    "a refusal at home changes nothing": (failed(MOVING, is_refusal=True), MOVING),
    "many failures at home change nothing": (failed(MOVING, failures=99), MOVING),
    "a source that is gone is gone since now": (
        failed(AT_HOME, is_refusal=True, is_gone=True),
        Whereabouts(gone_at=NOW),
    ),
    "a source that is still gone is gone since then": (
        failed(GONE_BEFORE, is_gone=True),
        GONE_BEFORE,
    ),
    "an adopted address that refuses is left": (
        failed(SETTLED, is_refusal=True),
        AT_HOME,
    ),
    "an adopted address that is gone is left, and not the source": (
        failed(SETTLED, is_refusal=True, is_gone=True),
        AT_HOME,
    ),
    "an adopted address that fails a little stays": (
        failed(SETTLED, failures=4),
        SETTLED,
    ),
    "an adopted address that fails again and again is left": (
        failed(SETTLED, failures=5),
        AT_HOME,
    ),
}


@pytest.mark.parametrize(("found", "expected"), FAILURES.values(), ids=FAILURES.keys())
def test_after_a_failure(found: Whereabouts, expected: Whereabouts) -> None:
    assert found == expected
