"""What a database complains of, in the operator's words."""

from __future__ import annotations

from collections.abc import Iterable


def meaning_of(
    error: Exception, place: str, meanings: Iterable[tuple[str, str]]
) -> str:
    """What is wrong with the database at `place`, and what the operator can do.

    Each meaning follows a sign, in small letters, that the complaint may have; the
    first that it has counts. The complaint itself is quoted behind it.
    """
    reason = " ".join(str(getattr(error, "orig", None) or error).split())
    for sign, meaning in meanings:
        if sign in reason.lower():
            return f"the database {place} {meaning} ({reason})"
    return f"the database {place} answered: {reason}"
