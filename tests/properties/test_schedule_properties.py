from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.entry import AskedPace
from ingest.pace.schedule import (
    LONGEST_RETRY_AFTER,
    PaceState,
    PollPolicy,
    PollSummary,
    pace_after,
)

pytestmark = pytest.mark.property

MINUTE = timedelta(minutes=1)
moments = st.datetimes(
    min_value=datetime(2020, 1, 1),  # noqa: DTZ001  # hypothesis adds the zone
    max_value=datetime(2100, 1, 1),  # noqa: DTZ001  # same
    timezones=st.just(UTC),
)
spans = st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=10_000))
intervals = st.timedeltas(min_value=MINUTE, max_value=timedelta(days=30))
slugs = st.from_regex(r"[a-z0-9-]{1,64}", fullmatch=True)
summaries = st.builds(
    PollSummary,
    succeeded=st.booleans(),
    has_news=st.booleans(),
    max_age=st.none() | spans,
    asked=st.builds(AskedPace, ttl=st.none() | spans),
    retry_after=st.none() | spans,
)


@st.composite
def policies(draw: st.DrawFn) -> PollPolicy:
    shortest, longest = sorted((draw(intervals), draw(intervals)))
    return PollPolicy(
        every=draw(st.none() | intervals),
        first=draw(intervals),
        shortest=shortest,
        longest=longest,
    )


states = st.none() | st.builds(
    PaceState,
    interval=intervals,
    failures=st.integers(min_value=0, max_value=10_000),
    due_at=moments,
)


@given(states, summaries, slugs, moments, policies())
def test_the_next_poll_is_after_now_and_within_the_cap(
    state: PaceState | None,
    summary: PollSummary,
    slug: str,
    now: datetime,
    policy: PollPolicy,
) -> None:
    due_at = pace_after(state, summary, slug=slug, now=now, policy=policy).due_at

    cap = max(policy.longest, policy.every or MINUTE)
    if summary.retry_after is not None:
        cap = max(cap, LONGEST_RETRY_AFTER)
    assert now < due_at <= now + cap * 1.1 + timedelta(microseconds=1)


@given(summaries, slugs, moments, policies(), intervals, st.integers(0, 100))
def test_more_failures_never_poll_sooner(
    summary: PollSummary,
    slug: str,
    now: datetime,
    policy: PollPolicy,
    interval: timedelta,
    failures: int,
) -> None:
    def due_at(failures: int) -> datetime:
        state = PaceState(interval=interval, failures=failures, due_at=now)
        return pace_after(state, summary, slug=slug, now=now, policy=policy).due_at

    assert due_at(failures) <= due_at(failures + 1)


@given(states, summaries, slugs, moments, policies())
def test_an_adaptive_interval_stays_within_its_bounds(
    state: PaceState | None,
    summary: PollSummary,
    slug: str,
    now: datetime,
    policy: PollPolicy,
) -> None:
    after = pace_after(state, summary, slug=slug, now=now, policy=policy)

    if policy.every is None:
        assert policy.shortest <= after.interval <= policy.longest
    else:
        assert after.interval == policy.every


@given(states, slugs, moments, policies(), spans)
def test_a_servers_wish_never_brings_a_poll_forward(
    state: PaceState | None,
    slug: str,
    now: datetime,
    policy: PollPolicy,
    wish: timedelta,
) -> None:
    def due_at(**wishes: Any) -> datetime:
        summary = replace(PollSummary(succeeded=True), **wishes)
        return pace_after(state, summary, slug=slug, now=now, policy=policy).due_at

    undisturbed = due_at()
    assert due_at(max_age=wish) >= undisturbed
    assert due_at(asked=AskedPace(ttl=wish)) >= undisturbed
    assert due_at(retry_after=wish) >= undisturbed
