"""Which of a source's addresses are asked, in which order, and which one is in use.

Decides only; asking them one after another is `poll`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from ingest.fetch.outcome import FailureKind, FetchFailed
from ingest.fetch.redirects import target_of
from ingest.source import AddressInUse, FeedAddress

OWN_ADDRESS_EVERY = timedelta(days=7)
"""How often a source's own address is asked while a candidate is in use."""

PATIENCE = 2
"""Failures in a row that may pass by themselves before candidates are asked."""

# What asking the same address again soon will not change.
_LASTING = frozenset(
    {
        FailureKind.DNS,
        FailureKind.NOT_ALLOWED,
        FailureKind.TLS,
        FailureKind.HTTP_CLIENT,
        FailureKind.NOT_A_FEED,
        FailureKind.REDIRECT_LOOP,
        FailureKind.ROBOTS,
    }
)
_OF_THE_HOST = frozenset({FailureKind.DNS, FailureKind.CONNECT, FailureKind.TLS})


def addresses_to_ask(
    location: FeedAddress, in_use: AddressInUse | None, *, now: datetime
) -> tuple[str, ...]:
    """Every address of the source, each once, in the order in which they are asked.

    The candidate in use comes first, then the source's own address; once a week the
    own one comes before it. `now` is aware UTC.
    """
    configured = (location.url, *location.candidates)
    in_use = still_in_use(location, in_use)
    if in_use is None:
        return tuple(dict.fromkeys(configured))
    used = next(url for url in location.candidates if bare(url) == in_use.url)
    own_is_due = now - in_use.own_asked_at >= OWN_ADDRESS_EVERY
    first = (location.url, used) if own_is_due else (used, location.url)
    return tuple(dict.fromkeys((*first, *configured)))


def still_in_use(
    location: FeedAddress, in_use: AddressInUse | None
) -> AddressInUse | None:
    """The candidate in use, None where the operator has changed the addresses since."""
    if in_use is None or in_use.instead_of != bare(location.url):
        return None
    is_configured = in_use.url in map(bare, location.candidates)
    return in_use if is_configured else None


def leads_on(failure: FetchFailed, *, failures: int) -> bool:
    """Whether to ask the next address at once after this failure.

    `failures` counts the failed polls in a row before this one. Trouble that may pass
    by itself leads on only once it has lasted; a server that asks us to stay away is
    obeyed.
    """
    if failure.kind is FailureKind.RATE_LIMITED:
        return False
    return failure.kind in _LASTING or failures >= PATIENCE


def is_worth_asking(url: str, failed: Mapping[str, FetchFailed]) -> bool:
    """Whether an address may answer, after what those before it failed with.

    Not where the host itself was out of reach.
    """
    host = urlsplit(url).hostname
    return not any(
        failure.kind in _OF_THE_HOST and urlsplit(other).hostname == host
        for other, failure in failed.items()
    )


def in_use_after(
    url: str,
    location: FeedAddress,
    before: AddressInUse | None,
    failed: Mapping[str, FetchFailed],
    *,
    now: datetime,
) -> AddressInUse | None:
    """Which candidate is in use once this address has answered; None for the own one.

    `before` was in use until now, and `failed` are the addresses that were asked in
    vain before this one.
    """
    if url == location.url:
        return None
    used = AddressInUse(url=bare(url), instead_of=bare(location.url), own_asked_at=now)
    if before is None or location.url in failed:
        return used
    return replace(used, own_asked_at=before.own_asked_at)


def tell_together(
    failed: Mapping[str, FetchFailed], location: FeedAddress
) -> FetchFailed:
    """One failure for a poll in which no address answered: the own address's, if asked.

    `failed` is in the order of asking, and not empty.
    """
    told = failed.get(location.url) or next(iter(failed.values()))
    others = len(failed) - 1
    if not others:
        return told
    count = "another address" if others == 1 else f"{others} other addresses"
    return replace(
        told,
        detail=f"{told.detail} So did {count} of the source fail.",
        # A source is gone for good only when each of its addresses says so.
        is_final=all(failure.is_final for failure in failed.values()),
    )


def bare(url: str) -> str:
    """The address without credentials: how it is remembered."""
    return target_of(url).url
