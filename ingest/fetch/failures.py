"""Exceptions of the network -> `FetchFailed` with a sentence for the operator.

The only place that knows which exception of httpx, ssl or the resolver means what.
"""

from __future__ import annotations

import os
import socket
import ssl
from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import urlsplit

import httpx
from h2.exceptions import H2Error

from ingest.fetch.decoding import BodyBrokenError
from ingest.fetch.guard import NotAllowedError
from ingest.fetch.outcome import FailureKind, FetchFailed
from ingest.fetch.permitted import NotPermittedError

NETWORK_ERRORS = (
    httpx.HTTPError,
    httpx.InvalidURL,
    H2Error,  # not all of them are translated by the layers above
    OSError,
    NotAllowedError,
    NotPermittedError,
    UnicodeError,  # a host name that IDNA cannot encode, from the resolver's depths
)
_NOT_HTTP = (httpx.ProtocolError, H2Error)
_UNASKABLE = (httpx.InvalidURL, httpx.UnsupportedProtocol, UnicodeError)


def failure_of(error: Exception, *, url: str) -> FetchFailed:
    """The outcome of a request that got no answer; `url` is without credentials."""
    if isinstance(error, NotPermittedError):
        return error.failure
    if isinstance(error, NotAllowedError):
        return FetchFailed(
            kind=FailureKind.NOT_ALLOWED, detail=str(error), final_url=url
        )
    kind = _kind_of(error)
    detail = _SENTENCES[kind].format(
        host=urlsplit(url).hostname, url=url, reason=_reason(error)
    )
    return FetchFailed(kind=kind, detail=detail, final_url=url)


def broken_off(error: Exception, *, url: str, received_bytes: int) -> FetchFailed:
    """The outcome of a body that did not come whole, or cannot be unpacked."""
    is_protocol = isinstance(error, (*_NOT_HTTP, BodyBrokenError))
    return FetchFailed(
        kind=FailureKind.HTTP_SERVER if is_protocol else FailureKind.CONNECT,
        detail=f"The answer of {url} broke off after {received_bytes:,} bytes "
        f"({_reason(error)}). It is asked for again later; nothing of it was used.",
        final_url=url,
    )


def too_large(url: str, *, max_body_bytes: int) -> FetchFailed:
    """The outcome of a document beyond the bound."""
    return FetchFailed(
        kind=FailureKind.TOO_LARGE,
        detail=f"{url} is larger than {max_body_bytes:,} bytes and was not read "
        "to its end. If it is meant to be so large, raise fetch.max_body_bytes.",
        final_url=url,
    )


def timed_out(url: str, *, deadline: timedelta) -> FetchFailed:
    """The outcome of an exchange that was not over in time."""
    return FetchFailed(
        kind=FailureKind.TIMEOUT,
        detail=f"{url} gave no whole answer within {deadline.total_seconds():g} "
        "seconds. If it is always this slow, raise fetch.deadline.",
        final_url=url,
    )


def no_address() -> FetchFailed:
    """The outcome of a source whose address cannot even be taken apart."""
    return FetchFailed(
        kind=FailureKind.HTTP_CLIENT,
        detail="The source's url is no address. Correct it.",
    )


def dead_end(error: Exception, *, url: str, status: int) -> FetchFailed:
    """The outcome of a redirect that cannot be followed."""
    return FetchFailed(
        kind=FailureKind.REDIRECT_LOOP,
        detail=f"{url} redirects, and {error}. Find the source's present address with "
        "a browser and correct its url.",
        status=status,
        final_url=url,
    )


def _kind_of(error: Exception) -> FailureKind:
    # Before the causes: a handshake that was given up has an SSL error among its own.
    if isinstance(error, httpx.TimeoutException):
        return FailureKind.TIMEOUT
    causes = tuple(_causes(error))
    if any(isinstance(cause, socket.gaierror) for cause in causes):
        return FailureKind.DNS
    if any(isinstance(cause, ssl.SSLError) for cause in causes):
        return FailureKind.TLS
    if isinstance(error, _NOT_HTTP):
        return FailureKind.HTTP_SERVER
    if isinstance(error, _UNASKABLE):
        return FailureKind.HTTP_CLIENT
    return FailureKind.CONNECT


_SENTENCES = {
    FailureKind.TIMEOUT: "{host} did not react in time. It is asked again later.",
    FailureKind.DNS: "The host name {host} has no address ({reason}). Check the "
    "spelling of the source's url, and this machine's network.",
    FailureKind.TLS: "No trustworthy connection to {host}: {reason}. If the "
    "publisher's certificate is at fault, it must be mended there.",
    FailureKind.HTTP_SERVER: "{host} sent no proper HTTP answer ({reason}). Check the "
    "port and the scheme of the source's url.",
    FailureKind.HTTP_CLIENT: "{url} cannot be asked for ({reason}). Correct the "
    "source's url.",
    FailureKind.CONNECT: "No connection to {host} ({reason}). It is asked again later; "
    "check the source's url if this lasts.",
}


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    """The exception and what it came from, of a group of attempts the first."""
    while error is not None:
        yield error
        if isinstance(error, BaseExceptionGroup):
            error = error.exceptions[0]
        else:
            error = error.__cause__ or error.__context__


def _reason(error: Exception) -> str:
    """What happened, in the words of whoever noticed it first."""
    found = (_words_of(cause) for cause in _causes(error))
    return next(filter(None, found), None) or str(error) or type(error).__name__


def _words_of(cause: BaseException) -> str | None:
    match cause:
        case ssl.SSLCertVerificationError(verify_message=str(words)):
            return words
        case ssl.SSLError(reason=str(words)):
            return words.replace("_", " ").lower()
        case socket.gaierror() | ssl.SSLError() | OSError(errno=None):
            return cause.strerror
        case OSError(errno=int(number)):
            # asyncio's own words are fewer: "Connect call failed".
            return os.strerror(number)
        case _:
            return None
