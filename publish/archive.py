"""Pages of an archived feed (RFC 5005, 4): what they say, and what is kept of them.

A page is kept as the values of its items at the time it was closed, at a stand-in for
the public address; so it says for ever what it said, and where it is served depends on
the configuration alone. Which publications a page has, the store decides.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Sequence
from dataclasses import replace

from pydantic import TypeAdapter

from publish.addresses import Addresses
from publish.edition import Edition, FeedRules
from publish.feed import TopicFeed
from publish.feed_name import FeedName
from publish.formats.text import legal_text
from publish.selection import compose_feed
from store.article import Publication

_STAND_IN = "https://rekkas.invalid/"  # RFC 2606: no publisher is there
_BEGINS_A_TEXT = f'"{_STAND_IN}'
_FEED = TypeAdapter(TopicFeed)


def write_page(
    rules: FeedRules, publications: Sequence[Publication], edition: Edition
) -> bytes:
    """What is kept for ever of a page of these publications, given as they entered.

    The one that entered last is the first item, as readers expect of a feed.
    """
    addresses = replace(edition.addresses, base_url=_STAND_IN)
    page = compose_feed(
        rules, publications[::-1], replace(edition, addresses=addresses)
    )
    written = json.dumps(_FEED.dump_python(page, mode="json"), ensure_ascii=False)
    return zlib.compress(legal_text(written).encode())


def read_page(
    kept: bytes, name: FeedName, number: int, addresses: Addresses
) -> TopicFeed:
    """The page of a feed as it is served, with links to what was there when it closed.

    So there is none to the page after it: a page never changes.
    """
    written = zlib.decompress(kept).decode()
    own = json.dumps(addresses.base_url)[:-1]
    page = _FEED.validate_json(written.replace(_BEGINS_A_TEXT, own))
    return replace(
        page,
        name=name,
        url=addresses.archive_page(name, number),
        page_url=addresses.feed_page(name),
        older_url=link_before(name, number, addresses),
        current_url=addresses.feed_page(name),
    )


def link_before(name: FeedName, number: int, addresses: Addresses) -> str | None:
    """Where the page before the one of this number is; None before the first."""
    return addresses.archive_page(name, number - 1) if number > 1 else None
