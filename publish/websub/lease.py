"""For how long a subscription is kept without being renewed (WebSub, 5.1)."""

from __future__ import annotations

from datetime import timedelta

SHORTEST = timedelta(minutes=5)
"""What asks for less would have to ask again before anything is new."""

USUAL = timedelta(days=10)  # WebSub, 5.1, gives it as its example
LONGEST = timedelta(days=30)

_MOST_DIGITS = 9  # int() of more may be refused, and nobody means thirty years


def choose_lease(wanted: str | None) -> timedelta:
    """The lease for what a subscriber wants, in seconds; None where it does not say.

    The hub decides: what is too short or too long is brought within bounds.

    Raises:
        ValueError: it is no decimal integer.
    """
    if wanted is None or wanted == "":
        return USUAL
    if not (wanted.isascii() and wanted.isdigit()):
        raise ValueError(wanted)
    if len(wanted.lstrip("0")) > _MOST_DIGITS:
        return LONGEST
    return min(max(timedelta(seconds=int(wanted)), SHORTEST), LONGEST)
