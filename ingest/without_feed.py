"""What a site without a feed can be read by: its page's lists, its sitemaps.

Reads bytes that were fetched; asking for them is `discovery`.
"""

from __future__ import annotations

from dataclasses import dataclass

from ingest.fetch.outcome import Fetched
from ingest.formats.page_selectors import ProposedSelectors, propose_selectors
from ingest.formats.raw import NotAFeedError
from ingest.formats.sitemap import parse_sitemap


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundSitemap:
    """A sitemap that answered: its articles, and of an index its further sitemaps."""

    url: str
    entries: int
    parts: int


def propose_for(page: Fetched) -> tuple[ProposedSelectors, ...]:
    """The selectors by which the page may be read, the best first; none for no page."""
    if page.final_url is None:
        return ()
    return propose_selectors(
        page.content.read(), content_type=page.content_type, base_url=page.final_url
    )


def read_found_sitemap(url: str, fetched: Fetched) -> FoundSitemap | None:
    """The sitemap at this address, None where what came is none or is empty."""
    try:
        raw = parse_sitemap(fetched.content.read(), content_type=fetched.content_type)
    except NotAFeedError:
        return None
    if not raw.entries and not raw.further:
        return None
    return FoundSitemap(url=url, entries=len(raw.entries), parts=len(raw.further))
