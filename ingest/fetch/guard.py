"""The one dialer: every connection of the process is resolved, checked and made here.

What is checked is what is connected to, so neither a redirect nor a name that changes
its mind between two look-ups leads into the operator's network. Which addresses are
fit is decided by `addresses`; TLS and HTTP speak the name, not the address.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterable
from dataclasses import dataclass

import httpcore

from config.hosts import HostPort, host_key
from ingest.fetch.addresses import is_web_port, special_use
from ingest.fetch.race import connect_to_first
from ingest.fetch.resolver import Addresses, Resolver

_NO_WEB_PORT = (
    "No request is made to port {port} of {host}, which is none of web servers. If it "
    'is meant, write fetch.allow_private: ["{host}:{port}"].'
)
_NOT_PUBLIC = (
    "No request is made to {host}: its address {address} is not public ({use}). If "
    'it is a host of yours, write fetch.allow_private: ["{host}"].'
)


class NotAllowedError(Exception):
    """A connection that the guard does not make; the message says why and what to do.

    No OSError, so that nobody tries again.
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class Guard:
    """Says where the process may connect to.

    `allowed` are the operator's exceptions: a host alone may be any address at a web
    port, a host with its port may be anything.
    """

    resolve: Resolver
    allowed: frozenset[HostPort]

    async def addresses_of(self, host: str, port: int) -> Addresses:
        """The addresses of the host, all of them fit to connect to.

        One that is not spoils the others: a name that leads both out and in is made
        for an attack or by mistake, and which one it leads to next is a gamble.

        Raises:
            NotAllowedError: the port or one of the addresses is not for publishers.
            OSError: the host has no address (socket.gaierror).
        """
        key = host_key(host)
        shown = f"[{key}]" if ":" in key else key
        is_exception = (key, port) in self.allowed
        if not is_exception and not is_web_port(port):
            raise NotAllowedError(_NO_WEB_PORT.format(host=shown, port=port))
        found = await self.resolve(host)
        if not is_exception and (key, None) not in self.allowed:
            _refuse_special(shown, found)
        if not found:
            raise socket.gaierror(socket.EAI_NONAME, "no address")
        return found


class GuardedBackend(httpcore.AsyncNetworkBackend):
    """Connects where the guard allows, to an address it has checked.

    `network` makes the connections, asyncio without one. Sockets of this machine are
    not offered: httpcore's base class knows none.
    """

    def __init__(
        self, guard: Guard, network: httpcore.AsyncNetworkBackend | None = None
    ) -> None:
        self._guard = guard
        self._network = network or httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - httpcore's signature
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """A connection to the first address of the host that takes one.

        `timeout`, in seconds, covers looking up and connecting together.

        Raises:
            NotAllowedError: the guard does not allow it.
            OSError: the host has no address.
            httpcore.ConnectError: no address takes a connection.
            httpcore.ConnectTimeout: none did in time.
        """
        options = tuple(socket_options or ())

        async def connect(address: str) -> httpcore.AsyncNetworkStream:
            return await self._network.connect_tcp(
                address, port, local_address=local_address, socket_options=options
            )

        try:
            async with asyncio.timeout(timeout):
                found = await self._guard.addresses_of(host, port)
                return await connect_to_first(found, connect)
        except TimeoutError as error:
            raise httpcore.ConnectTimeout from error


def _refuse_special(host: str, addresses: Addresses) -> None:
    for address in addresses:
        if use := special_use(address):
            detail = _NOT_PUBLIC.format(host=host, address=address, use=use)
            raise NotAllowedError(detail)
