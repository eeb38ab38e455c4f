"""What one exchange is given: what we remember of the source, and its bounds.

Decides which validators go to which address; sending them is `exchange`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from ingest.fetch.outcome import NO_VALIDATORS, Validators
from ingest.fetch.redirects import Target
from ingest.source import AddressInUse

Header = tuple[bytes, bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceMemory:
    """What the last good answer of a source left behind.

    `validators_url` is the final address that sent the validators; None means the
    source's own. `body_digest` is the SHA-256 of the last document, in hexadecimal.
    `max_age` is how long it was to stay fresh. `adopted_url` is asked instead of the
    source's own address. `in_use` is the candidate asked first, None for the source's
    own address, and `failures` the number of failed polls in a row.
    """

    validators: Validators = NO_VALIDATORS
    validators_url: str | None = None
    body_digest: str | None = None
    in_use: AddressInUse | None = None
    failures: int = 0
    max_age: timedelta | None = None
    adopted_url: str | None = None


NOTHING_REMEMBERED = SourceMemory()


@dataclass(frozen=True, slots=True, kw_only=True)
class ExchangeBounds:
    """What one exchange may cost, redirects included.

    `max_body_bytes` holds for what comes over the wire and, again, for what it
    unpacks to.
    """

    deadline: timedelta
    max_body_bytes: int
    max_redirects: int


def validators_for(target: Target, source: Target, memory: SourceMemory) -> Validators:
    """The validators to send to this address: those it sent itself, or none.

    Validators name a version of one address (RFC 9110, 8.8), so they are not carried
    over redirects; an address that redirects elsewhere gets none.
    """
    owner = memory.validators_url or source.url
    return memory.validators if target.url == owner else NO_VALIDATORS


def request_headers(target: Target, validators: Validators) -> list[Header]:
    """The headers of this one request, the validators byte for byte as received.

    Who names a version may be answered with what is new since then alone: A-IM says
    that this is welcome (RFC 3229, its use for feeds).
    """
    named = (
        (b"If-None-Match", validators.etag),
        (b"A-IM", validators.etag and "feed"),
        (b"If-Modified-Since", validators.last_modified),
        (b"Authorization", target.authorization),
    )
    # Latin-1 is how `answer` read them: it gives every byte back as it was.
    return [(name, value.encode("latin-1")) for name, value in named if value]
