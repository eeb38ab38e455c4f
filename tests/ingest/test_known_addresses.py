from __future__ import annotations

import pytest

from ingest.lists.known import KnownAddresses

KNOWN = KnownAddresses(
    {
        "paper": ["https://www.paper.example/feed/", "http://old.example/rss"],
        "copy": ["https://paper.example/feed"],
    }
)

ADDRESSES = {
    "as it is": ("https://www.paper.example/feed/", "paper"),
    "without www and slash": ("https://paper.example/feed", "paper"),
    "without encryption": ("http://paper.example/feed/", "paper"),
    "with what tracks readers": ("https://paper.example/feed?utm_source=x", "paper"),
    "a second address of the source": ("https://old.example/rss", "paper"),
    "another path": ("https://paper.example/feeds", None),
    "another query": ("https://paper.example/feed?section=2", None),
    "no address": ("mailto:x@paper.example", None),
}


@pytest.mark.parametrize(("url", "slug"), ADDRESSES.values(), ids=ADDRESSES.keys())
def test_a_source_is_known_by_its_address(url: str, slug: str | None) -> None:
    assert KNOWN.slug_of(url) == slug
