import asyncio
from collections.abc import Callable

import pytest

from config.settings import FetchSettings
from ingest.fetch.host_gate import HostLimits

SPACING_SECONDS = 2.0


class FakeClock:
    """Time that moves only when somebody sleeps."""

    def __init__(self) -> None:
        self.now = 100.0

    def monotonic(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.now += seconds
        await asyncio.sleep(0)


def make_limits(
    clock: FakeClock, *, concurrency: int = 16, per_host: int = 1
) -> HostLimits:
    fetch = FetchSettings.model_validate(
        {
            "concurrency": concurrency,
            "per_host": {"concurrency": per_host, "spacing": "2s"},
        }
    )
    return HostLimits(fetch, monotonic=clock.monotonic, sleep=clock.sleep)


async def settle() -> None:
    """Let every task run until it waits for something."""
    for _ in range(20):
        await asyncio.sleep(0)


class Visits:
    """Exchanges that start when let in and end when told."""

    def __init__(self, limits: HostLimits, clock: FakeClock) -> None:
        self._limits = limits
        self._clock = clock
        self.started: dict[str, float] = {}
        self.ends: dict[str, asyncio.Event] = {}

    async def visit(self, name: str, host: str) -> None:
        self.ends[name] = asyncio.Event()
        async with self._limits.slot(host):
            self.started[name] = self._clock.now
            await self.ends[name].wait()


async def test_one_host_is_asked_one_request_at_a_time_and_spaced() -> None:
    clock = FakeClock()
    visits = Visits(make_limits(clock), clock)

    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(visits.visit("first", "a.example"))
        tasks.create_task(visits.visit("second", "A.example"))
        await settle()
        started_before_the_end = set(visits.started)
        visits.ends["first"].set()
        await settle()
        visits.ends["second"].set()

    assert started_before_the_end == {"first"}
    assert visits.started == {"first": 100.0, "second": 100.0 + SPACING_SECONDS}


async def test_a_host_that_may_be_asked_twice_at_a_time_is_still_spaced() -> None:
    clock = FakeClock()
    visits = Visits(make_limits(clock, per_host=2), clock)

    async with asyncio.TaskGroup() as tasks:
        for name in ("first", "second", "third"):
            tasks.create_task(visits.visit(name, "a.example"))
        await settle()
        started_at_once = dict(visits.started)
        for end in visits.ends.values():
            end.set()
        await settle()
        visits.ends["third"].set()

    assert started_at_once == {"first": 100.0, "second": 102.0}
    assert visits.started["third"] == 104.0


async def test_hosts_do_not_wait_for_each_other() -> None:
    clock = FakeClock()
    visits = Visits(make_limits(clock), clock)

    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(visits.visit("a", "a.example"))
        tasks.create_task(visits.visit("b", "b.example"))
        await settle()
        started = set(visits.started)
        for end in visits.ends.values():
            end.set()

    assert started == {"a", "b"}


async def test_the_limit_over_all_hosts_holds() -> None:
    clock = FakeClock()
    visits = Visits(make_limits(clock, concurrency=2), clock)

    async with asyncio.TaskGroup() as tasks:
        for name in ("a", "b", "c"):
            tasks.create_task(visits.visit(name, f"{name}.example"))
        await settle()
        started = set(visits.started)
        for end in visits.ends.values():
            end.set()

    assert started == {"a", "b"}
    assert set(visits.started) == {"a", "b", "c"}


async def test_many_sources_of_one_slow_host_leave_room_for_the_others() -> None:
    clock = FakeClock()
    visits = Visits(make_limits(clock, concurrency=2), clock)

    async with asyncio.TaskGroup() as tasks:
        for number in range(50):
            tasks.create_task(visits.visit(f"slow-{number}", "slow.example"))
        tasks.create_task(visits.visit("quick", "quick.example"))
        await settle()
        started = set(visits.started)
        for _ in range(51):
            for end in visits.ends.values():
                end.set()
            await settle()

    assert started == {"slow-0", "quick"}
    assert len(visits.started) == 51


async def test_spacing_counts_from_the_real_start() -> None:
    clock = FakeClock()
    visits = Visits(make_limits(clock, concurrency=1, per_host=2), clock)

    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(visits.visit("other", "b.example"))
        await settle()
        tasks.create_task(visits.visit("first", "a.example"))
        tasks.create_task(visits.visit("second", "a.example"))
        await settle()
        clock.now = 500.0
        for _ in range(3):
            for end in visits.ends.values():
                end.set()
            await settle()

    assert visits.started == {"other": 100.0, "first": 500.0, "second": 502.0}


async def test_who_gives_up_waiting_leaves_the_place_to_the_next() -> None:
    clock = FakeClock()
    visits = Visits(make_limits(clock, concurrency=1), clock)

    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(visits.visit("first", "a.example"))
        await settle()
        impatient = tasks.create_task(visits.visit("impatient", "b.example"))
        tasks.create_task(visits.visit("patient", "b.example"))
        await settle()
        impatient.cancel()
        visits.ends["first"].set()
        await settle()
        for end in visits.ends.values():
            end.set()
        await settle()
        visits.ends["patient"].set()

    assert set(visits.started) == {"first", "patient"}


async def test_an_exchange_that_fails_gives_its_place_back() -> None:
    limits = make_limits(FakeClock(), concurrency=1)

    with pytest.raises(RuntimeError, match="a bug"):
        async with limits.slot("a.example"):
            raise RuntimeError("a bug")

    async with asyncio.timeout(1), limits.slot("a.example"):
        pass


async def test_who_takes_long_leaves_its_place_to_others_up_to_a_bound() -> None:
    steps: list[Callable[[], None]] = []

    def later(seconds: float, act: Callable[[], None]) -> Callable[[], None]:
        steps.append(act)
        return lambda: None

    clock = FakeClock()
    fetch = FetchSettings.model_validate({"concurrency": 1})
    limits = HostLimits(
        fetch, monotonic=clock.monotonic, sleep=clock.sleep, later=later
    )
    visits = Visits(limits, clock)
    names = [f"hole-{number}" for number in range(7)]
    tasks = [asyncio.create_task(visits.visit(name, name)) for name in names]
    await settle()
    begun = [len(visits.started)]
    for _ in range(5):
        steps.pop(0)()
        await settle()
        begun.append(len(visits.started))
    visits.ends["hole-0"].set()
    await settle()
    steps.pop(0)()  # of the one for which there was no room
    await settle()
    begun.append(len(visits.started))
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)

    assert begun == [1, 2, 3, 4, 5, 5, 6]
