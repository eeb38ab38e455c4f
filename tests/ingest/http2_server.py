"""A server of HTTP/2 on loopback that answers in the frames that a test says."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from h2.config import H2Configuration
from h2.connection import H2Connection
from h2.events import RequestReceived

from tests.ingest.certificates import certified
from tests.ingest.wire_server import listening

Headers = tuple[tuple[str, str], ...]


class Visit:
    """One request, and the means to answer it in order or out of it."""

    def __init__(
        self,
        connection: H2Connection,
        request: RequestReceived,
        writer: asyncio.StreamWriter,
    ) -> None:
        self.connection = connection
        self.stream_id = request.stream_id
        self.request = tuple(
            (_text(name), _text(value)) for name, value in request.headers or ()
        )
        self._writer = writer

    def head(
        self, status: int = 200, *headers: tuple[str, str], ends: bool = False
    ) -> None:
        """Send a status and headers."""
        self.connection.send_headers(
            self.stream_id, [(":status", str(status)), *headers], end_stream=ends
        )

    def body(self, piece: bytes, *, ends: bool = True) -> None:
        """Send a piece of the body."""
        self.connection.send_data(self.stream_id, piece, end_stream=ends)

    async def flush(self) -> None:
        """Send what was said so far."""
        await self.raw(self.connection.data_to_send())

    async def raw(self, frames: bytes) -> None:
        """Send these bytes, whatever the protocol says of them."""
        self._writer.write(frames)
        await self._writer.drain()


Play = Callable[[Visit], Awaitable[None]]


@asynccontextmanager
async def serve_http2(play: Play) -> AsyncIterator[str]:
    """The base URL of a server that plays for each request, then listens on."""

    async def converse(
        reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        connection = H2Connection(H2Configuration(client_side=False))
        connection.initiate_connection()
        writer.write(connection.data_to_send())
        while data := await reader.read(65536):
            events = connection.receive_data(data)
            writer.write(connection.data_to_send())
            for event in events:
                if isinstance(event, RequestReceived):
                    visit = Visit(connection, event, writer)
                    await play(visit)
                    await visit.flush()

    async with listening(converse, secured=_http2(certified("127.0.0.1"))) as port:
        yield f"https://127.0.0.1:{port}"


def frame(kind: int, flags: int, stream_id: int, payload: bytes = b"") -> bytes:
    """A frame as it is on the wire (RFC 9113, 4.1)."""
    start = len(payload).to_bytes(3, "big") + bytes((kind, flags))
    return start + stream_id.to_bytes(4, "big") + payload


def _http2(context: ssl.SSLContext) -> ssl.SSLContext:
    context.set_alpn_protocols(["h2"])
    return context


def _text(value: bytes | str) -> str:
    return value if isinstance(value, str) else value.decode("latin-1")
