"""Several addresses of one host -> a connection to the first that takes one.

Connections are made by whoever asks; this is about order and time (RFC 8305).
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from itertools import chain, zip_longest
from typing import Any, TypeAlias

import httpcore

from ingest.fetch.resolver import Addresses

Attempt: TypeAlias = asyncio.Task[httpcore.AsyncNetworkStream]
Connect: TypeAlias = Callable[[str], Coroutine[Any, Any, httpcore.AsyncNetworkStream]]

_MOST_ADDRESSES = 6  # of one host that are tried
_HEAD_START_SECONDS = 0.25  # what an address gets before the next is tried beside it


async def connect_to_first(
    addresses: Addresses,
    connect: Connect,
    *,
    head_start: float = _HEAD_START_SECONDS,
) -> httpcore.AsyncNetworkStream:
    """A connection to the first of these addresses, at least one, that takes it.

    The next is tried as soon as one fails, and beside it when it has been silent for
    `head_start` seconds. Connections that come too late are closed.

    Raises:
        Exception: what the first address said, where none took a connection.
    """
    waiting = [str(address) for address in in_turn(addresses)[:_MOST_ADDRESSES]]
    if len(waiting) == 1:
        return await connect(waiting[0])
    attempts: list[Attempt] = []
    winner: Attempt | None = None
    try:
        while winner is None and (waiting or _running(attempts)):
            if waiting:
                attempts.append(asyncio.create_task(connect(waiting.pop(0))))
            await asyncio.wait(
                _running(attempts),
                timeout=head_start if waiting else None,
                return_when=asyncio.FIRST_COMPLETED,
            )
            winner = next(filter(_is_connected, attempts), None)
        return (winner or attempts[0]).result()
    finally:
        await _give_up([one for one in attempts if one is not winner])


def in_turn(addresses: Addresses) -> Addresses:
    """Both versions of IP in turn; the version that came first leads."""
    first = [one for one in addresses if one.version == addresses[0].version]
    second = [one for one in addresses if one.version != addresses[0].version]
    pairs = chain.from_iterable(zip_longest(first, second))
    return tuple(address for address in pairs if address is not None)


def _running(attempts: list[Attempt]) -> list[Attempt]:
    return [attempt for attempt in attempts if not attempt.done()]


def _is_connected(attempt: Attempt) -> bool:
    if not attempt.done() or attempt.cancelled():
        return False
    return attempt.exception() is None


async def _give_up(attempts: list[Attempt]) -> None:
    for attempt in attempts:
        attempt.cancel()
    await asyncio.gather(*attempts, return_exceptions=True)
    for late in filter(_is_connected, attempts):
        await late.result().aclose()
