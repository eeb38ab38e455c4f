"""The server of the web application: where it listens, and uvicorn as we set it."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from typing import Any

import uvicorn

from rekkas import compose
from rekkas.connections import ConnectionLimits, limited_connection

_BACKLOG = 2048
_LAST_REQUESTS_SECONDS = 2  # of the five that a stop may take


class AddressInUseError(Exception):
    """The address to serve on cannot be had; the message says what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listeners:
    """Where readers are served, and where the operator sees it, if anywhere."""

    public: socket.socket | None
    admin: socket.socket | None = None


def bind(listen: str, *, key: str = "server.listen") -> socket.socket:
    """A socket that listens on HOST:PORT, as the key of the configuration has it.

    Raises:
        AddressInUseError: another program has it, or it is none of this machine's.
    """
    host, port = compose.split_listen(listen)
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    # Heads and bodies are written apart: Nagle would hold back the body until the
    # client has acknowledged the head, which takes it 40 ms. Connections inherit this.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    try:
        listener.bind((host, port))
        listener.listen(_BACKLOG)
    except OSError as error:
        listener.close()
        raise AddressInUseError(
            f"cannot serve on {listen} ({error.strerror}): stop the program that has "
            f"this address, or set {key} to another"
        ) from error
    return listener


class Server(uvicorn.Server):
    """uvicorn without its own signals: the service decides when to stop."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave signals alone; uvicorn would raise them again after serving."""
        yield


def build_server(app: Any, limits: ConnectionLimits) -> Server:
    """A server of the application that logs nothing and tells nothing of itself."""
    return Server(
        uvicorn.Config(
            app,
            http=limited_connection(limits),
            ws="none",
            lifespan="off",
            log_config=None,
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=_LAST_REQUESTS_SECONDS,
        )
    )


@contextlib.asynccontextmanager
async def served_beside(
    app: Any, listener: socket.socket | None, limits: ConnectionLimits
) -> AsyncIterator[None]:
    """Serve an application for the time of the block, and no answer longer."""
    if listener is None:
        yield
        return
    server = build_server(app, limits)
    serving = asyncio.create_task(server.serve(sockets=[listener]), name="admin")
    try:
        yield
    finally:
        server.should_exit = server.force_exit = True
        await serving
