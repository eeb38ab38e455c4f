"""How one exchange with a source can end.

Fetched        a document arrived
NotModified    304, or the same bytes as last time
FetchFailed    anything else, with its kind and what the operator may do
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum
from typing import Protocol, TypeAlias

from ingest.source import AddressInUse


class FailureKind(Enum):
    """Why a poll brought nothing."""

    DNS = "dns"  # the host's name has no address
    NOT_ALLOWED = "not_allowed"  # not asked at all: no public address, or no web port
    ROBOTS = "robots"  # not asked: the host's robots.txt forbids it
    CONNECT = "connect"  # no connection, or it broke before the answer was whole
    TLS = "tls"  # no trustworthy connection
    TIMEOUT = "timeout"  # the deadline of the exchange passed
    HTTP_CLIENT = "http_client"  # a 4xx that says the request cannot be served
    HTTP_SERVER = "http_server"  # a 5xx, or an answer that is not HTTP
    RATE_LIMITED = "rate_limited"  # 429
    TOO_LARGE = "too_large"  # more than fetch.max_body_bytes
    TOO_COMPLEX = "too_complex"  # reading it takes more time or memory than it may
    NOT_A_FEED = "not_a_feed"  # an answer that no format module can read
    REDIRECT_LOOP = "redirect_loop"  # too many redirects, or one to nowhere
    FILE = "file"  # a snapshot that cannot be read
    BUG = "bug"  # rekkas itself failed on what came


@dataclass(frozen=True, slots=True, kw_only=True)
class Validators:
    """ETag and Last-Modified exactly as the server sent them, for the next GET."""

    etag: str | None = None
    last_modified: str | None = None


NO_VALIDATORS = Validators()


class Content(Protocol):
    """The bytes of a document, wherever they are kept."""

    @property
    def size(self) -> int:
        """How many they are."""

    @property
    def digest(self) -> str:
        """Their SHA-256 in hexadecimal."""

    def read(self) -> bytes:
        """All of them."""


@dataclass(frozen=True, slots=True)
class InMemory:
    """The bytes of a document, at hand."""

    data: bytes

    @property
    def size(self) -> int:
        """How many they are."""
        return len(self.data)

    @property
    def digest(self) -> str:
        """Their SHA-256 in hexadecimal."""
        return hashlib.sha256(self.data).hexdigest()

    def read(self) -> bytes:
        """All of them."""
        return self.data


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """A document and what came with it.

    `content` is decompressed, and read anew at each call. `body_digest` is its SHA-256
    in hexadecimal.
    `status` and `final_url` are None for a file on disk.
    `max_age` is how long the answer stays fresh (Cache-Control, Expires, Age).
    `moved_to` is where its permanent redirects alone lead, None where it has none.
    A `status` of 226 says that only new entries came (RFC 3229), not the whole window.
    `links` is what the answer said in Link headers (RFC 8288), "" for nothing.
    """

    content: Content
    body_digest: str
    status: int | None
    final_url: str | None
    content_type: str | None
    validators: Validators
    max_age: timedelta | None = None
    moved_to: str | None = None
    links: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NotModified:
    """The source has nothing new: 304, or a body with the digest of the last one.

    `validators` are the stored ones, refreshed by what the answer carried. `in_use`
    is the candidate that said so, None for the source's own address.
    """

    validators: Validators
    body_digest: str | None
    status: int | None = None
    final_url: str | None = None
    max_age: timedelta | None = None
    in_use: AddressInUse | None = None
    moved_to: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchFailed:
    """Nothing usable came; `detail` is a sentence for the operator.

    `is_final` is True where the publisher says that the source is gone for good.
    """

    kind: FailureKind
    detail: str
    status: int | None = None
    final_url: str | None = None
    retry_after: timedelta | None = None
    is_final: bool = False


FetchOutcome: TypeAlias = Fetched | NotModified | FetchFailed
