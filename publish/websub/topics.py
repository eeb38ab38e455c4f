"""The feeds that hubs are told of, by the address of each format."""

from __future__ import annotations

from collections.abc import Mapping

from publish.documents import FeedIn
from publish.edition import Edition
from publish.feed import FeedFormat


def announced_feeds(edition: Edition) -> Mapping[str, FeedIn]:
    """Every feed that a hub may be asked for, by its public address."""
    return {
        edition.addresses.feed(name, each): FeedIn(name, each)
        for name in edition.announced
        for each in FeedFormat
    }
