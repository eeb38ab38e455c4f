"""A server on loopback that remembers what it was asked, for hubs and subscribers."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from urllib.parse import parse_qs, urlsplit

from tests.ingest.wire_server import listening

_SECONDS = 15.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One request as it came."""

    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def path(self) -> str:
        """What is asked for, without the query."""
        return urlsplit(self.target).path

    @property
    def query(self) -> dict[str, str]:
        """The query, the last of each name."""
        pairs = parse_qs(urlsplit(self.target).query, keep_blank_values=True)
        return {name: values[-1] for name, values in pairs.items()}

    @property
    def form(self) -> dict[str, str]:
        """The body as a form, the last of each name."""
        pairs = parse_qs(self.body.decode(), keep_blank_values=True)
        return {name: values[-1] for name, values in pairs.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Says:
    """An answer; `endless` goes on with zeros after it for ever."""

    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    endless: bool = False


Answering = Callable[[Asked], Awaitable[Says]]


async def confirm(asked: Asked) -> Says:
    """A subscriber that means what it asked for, and takes what it is sent."""
    return Says(body=asked.query.get("hub.challenge", "").encode())


class PushServer:
    """Everything that came, in its order; `answering` may be changed at any time."""

    def __init__(self, answering: Answering) -> None:
        self.answering = answering
        self.asked: list[Asked] = []
        self.base = ""
        self._more = asyncio.Condition()

    def url(self, path: str) -> str:
        """The address of something here."""
        return self.base + path

    async def wait_for(
        self, wanted: Callable[[Asked], bool], count: int = 1
    ) -> list[Asked]:
        """The requests that are wanted, once there are so many."""

        def found() -> list[Asked]:
            return [one for one in self.asked if wanted(one)]

        async with asyncio.timeout(_SECONDS), self._more:
            await self._more.wait_for(lambda: len(found()) >= count)
        return found()

    async def converse(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        """Answer the requests of one connection."""
        while asked := await _read(reader):
            async with self._more:
                self.asked.append(asked)
                self._more.notify_all()
            await _write(writer, await self.answering(asked))


@asynccontextmanager
async def push_server(answering: Answering = confirm) -> AsyncIterator[PushServer]:
    """A server that is gone at the end of the block."""
    ours = PushServer(answering)
    async with listening(ours.converse) as port:
        ours.base = f"http://127.0.0.1:{port}"
        yield ours


async def _read(reader: asyncio.StreamReader) -> Asked | None:
    line = (await reader.readline()).decode("latin-1").split()
    if len(line) != 3:
        return None
    headers = {}
    while (header := (await reader.readline()).decode("latin-1").strip()) != "":
        name, _, value = header.partition(":")
        headers[name.lower()] = value.strip()
    body = await reader.readexactly(int(headers.get("content-length", 0)))
    return Asked(method=line[0], target=line[1], headers=headers, body=body)


async def _write(writer: asyncio.StreamWriter, says: Says) -> None:
    headers = dict(says.headers)
    if not says.endless:
        headers["Content-Length"] = str(len(says.body))
    lines = [f"HTTP/1.1 {says.status} {HTTPStatus(says.status).phrase}"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    writer.write("\r\n".join([*lines, "", ""]).encode("latin-1") + says.body)
    await writer.drain()
    while says.endless:
        writer.write(b"0" * 65536)
        await writer.drain()
