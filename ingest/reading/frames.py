"""Messages over a socket: eight bytes of length, then as many of anything."""

from __future__ import annotations

import socket
import time

_LENGTH_BYTES = 8
_PIECE_BYTES = 1024 * 1024


class BrokenOffError(ConnectionError):
    """The other side has gone."""


def send(connection: socket.socket, message: bytes) -> None:
    """Send one message.

    Raises:
        TimeoutError: the other side has not taken it in the socket's time.
        OSError: there is no other side any more.
    """
    connection.sendall(len(message).to_bytes(_LENGTH_BYTES, "big"))
    connection.sendall(message)


def receive(connection: socket.socket, *, seconds: float | None = None) -> bytearray:
    """The next message; without `seconds` it is waited for, however long it takes.

    Raises:
        TimeoutError: it was not whole in time.
        BrokenOffError: the other side has gone.
        OSError: the same, less politely.
    """
    end = None if seconds is None else time.monotonic() + seconds
    length = int.from_bytes(_exactly(connection, _LENGTH_BYTES, end), "big")
    return _exactly(connection, length, end)


def _exactly(connection: socket.socket, length: int, end: float | None) -> bytearray:
    received = bytearray()
    while len(received) < length:
        connection.settimeout(_left(end))
        piece = connection.recv(min(length - len(received), _PIECE_BYTES))
        if not piece:
            raise BrokenOffError("the other side has gone")
        received += piece
    return received


def _left(end: float | None) -> float | None:
    if end is None:
        return None
    left = end - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left
