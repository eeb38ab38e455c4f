"""Which feed, and in which format, an address asks for."""

from __future__ import annotations

from collections.abc import Mapping

from publish.feed import FeedFormat
from publish.feed_name import FeedKind, FeedName

_FORMATS = {each.value: each for each in FeedFormat}


def read_feed_name(
    kind: FeedKind, parameters: Mapping[str, str]
) -> tuple[FeedName, FeedFormat | None] | None:
    """The feed that the parameters of its route name; no format is its page.

    A route has the last part of the address as `file`, that of a single feed no more
    than its `suffix`, if any. None for a suffix that is no format.
    """
    if kind.is_single:
        return _read_suffix(FeedName(kind), parameters.get("suffix"))
    slug, _, suffix = parameters["file"].rpartition(".")
    if slug and suffix in _FORMATS:
        return FeedName(kind, slug), _FORMATS[suffix]
    return FeedName(kind, parameters["file"]), None


def _read_suffix(
    name: FeedName, suffix: str | None
) -> tuple[FeedName, FeedFormat | None] | None:
    if suffix is None:
        return name, None
    return (name, _FORMATS[suffix]) if suffix in _FORMATS else None
