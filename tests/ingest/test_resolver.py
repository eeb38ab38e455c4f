import asyncio
import socket
from ipaddress import ip_address

import pytest

from ingest.fetch.resolver import SystemResolver


async def test_a_literal_is_its_own_address() -> None:
    assert await SystemResolver()("127.0.0.1") == (ip_address("127.0.0.1"),)


async def test_an_address_is_told_once() -> None:
    found = await SystemResolver()("localhost")

    assert len(found) == len(set(found))
    assert ip_address("127.0.0.1") in found or ip_address("::1") in found


async def test_a_name_that_nobody_has_is_an_error_of_the_resolver() -> None:
    with pytest.raises(socket.gaierror):
        await SystemResolver()("no-such-host.invalid")


async def test_what_is_no_name_at_all_is_an_error_of_its_encoding() -> None:
    with pytest.raises(UnicodeError):
        await SystemResolver()("a" * 64 + ".example")


async def test_one_who_leaves_leaves_room_for_the_next() -> None:
    resolve = SystemResolver()

    for _ in range(100):
        asked = asyncio.create_task(resolve("127.0.0.1"))
        await asyncio.sleep(0)
        asked.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asked

    assert await resolve("127.0.0.1")
