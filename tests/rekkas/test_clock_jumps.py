"""A clock that jumps, with the real rules of pace: no storm, no stall."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta

from ingest.pace.schedule import PaceState, PollPolicy, PollSummary, pace_after
from rekkas.poller import PollReport
from rekkas.scheduler import Dispatcher
from tests.factories import NOW
from tests.rekkas.reports import make_report

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
SLUGS = [f"source-{number}" for number in range(120)]


class Sources:
    """Polled at a moment that a test sets, each at its own pace."""

    def __init__(self) -> None:
        self.now = NOW
        self.polls: Counter[str] = Counter()
        self.paces: dict[str, PaceState] = {}
        self.dispatcher = Dispatcher(
            dict.fromkeys(SLUGS, NOW), self._poll, clock=self._clock
        )

    def _clock(self) -> datetime:
        return self.now

    async def _poll(self, slug: str) -> PollReport:
        self.polls[slug] += 1
        pace = pace_after(
            self.paces.get(slug),
            PollSummary(succeeded=True, has_validators=True),
            slug=slug,
            now=self.now,
            policy=PollPolicy(),
        )
        assert self.now < pace.due_at <= self.now + timedelta(days=2)
        self.paces[slug] = pace
        return make_report(slug, due_at=pace.due_at)

    async def pass_time(self, span: timedelta) -> Counter[str]:
        """How often each was polled while time passed minute by minute."""
        self.polls.clear()
        for _ in range(span // MINUTE):
            await self.dispatcher.dispatch()
            await self.dispatcher.wait()
            self.now += MINUTE
        return self.polls.copy()


async def test_three_days_ahead_bring_one_poll_a_source() -> None:
    sources = Sources()
    await sources.pass_time(2 * HOUR)

    sources.now += timedelta(days=3)
    polls = await sources.pass_time(HOUR // 2)

    assert set(polls) == set(SLUGS)
    assert set(polls.values()) == {1}


async def test_two_hours_back_neither_stall_nor_hurry() -> None:
    sources = Sources()
    await sources.pass_time(3 * HOUR)
    undisturbed = await sources.pass_time(3 * HOUR)

    sources.now -= 2 * HOUR
    polls = await sources.pass_time(3 * HOUR)

    assert set(polls) == set(SLUGS)
    assert all(abs(polls[slug] - undisturbed[slug]) <= 1 for slug in SLUGS)


async def test_there_and_back_again_no_source_waits_longer_than_a_day() -> None:
    sources = Sources()
    await sources.pass_time(3 * HOUR)

    sources.now += timedelta(days=3)
    ahead = await sources.pass_time(5 * MINUTE)
    sources.now -= timedelta(days=3)
    back = await sources.pass_time(25 * HOUR)

    assert set(ahead.values()) == {1}
    assert set(back) == set(SLUGS)
    assert max(back.values()) <= 25
