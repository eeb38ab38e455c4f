"""What the redirects of an exchange say of the source's address.

Judges a journey that is over; where each redirect leads is `redirects`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile
from typing import assert_never

from ingest.fetch.outcome import Fetched, FetchFailed, FetchOutcome, NotModified
from ingest.fetch.redirects import Target

_PERMANENT = frozenset({301, 308})
_GONE = 410


def tell_moves(
    outcome: FetchOutcome, trail: Sequence[Target], statuses: Sequence[int]
) -> FetchOutcome:
    """The outcome with what the redirects on the way to it mean.

    `trail` is every target asked, `statuses` those of the redirects between them. A
    source has moved as far as its permanent redirects lead without another between;
    it is gone where that very place says so, and not when a passing redirect ends at
    something gone.
    """
    steps = len(list(takewhile(_PERMANENT.__contains__, statuses)))
    match outcome:
        case Fetched() | NotModified():
            return replace(outcome, moved_to=trail[steps].url if steps else None)
        case FetchFailed(status=status):
            is_final = status == _GONE and steps == len(statuses)
            return replace(outcome, is_final=is_final)
        case _:
            assert_never(outcome)
