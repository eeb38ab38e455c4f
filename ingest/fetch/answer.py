"""What an answer's status and headers mean for the exchange.

Judges and makes outcome values; reading the body off the wire is `exchange`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from http import HTTPStatus

from ingest.fetch.headers import (
    keep_validator,
    parse_age,
    parse_expires,
    parse_max_age,
    parse_retry_after,
)
from ingest.fetch.outcome import (
    NO_VALIDATORS,
    Content,
    FailureKind,
    Fetched,
    FetchFailed,
    NotModified,
    Validators,
)
from ingest.fetch.request import SourceMemory


class Verdict(Enum):
    """What to do with an answer once its head has come."""

    UNCHANGED = "unchanged"  # 304 to validators of ours
    REDIRECT = "redirect"  # ask elsewhere
    DOCUMENT = "document"  # read the body
    REFUSAL = "refusal"  # nothing usable will come
    UNCONDITIONAL = "unconditional"  # ask once more, and name no version


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerHead:
    """Status and headers of one answer; names in lower case, values as Latin-1 text.

    Latin-1 gives every byte back as it was, which opaque validators need.
    """

    url: str
    status: int
    headers: tuple[tuple[str, str], ...]

    def first(self, name: str) -> str | None:
        """The first value of a header that should come once; None without it."""
        return next((value for key, value in self.headers if key == name), None)

    def all(self, name: str) -> tuple[str, ...]:
        """Every value of a header, however often it came."""
        return tuple(value for key, value in self.headers if key == name)

    def joined(self, name: str) -> str:
        """Every value of a list header as one list (RFC 9110, 5.2), "" without it."""
        return ", ".join(self.all(name))


_LONGEST_LINKS = 8192  # characters: what announces hubs comes first
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
# 203 came through a proxy that changed it; 226 carries the new entries only
# (RFC 3229). 204 and 205 have no body, 206 is a part nobody asked for.
_DOCUMENTS = frozenset({200, 203, 226})
# What servers say to validators that they cannot take, though they made them.
_ABOUT_THE_REQUEST = frozenset({400, 412, 431})
_PATIENCE = 3  # failures in a row before an error of the server may be the validators'


def judge(head: AnswerHead, *, sent: Validators, failures: int) -> Verdict:
    """What to do with the answer to a request that carried these validators.

    A 304 to a request without validators is a refusal: believing it would leave the
    source unread for ever. `failures` counts the failed polls in a row before this
    one.
    """
    if sent != NO_VALIDATORS and head.status == 304:
        return Verdict.UNCHANGED
    if sent != NO_VALIDATORS and _may_be_for_validators(head, failures):
        return Verdict.UNCONDITIONAL
    if head.status in _REDIRECTS:
        return Verdict.REDIRECT
    if head.status in _DOCUMENTS:
        return Verdict.DOCUMENT
    return Verdict.REFUSAL


def _may_be_for_validators(head: AnswerHead, failures: int) -> bool:
    """Whether it fails because of the version that was named, and that alone.

    Who says when to come again does not mean that.
    """
    if head.status in _ABOUT_THE_REQUEST:
        return True
    is_lasting = head.status >= 500 and failures >= _PATIENCE
    return is_lasting and not head.all("retry-after")


def unchanged(head: AnswerHead, memory: SourceMemory, *, now: datetime) -> NotModified:
    """The outcome of a 304: what is stored, refreshed by its headers (RFC 9111, 4.3.4).

    A validator that the 304 leaves out stays as it was, and so does the time for which
    the document is fresh.
    """
    fresh, stored = _validators_of(head), memory.validators
    max_age = _freshness(head, now)
    return NotModified(
        validators=Validators(
            etag=fresh.etag or stored.etag,
            last_modified=fresh.last_modified or stored.last_modified,
        ),
        body_digest=memory.body_digest,
        status=head.status,
        final_url=head.url,
        max_age=memory.max_age if max_age is None else max_age,
    )


def document(
    head: AnswerHead, body: Content, memory: SourceMemory, *, now: datetime
) -> Fetched | NotModified:
    """The outcome of a whole body: a document, or the same bytes as last time.

    The validators are this answer's alone; stored ones that it does not repeat
    belong to an earlier version and are forgotten.
    """
    digest = body.digest
    validators = _validators_of(head)
    max_age = _freshness(head, now)
    if digest == memory.body_digest:
        return NotModified(
            validators=validators,
            body_digest=digest,
            status=head.status,
            final_url=head.url,
            max_age=max_age,
        )
    return Fetched(
        content=body,
        body_digest=digest,
        status=head.status,
        final_url=head.url,
        content_type=head.first("content-type"),
        validators=validators,
        max_age=max_age,
        links=head.joined("link")[:_LONGEST_LINKS],
    )


def refusal(head: AnswerHead, *, now: datetime) -> FetchFailed:
    """The outcome of a status that brings no document, with what to do about it."""
    kind, advice = _refusal_kind(head.status), _advice(head.status)
    return FetchFailed(
        kind=kind,
        detail=f"{head.url} answered {_named(head.status)}. {advice}",
        status=head.status,
        final_url=head.url,
        retry_after=parse_retry_after(head.all("retry-after"), now=now),
    )


def location_of(head: AnswerHead) -> str | None:
    """Where a redirect leads, as text: UTF-8 where it is that, else Latin-1."""
    value = head.first("location")
    if value is None:
        return None
    try:
        return value.encode("latin-1").decode("utf-8")
    except UnicodeDecodeError:
        return value


def _validators_of(head: AnswerHead) -> Validators:
    return Validators(
        etag=keep_validator(head.first("etag")),
        last_modified=keep_validator(head.first("last-modified")),
    )


def _freshness(head: AnswerHead, now: datetime) -> timedelta | None:
    """How long the answer stays fresh from now on; None where nobody says.

    A cache on the way may have held it for a part of its time already.
    """
    lifetime = parse_max_age(head.joined("cache-control"))
    if lifetime is None:
        lifetime = parse_expires(
            head.first("expires"), date=head.first("date"), now=now
        )
    if lifetime is None:
        return None
    return max(timedelta(0), lifetime - parse_age(head.first("age")))


def _refusal_kind(status: int) -> FailureKind:
    if status == 429:
        return FailureKind.RATE_LIMITED
    if status >= 500 or status == 304:
        return FailureKind.HTTP_SERVER
    if status >= 400:
        return FailureKind.HTTP_CLIENT
    return FailureKind.NOT_A_FEED


def _named(status: int) -> str:
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return str(status)


_ADVICE = {
    304: "It said so to a request that named no version, so nothing was read; it is "
    "asked again later.",
    401: "It wants a name and a password: write them into the source's url as "
    "https://NAME:PASSWORD@HOST/.",
    403: "It does not let us in: open the address in a browser, and ask the publisher "
    "if it works there.",
    404: "There is nothing at this address now: look for the source's new address.",
    410: "The publisher has removed it for good: find another address. It is not asked "
    "again until its url is changed or `rekkas source wake` names it.",
    429: "We ask too often for its taste; it is asked again when it allows.",
}


def _advice(status: int) -> str:
    if status in _ADVICE:
        return _ADVICE[status]
    if status >= 500:
        return "The trouble is the server's; it is asked again later."
    if status >= 400:
        return "Open the address in a browser and correct the source's url."
    return "That is no document: check that the source's url is that of a feed."
