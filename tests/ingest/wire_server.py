"""A server on loopback that answers with exactly the bytes a test says, or worse.

Every script ends by itself: no loop here is without a bound.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, closing, suppress

Script = Callable[[asyncio.StreamWriter], Awaitable[None]]
Conversation = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]

CLIENT_HAS_GONE = (ConnectionError, asyncio.IncompleteReadError, ssl.SSLError)
TEST_IS_OVER = (asyncio.CancelledError,)
PIECE = b"x" * 65536


@asynccontextmanager
async def serve(script: Script, *, is_hasty: bool = False) -> AsyncIterator[str]:
    """The base URL of a server that plays the script after each request's head.

    A hasty one does not wait for the request.
    """

    async def converse(
        reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        if not is_hasty:
            await reader.readuntil(b"\r\n\r\n")
        await script(writer)

    async with listening(converse) as port:
        yield f"http://127.0.0.1:{port}"


@asynccontextmanager
async def listening(
    converse: Conversation, *, secured: ssl.SSLContext | None = None
) -> AsyncIterator[int]:
    """The port of a server that converses with each visitor till the block ends."""
    conversations: set[asyncio.Task[None]] = set()

    async def receive(
        reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        task = asyncio.current_task()
        assert task is not None
        conversations.add(task)
        with closing(writer), suppress(*CLIENT_HAS_GONE, *TEST_IS_OVER):
            await converse(reader, writer)
            await writer.drain()

    server = await asyncio.start_server(receive, "127.0.0.1", 0, ssl=secured)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
        for conversation in conversations:
            conversation.cancel()
        await asyncio.gather(*conversations, return_exceptions=True)
        await server.wait_closed()


def send(*pieces: bytes) -> Script:
    """A script that sends these bytes and hangs up."""

    async def script(writer: asyncio.StreamWriter) -> None:
        for piece in pieces:
            writer.write(piece)
            await writer.drain()

    return script


def send_slowly(head: bytes, piece: bytes, *, seconds: float, times: int) -> Script:
    """A script that sends a piece now and then."""

    async def script(writer: asyncio.StreamWriter) -> None:
        writer.write(head)
        for _ in range(times):
            writer.write(piece)
            await writer.drain()
            await asyncio.sleep(seconds)

    return script


def send_often(head: bytes, piece: bytes, *, times: int, sent: list[int]) -> Script:
    """A script that sends a piece many times over and counts the bytes in `sent`."""

    async def script(writer: asyncio.StreamWriter) -> None:
        writer.write(head)
        for _ in range(times):
            writer.write(piece)
            await writer.drain()
            sent.append(len(piece))

    return script


def head(*lines: str, status: str = "200 OK") -> bytes:
    """The head of an answer with these header lines."""
    return "\r\n".join((f"HTTP/1.1 {status}", *lines, "", "")).encode("latin-1")
