"""An answer of a source as it came, kept for reading it again by other rules."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from datetime import datetime

from ingest.fetch.outcome import NO_VALIDATORS, Fetched, InMemory


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """What a source answered at a moment (aware UTC).

    `digest` is the SHA-256 of its bytes in hexadecimal, `packed` are the bytes,
    compressed. The rest is as in `Fetched`.
    """

    source: str
    captured_at: datetime
    digest: str
    packed: bytes
    status: int | None
    final_url: str | None
    content_type: str | None
    links: str


def capture_answer(source: str, fetched: Fetched, *, now: datetime) -> Capture | None:
    """The answer as it is kept; None where it is only a part of what was read.

    An index of sitemaps is read with the sitemaps that it names, which came in answers
    of their own: its digest is that of all of them.
    """
    body = fetched.content.read()
    digest = InMemory(body).digest
    if digest != fetched.body_digest:
        return None
    return Capture(
        source=source,
        captured_at=now,
        digest=digest,
        packed=zlib.compress(body),
        status=fetched.status,
        final_url=fetched.final_url,
        content_type=fetched.content_type,
        links=fetched.links,
    )


def answer_of(capture: Capture) -> Fetched:
    """The answer as it came, without what only counts for the next request."""
    return Fetched(
        content=InMemory(zlib.decompress(capture.packed)),
        body_digest=capture.digest,
        status=capture.status,
        final_url=capture.final_url,
        content_type=capture.content_type,
        validators=NO_VALIDATORS,
        links=capture.links,
    )
