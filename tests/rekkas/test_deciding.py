from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import timedelta

import pytest

from rekkas.deciding import keep_deciding
from store.errors import StoreError

AT_ONCE = timedelta(0)


def working(*outcomes: bool | StoreError) -> tuple[Callable[[], bool], list[object]]:
    """Work with these outcomes, and those that it had so far."""
    left, done = list(outcomes), list[object]()

    def work() -> bool:
        outcome = left.pop(0)
        done.append(outcome)
        if isinstance(outcome, StoreError):
            raise outcome
        return outcome

    return work, done


def test_work_goes_on_after_the_store_failed() -> None:
    full = StoreError("rekkas.db: no space left")
    work, done = working(True, full, full, True, False)

    asyncio.run(keep_deciding(work, asyncio.Event(), retry_after=AT_ONCE))

    assert done == [True, full, full, True, False]


def test_a_bug_is_none_of_these_failures() -> None:
    def work() -> bool:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        asyncio.run(keep_deciding(work, asyncio.Event()))


def test_leaving_ends_the_wait() -> None:
    leaving = asyncio.Event()
    work, done = working(StoreError("rekkas.db: locked"))

    async def leave() -> None:
        loop = asyncio.get_running_loop()

        def work_and_leave() -> bool:
            loop.call_soon_threadsafe(leaving.set)
            return work()

        async with asyncio.timeout(5):
            await keep_deciding(work_and_leave, leaving, retry_after=timedelta(hours=1))

    asyncio.run(leave())

    assert len(done) == 1
