from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.entry import UNASKED, AskedPace
from ingest.pace.learning import News
from ingest.pace.rhythm import Rhythm, pack, unpack
from ingest.pace.schedule import (
    LONGEST_ASKED,
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
intervals = st.timedeltas(min_value=MINUTE, max_value=timedelta(days=3))
slugs = st.from_regex(r"[a-z0-9-]{1,64}", fullmatch=True)
rhythms = st.builds(
    Rhythm,
    hours=st.tuples(*[st.floats(0, 1e4)] * 24),
    weekdays=st.tuples(*[st.floats(0, 1e4)] * 7),
    minutes=st.tuples(*[st.floats(0, 1e4)] * 12),
    days=st.floats(0, 31),
    recent=st.floats(0, 1e4),
    expected=st.floats(0, 1e4),
    known_until=moments,
    window=st.integers(0, 200),
)
news = st.builds(
    News,
    published=st.lists(st.none() | moments, max_size=9).map(tuple),
    window=st.integers(0, 9),
)
asked = st.builds(
    AskedPace,
    ttl=st.none() | spans,
    update_period=st.none() | spans,
    update_base=st.sampled_from([None, "2000-01-01T12:00+00:00", "soon"]),
)
summaries = st.builds(
    PollSummary,
    succeeded=st.booleans(),
    news=news,
    has_validators=st.booleans(),
    was_reached=st.booleans(),
    max_age=st.none() | spans,
    asked=st.none() | asked,
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
        quickest=min(draw(intervals), shortest),
        patience=draw(intervals),
    )


states = st.none() | st.builds(
    PaceState,
    interval=intervals,
    failures=st.integers(min_value=0, max_value=10_000),
    due_at=moments,
    rhythm=st.none() | rhythms,
    asked=asked,
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

    cap = max(policy.longest, policy.every or MINUTE, LONGEST_ASKED)
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
    summary = replace(summary, succeeded=False)

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
        assert policy.quickest <= after.interval <= policy.longest
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
        summary = replace(PollSummary(succeeded=True, asked=UNASKED), **wishes)
        return pace_after(state, summary, slug=slug, now=now, policy=policy).due_at

    undisturbed = due_at()
    assert due_at(max_age=wish) >= undisturbed
    assert due_at(asked=AskedPace(ttl=wish)) >= undisturbed
    assert due_at(retry_after=wish) >= undisturbed


@given(states, summaries, slugs, moments, policies(), st.data())
def test_no_poll_falls_into_a_skipped_hour_or_day(
    state: PaceState | None,
    summary: PollSummary,
    slug: str,
    now: datetime,
    policy: PollPolicy,
    data: st.DataObject,
) -> None:
    skip_hours = data.draw(st.frozensets(st.integers(0, 23), max_size=23))
    skip_days = data.draw(st.frozensets(st.integers(0, 6), max_size=6))
    asked = AskedPace(skip_hours=skip_hours, skip_days=skip_days)
    summary = replace(summary, succeeded=True, asked=asked)

    due_at = pace_after(state, summary, slug=slug, now=now, policy=policy).due_at

    assert due_at > now
    assert due_at.hour not in skip_hours
    assert due_at.weekday() not in skip_days


@given(states, summaries, slugs, moments, policies())
def test_what_is_known_of_a_source_can_always_be_kept(
    state: PaceState | None,
    summary: PollSummary,
    slug: str,
    now: datetime,
    policy: PollPolicy,
) -> None:
    rhythm = pace_after(state, summary, slug=slug, now=now, policy=policy).rhythm

    if rhythm is not None:
        packed = pack(rhythm)
        assert pack(unpack(packed)) == packed


@given(states, slugs, moments, policies(), st.integers(1, 9))
def test_a_poll_repeated_at_once_is_never_sooner_than_now(
    state: PaceState | None, slug: str, now: datetime, policy: PollPolicy, times: int
) -> None:
    for _ in range(times):
        state = pace_after(
            state, PollSummary(succeeded=True), slug=slug, now=now, policy=policy
        )
        assert state.due_at > now
