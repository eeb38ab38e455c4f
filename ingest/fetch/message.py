"""One message to one address, and how its answer begins: bounded, never raising.

No redirect is followed, and nothing is tried again: what an answer means is for whoever
has the message sent.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field

import httpx

from ingest.fetch import failures
from ingest.fetch.client import Client
from ingest.fetch.outcome import FailureKind, FetchFailed

_DEADLINE_SECONDS = 10.0  # a receiver takes what it is told, and works on it later
_MOST_BYTES = 4096  # of an answer: more than any that means something


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """What is sent where; without a body it is a question (GET)."""

    url: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came: a status, the first bytes of the body, and where a redirect leads."""

    status: int
    body: bytes
    location: str = ""


async def send(
    client: Client, message: Message, *, seconds: float = _DEADLINE_SECONDS
) -> Answer | FetchFailed:
    """What the address answers within the time; only cancellation leaves as exception.

    `client` is one whose connections the guard makes.
    """
    try:
        async with asyncio.timeout(seconds):
            return await _send(client, message)
    except TimeoutError:  # first, as it is an OSError too
        return FetchFailed(
            kind=FailureKind.TIMEOUT,
            detail=f"no whole answer within {seconds:g} seconds",
        )
    except failures.NETWORK_ERRORS as error:
        return failures.failure_of(error, url=message.url)


async def _send(client: Client, message: Message) -> Answer:
    headers = [
        (name.encode("ascii"), value.encode("ascii"))
        for name, value in message.headers.items()
    ]
    method = "GET" if message.body is None else "POST"
    async with client.stream(
        method, message.url, headers=headers, content=message.body
    ) as response:
        return Answer(
            status=response.status_code,
            body=await _beginning(response),
            location=response.headers.get("location", ""),
        )


async def _beginning(response: httpx.Response) -> bytes:
    """The first bytes of a body, one more than may mean something where it goes on."""
    body = bytearray()
    async for piece in response.aiter_raw():
        body += piece
        if len(body) > _MOST_BYTES:
            break
    return bytes(body[: _MOST_BYTES + 1])
