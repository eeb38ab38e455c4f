"""Certificates that a test makes for itself, and who believes them."""

from __future__ import annotations

import ssl
from datetime import UTC, datetime
from functools import cache

import trustme

_LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


@cache
def authority() -> trustme.CA:
    """Whom the clients of these tests believe."""
    return trustme.CA(organization_name="Tests")


def trusting() -> ssl.SSLContext:
    """What a client believes."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    authority().configure_trust(context)
    return context


def certified(*names: str, by: trustme.CA | None = None) -> ssl.SSLContext:
    """A server with a certificate for these names."""
    return _server((by or authority()).issue_cert(*names))


def expired() -> ssl.SSLContext:
    """A server whose certificate has ended long ago."""
    leaf = authority().issue_cert(
        "127.0.0.1", not_before=_LONG_AGO, not_after=_LONG_AGO.replace(year=2021)
    )
    return _server(leaf)


def _server(leaf: trustme.LeafCert) -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    leaf.configure_cert(context)
    return context
