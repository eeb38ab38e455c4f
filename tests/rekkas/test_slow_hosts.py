"""What hosts that are slow, silent or gone take from all others: their share."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from config.settings import FetchSettings
from ingest.fetch.host_gate import HostLimits
from rekkas.poller import PollReport
from rekkas.scheduler import Dispatcher
from tests.factories import NOW
from tests.rekkas.reports import make_report
from tests.rekkas.virtual_time import VirtualTime

MANY = 1_000
OTHERS = 40
STARTS_SECONDS = (MANY + OTHERS) / 50  # fifty are started a second
DEADLINE_SECONDS = 30.0

TROUBLE: dict[str, Mapping[str, float]] = {
    "one slow host with a thousand sources": dict.fromkeys(
        (f"slow.example/{number}" for number in range(MANY)), DEADLINE_SECONDS
    ),
    "one host that refuses a thousand times": dict.fromkeys(
        (f"closed.example/{number}" for number in range(MANY)), 0.0
    ),
    "ten black holes with a hundred sources each": {
        f"hole-{number % 10}.example/{number}": DEADLINE_SECONDS
        for number in range(MANY)
    },
    "forty black holes, more than there are places": {
        f"hole-{number % 40}.example/{number}": DEADLINE_SECONDS
        for number in range(MANY)
    },
}
HONEST = {f"honest-{number}.example/feed": 1.0 for number in range(OTHERS)}


class Hosts:
    """Answers after so many seconds, one request a host at a time."""

    def __init__(self, time: VirtualTime, seconds: Mapping[str, float]) -> None:
        self._time = time
        self._seconds = seconds
        self._limits = HostLimits(
            FetchSettings(),
            monotonic=time.monotonic,
            sleep=time.sleep,
            later=time.later,
        )
        self.ended: dict[str, float] = {}

    async def poll(self, slug: str) -> PollReport:
        async with self._limits.slot(slug.partition("/")[0]):
            await self._time.sleep(self._seconds[slug])
        self.ended[slug] = self._time.seconds
        return make_report(slug)


@pytest.mark.parametrize("trouble", TROUBLE.values(), ids=TROUBLE)
async def test_others_go_on_beside(trouble: Mapping[str, float]) -> None:
    time = VirtualTime()
    hosts = Hosts(time, {**trouble, **HONEST})
    # The troublesome are due first, which is the worst for the others.
    due = dict.fromkeys([*trouble, *HONEST], NOW)
    dispatcher = Dispatcher(due, hosts.poll, clock=time.now)

    await time.pass_until(120, every_second=dispatcher.dispatch)
    ended = dict(hosts.ended)
    await dispatcher.stop()

    assert max(ended[slug] for slug in HONEST) <= STARTS_SECONDS + 10


async def test_a_slow_host_is_asked_one_request_at_a_time_all_the_same() -> None:
    time = VirtualTime()
    trouble = TROUBLE["one slow host with a thousand sources"]
    hosts = Hosts(time, trouble)
    dispatcher = Dispatcher(dict.fromkeys(trouble, NOW), hosts.poll, clock=time.now)

    await time.pass_until(300, every_second=dispatcher.dispatch)
    ended = len(hosts.ended)
    await dispatcher.stop()

    assert 8 <= ended <= 10
