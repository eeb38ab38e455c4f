"""What a page says its own address is: its `link rel="canonical"`, if that can be so.

Decides from the text of the page alone; who fetched it is another's business.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser

from ingest.entry import CanonicalUrl
from ingest.normalise.canonical_url import canonicalise
from ingest.normalise.links import absolute_link
from ingest.normalise.sites import registered_domain

LONGEST_HEAD = 500_000
"""Characters of a page that are looked at, inline style sheets included."""

_CANONICAL = "head link[rel~='canonical' i][href]"


def canonical_of_page(html: str, base_url: str) -> CanonicalUrl | None:
    """The canonical URL that the page at `base_url` declares; None for none to follow.

    Not followed are two that differ; a front page on any other page, which careless
    templates declare everywhere; and an address of another registered domain, for a
    page could take another publisher's article for itself.
    """
    tree = LexborHTMLParser(html[:LONGEST_HEAD])
    base = tree.css_first("base[href]")
    start = absolute_link((base and base.attributes["href"]) or "", base_url)
    declared = {
        canonicalise(link)
        for node in tree.css(_CANONICAL)
        if (link := absolute_link(node.attributes["href"] or "", start or base_url))
    }
    if len(declared) != 1:
        return None
    (canonical,) = declared
    own = canonicalise(base_url)
    return canonical if canonical and own and _is_likely(canonical, own) else None


def _is_likely(canonical: str, own: str) -> bool:
    declared, asked = urlsplit(canonical), urlsplit(own)
    domains = {registered_domain(parts.hostname or "") for parts in (declared, asked)}
    is_front_page = f"{declared.path}?{declared.query}#{declared.fragment}" == "/?#"
    return len(domains) == 1 and (canonical == own or not is_front_page)
