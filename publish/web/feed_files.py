"""Which feed, and in which format, an address asks for."""

from __future__ import annotations

import re
from collections.abc import Mapping

from publish.feed import FeedFormat
from publish.feed_name import FeedKind, FeedName

_PAGE = re.compile(r"([1-9][0-9]{0,8})\.([a-z]+)", re.ASCII)
_FORMATS = {each.value: each for each in FeedFormat}


def feed_routes(kind: FeedKind) -> tuple[str, ...]:
    """The patterns of the addresses at which feeds of a kind and their pages are.

    A slug at their end takes the suffix along: one pattern is found sooner than two.
    """
    is_slug_last = kind.route.endswith("}")
    return (kind.route,) if is_slug_last else (kind.route, f"{kind.route}.{{suffix}}")


def read_feed_name(
    kind: FeedKind, parameters: Mapping[str, str]
) -> tuple[FeedName, FeedFormat | None] | None:
    """The feed that the parameters of a route name; no format is its page.

    None for a suffix that is no format.
    """
    slug, suffix = parameters.get("slug", ""), parameters.get("suffix")
    if suffix is not None:
        known = _FORMATS.get(suffix)
        return None if known is None else (FeedName(kind, slug), known)
    stem, _, ending = slug.rpartition(".")
    if stem and ending in _FORMATS:
        return FeedName(kind, stem), _FORMATS[ending]
    return FeedName(kind, slug), None


def archive_route(kind: FeedKind) -> str:
    """The pattern of the addresses of the archive pages of feeds of a kind."""
    return f"{kind.route}/archive/{{page}}"


def read_page_name(file: str) -> tuple[int, FeedFormat] | None:
    """The number and the format of an archive page; None for what is no name of one."""
    found = _PAGE.fullmatch(file)
    if found is None or found[2] not in _FORMATS:
        return None
    return int(found[1]), _FORMATS[found[2]]
