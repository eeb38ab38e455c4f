"""Hosts as the operator writes them: `intranet.example`, `127.0.0.1:8080`, `[::1]:80`.

Reads and compares their spelling; what a host may do is decided elsewhere.
"""

from __future__ import annotations

import re
from ipaddress import ip_address
from typing import TypeAlias

HostPort: TypeAlias = tuple[str, int | None]
"""A host in the spelling of `host_key`, and a port, None for any."""

_WRITTEN = re.compile(r"(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::(\d{1,5}))?", re.IGNORECASE)
_BARE_IPV6 = re.compile(r"[0-9a-f]*:[0-9a-f]*:[0-9a-f:.]*", re.IGNORECASE)


def split_host(text: str) -> HostPort:
    """The host and port that HOST or HOST:PORT name.

    Raises:
        ValueError: it is neither; the message says what would be.
    """
    bracketed = f"[{text}]" if _BARE_IPV6.fullmatch(text) else text
    match = _WRITTEN.fullmatch(bracketed)
    if match is None or int(match[2] or 1) not in range(1, 65536):
        raise ValueError(
            "write a host or HOST:PORT without http:// and path, such as "
            "intranet.example or 127.0.0.1:8080"
        )
    return host_key(match[1]), int(match[2]) if match[2] else None


def host_key(host: str) -> str:
    """The spelling in which two names of one host are equal; nothing is resolved."""
    name = host.strip("[]").rstrip(".").lower()
    try:
        return ip_address(name).compressed
    except ValueError:
        return name
