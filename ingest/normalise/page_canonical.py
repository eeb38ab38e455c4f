"""What a page says its own address is: its `link rel="canonical"`, if that can be so.

Decides from the text of the page alone; who fetched it is another's business.
"""

from __future__ import annotations

from itertools import takewhile
from urllib.parse import urlsplit

from ingest.entry import CanonicalUrl
from ingest.formats.html_tags import each_tag
from ingest.normalise.canonical_url import canonicalise
from ingest.normalise.links import absolute_link
from ingest.registrable_domain import registrable_domain

# With one of these the head has ended, whether or not it says so; what a reader's
# comment smuggles in is no word of the page.
_IN_BODY = frozenset(
    {
        *("a", "article", "aside", "body", "div", "footer", "form", "h1", "h2", "h3"),
        *("header", "img", "main", "nav", "p", "section", "span", "table", "ul"),
    }
)
_IN_HEAD = frozenset({"base", "link"})


def canonical_of_page(html: str, base_url: str) -> CanonicalUrl | None:
    """The canonical URL that the page at `base_url` declares; None for none to follow.

    Not followed are two that differ; a front page on any other page, which careless
    templates declare everywhere; and an address of another registered domain, for a
    page could take another publisher's article for itself.
    """
    declared = set(_declared(html, base_url))
    own = canonicalise(base_url)
    if len(declared) != 1 or own is None:
        return None
    (canonical,) = declared
    return canonical if canonical and _is_likely(canonical, own) else None


def _declared(html: str, base_url: str) -> list[CanonicalUrl | None]:
    """The canonical URLs that the head names, None for what is no address."""
    tags = each_tag(html, _IN_HEAD | _IN_BODY)
    head = list(takewhile(lambda tag: tag.name in _IN_HEAD, tags))
    bases = (tag.attributes.get("href", "") for tag in head if tag.name == "base")
    start = absolute_link(next(bases, ""), base_url) or base_url
    hrefs = [
        tag.attributes.get("href", "")
        for tag in head
        if "canonical" in tag.attributes.get("rel", "").lower().split()
    ]
    return [canonicalise(absolute_link(href, start) or "") for href in hrefs if href]


def _is_likely(canonical: str, own: str) -> bool:
    declared, asked = urlsplit(canonical), urlsplit(own)
    domains = {registrable_domain(parts.hostname or "") for parts in (declared, asked)}
    is_front_page = f"{declared.path}?{declared.query}#{declared.fragment}" == "/?#"
    return len(domains) == 1 and (canonical == own or not is_front_page)
