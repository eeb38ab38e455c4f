"""Addresses of topics and searches that are no more, and what lies below them.

Reads what was asked for; who knows the names that once were is the edition, for those
that live on under another, and the store.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from publish.feed_name import FeedKind, FeedName
from store.choice import search_log

_PLACE = re.compile(
    r"/(?P<kind>topics|searches)/(?P<slug>[a-z0-9-]{1,64})"
    r"(?P<rest>(/digest|/archive/[1-9][0-9]{0,8})?(\.(rss|atom|json))?)"
)


@dataclass(frozen=True, slots=True)
class Place:
    """A feed that an address belongs to, and the rest of the address."""

    name: FeedName
    rest: str


def read_place(path: str) -> Place | None:
    """What an address asks for; None for one that no topic or search ever had."""
    found = _PLACE.fullmatch(path)
    if found is None:
        return None
    return Place(FeedName(FeedKind(found["kind"]), found["slug"]), found["rest"])


def log_of(name: FeedName) -> str:
    """Under what the store logs the topic or the search."""
    return name.slug if name.kind is FeedKind.TOPIC else search_log(name.slug)


def say_gone(name: FeedName) -> str:
    """A line for who asks for what was taken away."""
    kind = "topic" if name.kind is FeedKind.TOPIC else "saved search"
    return f"the {kind} {name.slug} is published no more\n"
