"""Connections of readers: how long each may keep silent, and how many may be open.

uvicorn waits for ever for a request that does not end and for a client that does not
read. Here both have their time; and when many connections are open, the one that has
waited longest without a request makes room, so that readers are let in always.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import ClassVar

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

_TOO_LARGE = (
    b"HTTP/1.1 431 Request Header Fields Too Large\r\n"
    b"content-type: text/plain; charset=utf-8\r\n"
    b"content-length: 25\r\nconnection: close\r\n\r\n"
    b"The headers are too long\n"
)
_TOO_MANY = (
    b"HTTP/1.1 503 Service Unavailable\r\n"
    b"content-type: text/plain; charset=utf-8\r\nretry-after: 10\r\n"
    b"content-length: 34\r\nconnection: close\r\n\r\n"
    b"Too many readers: come back later\n"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ConnectionLimits:
    """What clients may take: connections at a time, bytes of a head, seconds.

    `request_seconds` go from connecting, or from the first byte of a later request, to
    its last; `reading_seconds` are for taking in some of what was sent.
    """

    most: int
    head_bytes: int = 64 * 1024  # common servers take 8 to 16
    request_seconds: float = 20.0
    reading_seconds: float = 60.0


class ReaderConnection(HttpToolsProtocol):
    """One connection; `limited_connection` gives it limits and company."""

    limits: ClassVar[ConnectionLimits]
    waiting: ClassVar[dict[ReaderConnection, None]]  # for a request, longest first
    _asking: asyncio.TimerHandle | None = None  # until when a request has to be whole
    _reading: asyncio.TimerHandle | None = None  # until when something has to be read
    _is_in_head = True
    _head_bytes = 0

    def connection_made(  # type: ignore[override]  # as uvicorn has it
        self, transport: asyncio.Transport
    ) -> None:
        """Let the client in, and another one out if there are too many."""
        super().connection_made(transport)
        if len(self.connections) > self.limits.most and not self._make_room():
            transport.write(_TOO_MANY)
            self._close()
            return
        self.waiting[self] = None
        self._asking = self._abort_in(self.limits.request_seconds)

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the client."""
        self._stop_waiting()
        _cancel(self._reading)
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Read on, unless the head of the request has no end."""
        was_in_head = self._is_in_head
        if self._asking is None and self in self.waiting:
            self._asking = self._abort_in(self.limits.request_seconds)
        super().data_received(data)
        if was_in_head and self._is_in_head:
            self._head_bytes += len(data)
            if self._head_bytes > self.limits.head_bytes:
                self.transport.write(_TOO_LARGE)
                self._close()

    def on_headers_complete(self) -> None:
        """The head is read: what comes now is the body."""
        self._is_in_head = False
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """The request is whole: the client waits for us now."""
        self._stop_waiting()
        super().on_message_complete()

    def on_response_complete(self) -> None:
        """The answer is given; uvicorn waits for a next request for some seconds."""
        super().on_response_complete()
        self._is_in_head, self._head_bytes = True, 0
        if self.cycle.response_complete and not self.transport.is_closing():
            self.waiting[self] = None  # and no request was sent ahead

    def pause_writing(self) -> None:
        """The client takes in nothing of what was sent."""
        super().pause_writing()
        self._reading = self._abort_in(self.limits.reading_seconds)

    def resume_writing(self) -> None:
        """The client has taken in what was sent."""
        super().resume_writing()
        _cancel(self._reading)

    def timeout_keep_alive_handler(self) -> None:
        """No further request came."""
        self._close()

    def _stop_waiting(self) -> None:
        self.waiting.pop(self, None)
        _cancel(self._asking)
        self._asking = None

    def _make_room(self) -> bool:
        """Close the connection that has waited longest; False if none waits."""
        longest = next(iter(self.waiting), None)
        if longest is None:
            return False
        longest._stop_waiting()
        longest.transport.abort()
        return True

    def _close(self) -> None:
        """Close once everything is sent, or when the client does not take it in."""
        self._stop_waiting()
        self._asking = self._abort_in(self.limits.reading_seconds)
        self.transport.close()

    def _abort_in(self, seconds: float) -> asyncio.TimerHandle:
        return self.loop.call_later(seconds, self.transport.abort)


def _cancel(timer: asyncio.TimerHandle | None) -> None:
    if timer is not None:
        timer.cancel()


def limited_connection(limits: ConnectionLimits) -> type[ReaderConnection]:
    """The connections of one server."""

    class Limited(ReaderConnection):
        pass

    Limited.limits = limits
    Limited.waiting = {}
    return Limited
