"""Header values in the words of the server, read into ours.

Knows single values; `answer` knows which header means what for an exchange.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

_LONGEST_SECONDS = 2**31  # RFC 9111, 1.2.2: what is larger counts as this
_LONGEST = timedelta(seconds=_LONGEST_SECONDS)
_LONGEST_VALIDATOR = 1024  # characters; echoing more gets requests refused with 431
_MAX_AGE = re.compile(r'(?:^|[,\s])max-age\s*=\s*"?(\d+)"?\s*(?:,|$)', re.IGNORECASE)
_UNSENDABLE = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")


def parse_max_age(cache_control: str | None) -> timedelta | None:
    """How long Cache-Control calls the answer fresh; None where it does not say.

    The first max-age counts (RFC 9111, 4.2.1); s-maxage is for shared caches only.
    """
    found = _MAX_AGE.search(cache_control or "")
    return _span(found[1]) if found else None


def parse_expires(
    expires: str | None, *, date: str | None, now: datetime
) -> timedelta | None:
    """How long Expires calls the answer fresh (RFC 9111, 4.2.1 and 5.3).

    Counted from the server's own Date, since its clock may be wrong; from `now` where
    it gives none. What is no date means "already stale"; None where nothing is said.
    """
    if expires is None:
        return None
    end = _parse_date(expires)
    if end is None:
        return timedelta(0)
    lifetime = end - (_parse_date(date or "") or now)
    return max(timedelta(0), min(lifetime, _LONGEST))


def parse_age(value: str | None) -> timedelta:
    """How long ago the answer left its origin, as caches on the way say."""
    text = (value or "").strip()
    return _span(text) if text.isascii() and text.isdigit() else timedelta(0)


def parse_retry_after(values: Iterable[str], *, now: datetime) -> timedelta | None:
    """How long to stay away, from seconds or an HTTP date (RFC 9110, 10.2.3).

    None where nothing readable is said, and for a time that has already come. Where a
    server and something before it both say so, the longest counts.
    """
    waits = [_retry_after(value, now) for value in values]
    return max((wait for wait in waits if wait), default=None)


def _retry_after(value: str, now: datetime) -> timedelta | None:
    text = value.strip()
    if text.isascii() and text.isdigit():
        return _span(text) or None
    moment = _parse_date(text)
    return moment - now if moment and moment > now else None


def parse_length(value: str | None) -> int | None:
    """The Content-Length, None where there is none to believe."""
    text = (value or "").strip()
    is_number = text.isascii() and text.isdigit() and len(text) < 20
    return int(text) if is_number else None


def parse_codings(content_encoding: str | None) -> tuple[str, ...]:
    """The content codings in the order they were applied, in lower case."""
    names = (
        name.partition(";")[0].strip().lower()
        for name in (content_encoding or "").split(",")
    )
    return tuple(name for name in names if name not in ("", "identity"))


def keep_validator(value: str | None) -> str | None:
    """The validator untouched; None where it could not be sent back."""
    if not value or len(value) > _LONGEST_VALIDATOR or _UNSENDABLE.search(value):
        return None
    return value


def _parse_date(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text.strip())
        return moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _span(digits: str) -> timedelta:
    # Twelve digits hold any time worth meaning, and int() of more can be refused.
    seconds = int(digits) if len(digits) <= 12 else _LONGEST_SECONDS
    return timedelta(seconds=min(seconds, _LONGEST_SECONDS))
