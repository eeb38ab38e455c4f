"""Clients that keep silent, never end or never read: real sockets, short patience."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from rekkas.connections import ConnectionLimits
from rekkas.serving import build_server

REQUEST = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"
PATIENCE = 5.0  # for what is to happen in a fraction of it
LARGE = b"x" * 8 * 1024 * 1024  # more than sockets hold


class Application:
    """A small document, a large one at /large, one that never comes at /never."""

    def __init__(self) -> None:
        self.asked = asyncio.Semaphore(0)
        self.left = asyncio.Event()

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        self.asked.release()
        if scope["path"] != "/never":
            await self._answer(LARGE if scope["path"] == "/large" else b"news", send)
        if scope["path"] != "/":
            while (await receive())["type"] != "http.disconnect":
                pass
            self.left.set()

    async def _answer(self, body: bytes, send: Any) -> None:
        headers = [(b"content-length", str(len(body) + 1).encode())]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body, "more_body": True})
        await send({"type": "http.response.body", "body": b"\n"})  # once that was read


@asynccontextmanager
async def serving(
    limits: ConnectionLimits, application: Application | None = None
) -> AsyncIterator[int]:
    with socket.create_server(("127.0.0.1", 0), backlog=100) as listener:
        server = build_server(application or Application(), limits)
        running = asyncio.create_task(server.serve(sockets=[listener]))
        try:
            yield listener.getsockname()[1]
        finally:
            server.should_exit = True
            await running


async def connect(port: int) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    return await asyncio.open_connection("127.0.0.1", port)


async def everything(reader: asyncio.StreamReader) -> bytes:
    """What comes until the server closes."""
    async with asyncio.timeout(PATIENCE):
        try:
            return await reader.read()
        except ConnectionResetError:
            return b""


async def ask(port: int) -> bytes:
    """The status line of the answer to one request."""
    reader, writer = await connect(port)
    writer.write(REQUEST)
    async with asyncio.timeout(PATIENCE):
        line = await reader.readline()
    writer.close()
    return line


SILENT = {
    "who connects and says nothing": b"",
    "who begins a request and does not end it": b"GET / HTTP/1.1\r\nHost: x\r\n",
    "who promises a body and sends none": (
        b"POST /never HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n"
    ),
}


@pytest.mark.parametrize("said", SILENT.values(), ids=SILENT)
async def test_who_lets_the_service_wait_is_let_go(said: bytes) -> None:
    async with serving(ConnectionLimits(most=10, request_seconds=0.2)) as port:
        reader, writer = await connect(port)
        writer.write(said)

        assert await everything(reader) == b""
        writer.close()


async def test_who_sends_a_byte_now_and_then_has_no_longer() -> None:
    async with serving(ConnectionLimits(most=10, request_seconds=0.3)) as port:
        reader, writer = await connect(port)
        writer.write(b"GET / HTTP/1.1\r\n")
        rest = asyncio.create_task(everything(reader))
        while not rest.done():
            writer.write(b"X-Name: x\r\n")
            await asyncio.wait({rest}, timeout=0.02)
        writer.close()

    assert rest.result() == b""


async def test_a_head_without_end_is_refused_in_a_line() -> None:
    async with serving(ConnectionLimits(most=10, head_bytes=4096)) as port:
        reader, writer = await connect(port)
        writer.write(b"GET / HTTP/1.1\r\n")
        for number in range(200):
            writer.write(b"X-Name-%d: %s\r\n" % (number, b"x" * 100))
            await writer.drain()
        told = await everything(reader)
        writer.close()

    assert told == b"" or told.startswith(b"HTTP/1.1 431 ")


async def test_who_does_not_read_is_let_go() -> None:
    application = Application()
    limits = ConnectionLimits(most=10, reading_seconds=0.2)
    async with serving(limits, application) as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=1024)
        writer.write(REQUEST.replace(b"/ ", b"/large ", 1))
        async with asyncio.timeout(PATIENCE):
            await application.left.wait()

        assert len(await everything(reader)) < len(LARGE)
        writer.close()


async def test_many_who_say_nothing_keep_no_reader_out() -> None:
    async with serving(ConnectionLimits(most=10)) as port:
        silent = [await connect(port) for _ in range(100)]
        answers = [await ask(port) for _ in range(20)]
        first_of_all = await everything(silent[0][0])
        for _, writer in silent:
            writer.close()

    assert set(answers) == {b"HTTP/1.1 200 OK\r\n"}
    assert first_of_all == b""


async def test_when_all_are_being_answered_the_next_is_told_to_come_back() -> None:
    application = Application()
    async with serving(ConnectionLimits(most=3), application) as port:
        busy = [await connect(port) for _ in range(3)]
        for _, writer in busy:
            writer.write(REQUEST.replace(b"/ ", b"/never ", 1))
            await application.asked.acquire()
        told = await ask(port)
        for _, writer in busy:
            writer.close()

    assert told == b"HTTP/1.1 503 Service Unavailable\r\n"


async def test_one_connection_serves_many_requests_even_sent_ahead() -> None:
    async with serving(ConnectionLimits(most=1)) as port:
        reader, writer = await connect(port)
        writer.write(REQUEST * 50)
        async with asyncio.timeout(PATIENCE):
            answers = [await reader.readuntil(b"news\n") for _ in range(50)]
        writer.close()

    assert len(answers) == 50
