"""A server on loopback that plays a part, visit by visit, and remembers its visitors.

Every answer ends by itself or with its visitor: no loop here is without a bound.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from tests.ingest.wire_server import Script, listening, send


@dataclass(frozen=True, slots=True)
class Request:
    """One request as it came; header names in lower case."""

    target: str
    headers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Choice:
    """An answer that depends on what is asked."""

    choose: Callable[[Request], bytes]


Answer = bytes | Script | Choice
"""The bytes of an answer, its head included, or a script that writes them."""


@dataclass(slots=True)
class Stage:
    """What is played at each path, the last answer again and again, and who asked."""

    parts: Mapping[str, Sequence[Answer]]
    port: int = 0
    requests: list[Request] = field(default_factory=list)

    def next_script(self, request: Request) -> Script:
        """What this visit is to see; 404 where nothing is played."""
        earlier = sum(one.target == request.target for one in self.requests)
        self.requests.append(request)
        part = self.parts.get(request.target)
        if part is None:
            return send(answer(b"", status="404 Not Found"))
        played = part[min(earlier, len(part) - 1)]
        if isinstance(played, Choice):
            played = played.choose(request)
        return send(played) if isinstance(played, bytes) else played


def answer(body: bytes, *headers: str, status: str = "200 OK") -> bytes:
    """A whole answer; the length is told unless a header says how the body ends."""
    named = [line.partition(":")[0].lower() for line in headers]
    framed = {"content-length", "transfer-encoding"} & set(named)
    length = () if framed else (f"Content-Length: {len(body)}",)
    lines = (f"HTTP/1.1 {status}", "Connection: close", *length, *headers, "", "")
    return "\r\n".join(lines).encode("latin-1") + body


@asynccontextmanager
async def playing(stage: Stage) -> AsyncIterator[None]:
    """Serve the stage for the time of the block; `stage.port` says where."""

    async def play(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        await stage.next_script(_request(head))(writer)

    async with listening(play) as stage.port:
        yield


def _request(head: bytes) -> Request:
    first, *lines = head.decode("latin-1").split("\r\n")
    pairs = (line.partition(":") for line in lines if line)
    return Request(
        target=first.split(" ")[1],
        headers={name.lower(): value.strip() for name, _, value in pairs},
    )
