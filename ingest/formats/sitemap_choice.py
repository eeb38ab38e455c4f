"""What of a sitemap is wanted: its newest articles, and of an index its newest parts.

Decides from the words of a sitemap; reading them is `sitemap`, asking for parts is
`ingest.sitemap_index`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import islice
from urllib.parse import unquote, urlsplit

from ingest.formats.raw import RawDocument, RawEntry
from ingest.source import SitemapBounds

LONGEST_AGO = datetime.min.replace(tzinfo=UTC)
"""Where what has no date is put: behind everything that has one."""

_PARTS = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
_IN_ADDRESS = re.compile(r"(?<!\d)(20\d\d)[-/_.]?(0[1-9]|1[0-2])?(?!\d)", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One sitemap of an index, and the words of its last change."""

    url: str
    lastmod: str | None


def newest_first(parts: Iterable[Part]) -> tuple[str, ...]:
    """The addresses of an index's sitemaps, each once, the last changed first.

    A year and a month in the address count where no change is told: that is how
    archives are named. What tells neither comes last, in the order of the index.
    """
    ordered = sorted(parts, key=_changed_at, reverse=True)
    return tuple(dict.fromkeys(part.url for part in ordered))


def own_parts(urls: Iterable[str], *, index_url: str) -> Iterator[str]:
    """The addresses that belong to the site of the index (sitemaps.org, Location).

    An index elsewhere could make us ask anybody. A site's hosts are the index's own,
    those below it and those above it; `www` counts as the bare name.
    """
    own = _site(index_url)
    return (url for url in urls if _is_one_site(own, _site(url)))


def choose_wanted(
    document: RawDocument, bounds: SitemapBounds, *, now: datetime
) -> RawDocument:
    """The document with the articles that are wanted alone, in its own order.

    Of more than `bounds.limit` the newest are taken, then those without a date, from
    the top. An article without a date is never too old.
    """
    since = now - min(bounds.newer_than, now - LONGEST_AGO)
    dated = [
        (instant_of(entry), number, entry)
        for number, entry in enumerate(document.entries)
        if _is_under(entry.link or "", bounds.only)
    ]
    young = [one for one in dated if one[0] is None or one[0] >= since]
    ranked = sorted(young, key=lambda one: one[0] or LONGEST_AGO, reverse=True)
    taken = sorted(islice(ranked, bounds.limit), key=lambda one: one[1])
    return replace(document, entries=tuple(entry for _, _, entry in taken))


def instant_of(entry: RawEntry) -> datetime | None:
    """When a sitemap's article was published, else changed; None where it is unsaid."""
    return instant(entry.published or "") or instant(entry.updated or "")


def instant(words: str) -> datetime | None:
    """The time (aware UTC) that a date of W3C's profile of ISO 8601 names.

    A time without a zone is taken for UTC; of a year or a month it is the start.
    """
    try:
        time = datetime.fromisoformat(_whole(words.strip()))
        zone = time.tzinfo or UTC
        return time.replace(tzinfo=zone).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _whole(words: str) -> str:
    """The words with the month and the day that they leave out."""
    found = _PARTS.fullmatch(words)
    return f"{found[1]}-{found[2] or '01'}-{found[3] or '01'}" if found else words


def _changed_at(part: Part) -> datetime:
    told = instant(part.lastmod or "")
    if told is not None:
        return told
    found = _IN_ADDRESS.findall(urlsplit(part.url).path)
    if not found:
        return LONGEST_AGO
    year, month = found[-1]
    # A year's archive still grows until its end.
    return datetime(int(year), int(month or 12), 1, tzinfo=UTC) + timedelta(days=27)


def _site(url: str) -> str:
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:  # brackets that no address has
        return ""
    return host.removeprefix("www.").rstrip(".")


def _is_one_site(own: str, other: str) -> bool:
    if not own or not other:
        return False
    return own == other or other.endswith(f".{own}") or own.endswith(f".{other}")


def _is_under(link: str, only: tuple[str, ...]) -> bool:
    if not only:
        return True
    try:
        path = unquote(urlsplit(link).path)
    except ValueError:
        return False
    return path.startswith(tuple(map(unquote, only)))
