from __future__ import annotations

import asyncio

from ingest.large_documents import FREE, ROOM_BYTES, SMALL_BYTES, Room

HALF = ROOM_BYTES // 2


async def enter(room: Room, size: int, inside: list[int], leave: asyncio.Event) -> None:
    async with room.admission() as admission:
        await admission.admit(size)
        inside.append(size)
        await leave.wait()


async def settle() -> None:
    for _ in range(5):
        await asyncio.sleep(0)


async def test_two_that_fit_together_are_read_together() -> None:
    room, inside, leave = Room(), list[int](), asyncio.Event()

    async with asyncio.TaskGroup() as group:
        for size in (HALF, HALF, HALF):
            group.create_task(enter(room, size, inside, leave))
        await settle()
        at_first = len(inside)
        leave.set()

    assert at_first == 2
    assert inside == [HALF] * 3


async def test_one_that_is_larger_than_the_room_is_read_alone() -> None:
    room, inside, leave = Room(), list[int](), asyncio.Event()

    async with asyncio.TaskGroup() as group:
        for size in (20 * ROOM_BYTES, SMALL_BYTES + 1):
            group.create_task(enter(room, size, inside, leave))
        await settle()
        at_first = list(inside)
        leave.set()

    assert at_first == [20 * ROOM_BYTES]


async def test_small_ones_wait_for_nobody() -> None:
    room, inside, leave = Room(), list[int](), asyncio.Event()

    async with asyncio.TaskGroup() as group:
        for size in (20 * ROOM_BYTES, 20 * ROOM_BYTES, SMALL_BYTES):
            group.create_task(enter(room, size, inside, leave))
        await settle()
        at_first = list(inside)
        leave.set()

    assert at_first == [20 * ROOM_BYTES, SMALL_BYTES]


async def test_a_large_one_is_not_passed_by_those_that_came_later() -> None:
    room, inside, leave = Room(), list[int](), asyncio.Event()

    async with asyncio.TaskGroup() as group:
        for size in (HALF, ROOM_BYTES, SMALL_BYTES + 1):
            group.create_task(enter(room, size, inside, leave))
        await settle()
        at_first = list(inside)
        leave.set()

    assert at_first == [HALF]
    assert inside == [HALF, ROOM_BYTES, SMALL_BYTES + 1]


async def test_one_that_gives_up_waiting_takes_no_room() -> None:
    room, inside, leave = Room(), list[int](), asyncio.Event()
    leave.set()

    async with room.admission() as first:
        await first.admit(ROOM_BYTES)
        waiting = asyncio.create_task(enter(room, ROOM_BYTES, inside, leave))
        await settle()
        waiting.cancel()
        await asyncio.gather(waiting, return_exceptions=True)
    await enter(room, ROOM_BYTES, inside, leave)

    assert inside == [ROOM_BYTES]


async def test_a_second_document_of_one_poll_waits_for_nobody() -> None:
    room = Room()

    async with asyncio.timeout(5), room.admission() as admission:
        await admission.admit(ROOM_BYTES)
        await admission.admit(ROOM_BYTES)


async def test_a_free_admission_waits_for_nobody() -> None:
    async with asyncio.timeout(5):
        await FREE.admit(99 * ROOM_BYTES)
    FREE.leave()
