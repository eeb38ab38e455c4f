from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from ingest.candidates import (
    OWN_ADDRESS_EVERY,
    PATIENCE,
    addresses_to_ask,
    in_use_after,
    is_worth_asking,
    leads_on,
    still_in_use,
    tell_together,
)
from ingest.fetch.outcome import FailureKind, FetchFailed
from ingest.source import AddressInUse, FeedAddress

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
OWN, ONE, TWO = (f"https://{name}.example/feed" for name in ("own", "one", "two"))
LOCATION = FeedAddress(url=OWN, candidates=(ONE, TWO, OWN))
IN_USE = AddressInUse(url=TWO, instead_of=OWN, own_asked_at=NOW - timedelta(days=1))
LONG_AGO = replace(IN_USE, own_asked_at=NOW - OWN_ADDRESS_EVERY)

ORDERS = {
    "the own address first": (None, (OWN, ONE, TWO)),
    "the candidate in use first, then the own address": (IN_USE, (TWO, OWN, ONE)),
    "the own address again after a week": (LONG_AGO, (OWN, TWO, ONE)),
    "a candidate that was taken away is forgotten": (
        replace(IN_USE, url="https://gone.example/feed"),
        (OWN, ONE, TWO),
    ),
    "a new own address is asked at once": (
        replace(IN_USE, instead_of="https://old.example/feed"),
        (OWN, ONE, TWO),
    ),
    "a clock that went back changes nothing": (
        replace(IN_USE, own_asked_at=NOW + timedelta(days=99)),
        (TWO, OWN, ONE),
    ),
}


@pytest.mark.parametrize(("in_use", "order"), ORDERS.values(), ids=ORDERS.keys())
def test_addresses_are_asked(
    in_use: AddressInUse | None, order: tuple[str, ...]
) -> None:
    assert addresses_to_ask(LOCATION, in_use, now=NOW) == order


def test_passwords_are_sent_and_not_remembered() -> None:
    location = FeedAddress(
        url="https://me:secret@own.example/feed",
        candidates=("https://me:secret@one.example/feed",),
    )

    used = in_use_after(location.candidates[0], location, None, {}, now=NOW)
    asked = addresses_to_ask(location, used, now=NOW)

    assert used == AddressInUse(url=ONE, instead_of=OWN, own_asked_at=NOW)
    assert asked == (location.candidates[0], location.url)


def test_nothing_is_in_use_at_first() -> None:
    assert still_in_use(LOCATION, None) is None


def failure(kind: FailureKind) -> FetchFailed:
    return FetchFailed(kind=kind, detail=f"{kind.value} happened.")


KINDS = {
    FailureKind.DNS: (True, True),
    FailureKind.NOT_ALLOWED: (True, True),
    FailureKind.TLS: (True, True),
    FailureKind.HTTP_CLIENT: (True, True),
    FailureKind.NOT_A_FEED: (True, True),
    FailureKind.REDIRECT_LOOP: (True, True),
    FailureKind.CONNECT: (False, True),
    FailureKind.TIMEOUT: (False, True),
    FailureKind.HTTP_SERVER: (False, True),
    FailureKind.RATE_LIMITED: (False, False),
}


@pytest.mark.parametrize(
    ("kind", "at_once", "in_time"), [(kind, *rule) for kind, rule in KINDS.items()]
)
def test_a_failure_leads_on(kind: FailureKind, *, at_once: bool, in_time: bool) -> None:
    assert leads_on(failure(kind), failures=0) is at_once
    assert leads_on(failure(kind), failures=PATIENCE) is in_time


WORTH = {
    "another host": (ONE, FailureKind.DNS, True),
    "the same host, which answered": (f"{OWN}/x", FailureKind.HTTP_CLIENT, True),
    "the same host, which has no address": (f"{OWN}/x", FailureKind.DNS, False),
    "the same host, which refuses": (f"{OWN}/x", FailureKind.CONNECT, False),
}


@pytest.mark.parametrize(("url", "kind", "worth"), WORTH.values(), ids=WORTH.keys())
def test_an_address_is_worth_asking(
    url: str, kind: FailureKind, *, worth: bool
) -> None:
    assert is_worth_asking(url, {OWN: failure(kind)}) is worth


FAILED = {OWN: failure(FailureKind.DNS)}

AFTER = {
    "nothing, when the own address answers": (OWN, IN_USE, {}, None),
    "the candidate that answers": (
        ONE,
        None,
        FAILED,
        AddressInUse(url=ONE, instead_of=OWN, own_asked_at=NOW),
    ),
    "the same candidate, the own address not asked again": (TWO, IN_USE, {}, IN_USE),
    "the same candidate, the own address asked again": (
        TWO,
        LONG_AGO,
        FAILED,
        replace(IN_USE, own_asked_at=NOW),
    ),
}


@pytest.mark.parametrize(
    ("url", "before", "failed", "after"), AFTER.values(), ids=AFTER.keys()
)
def test_in_use_is_then(
    url: str,
    before: AddressInUse | None,
    failed: dict[str, FetchFailed],
    after: AddressInUse | None,
) -> None:
    assert in_use_after(url, LOCATION, before, failed, now=NOW) == after


def test_a_single_failure_is_told_as_it_is() -> None:
    assert tell_together(FAILED, LOCATION) == FAILED[OWN]


def test_the_own_address_is_told_of_where_all_failed() -> None:
    failed = {TWO: failure(FailureKind.TIMEOUT), **FAILED}

    told = tell_together(failed, LOCATION)

    assert told.kind is FailureKind.DNS
    assert told.detail == "dns happened. So did another address of the source fail."


def test_the_candidate_is_told_of_where_only_it_was_asked() -> None:
    failed = {TWO: failure(FailureKind.TIMEOUT)}

    assert tell_together(failed, LOCATION).kind is FailureKind.TIMEOUT


def test_other_addresses_are_counted() -> None:
    failed = {**FAILED, ONE: failure(FailureKind.DNS), TWO: failure(FailureKind.DNS)}

    assert "So did 2 other addresses" in tell_together(failed, LOCATION).detail
