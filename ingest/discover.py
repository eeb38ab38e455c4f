"""A page -> the feeds it links to, and the addresses where its feed may be.

Reads one page and asks nobody; `discovery` asks, and says which of them are feeds.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from itertools import islice
from urllib.parse import urlsplit

from ingest.formats.html_tags import Tag, decode_page, each_tag
from ingest.normalise.links import absolute_link

MOST_LINKS = 30
"""Feeds that one page is believed to link to."""

LONGEST_TITLE = 200
"""Characters of a link's title."""

_NAMES = frozenset({"a", "area", "base", "link"})
_FEED_TYPES = re.compile(
    r"(?:application|text)/(?:x[.-])?"
    r"(?:rss|atom|rdf|feed|rss\+xml|atom\+xml|rdf\+xml|feed\+json)(?:;|$)"
)
# Types of much else too: pages of APIs, embeddings, dictionaries.
_PERHAPS_TYPES = re.compile(r"(?:application|text)/(?:xml|json)(?:;|$)")
_FEED_WORD = re.compile(r"(?<![a-z])(?:rss|atom|feeds?|rdf)(?:[\d.]+|(?![a-z]))")
_FEED_PATH = re.compile(
    r"""/(?:feeds?|rss\d?|atom|rdf|syndication)/?$
      | /[^/]*(?:rss|atom|feed)[^/]*\.(?:xml|json|php|rdf|aspx?|html?)$
      | \.(?:rss|atom|rdf)$
      | /rss[_/-]
      | /feeds?/.+(?:\.xml|\.json|/rss|/atom|/default)/?$
      | /outboundfeeds/""",
    re.VERBOSE,
)
_FEED_QUERY = re.compile(
    r"(?:^|&)(?:feed|rss|atom)=|(?:^|&)(?:feed|format|type|output|alt|page|mode)="
    r"(?:rss\d*|atom|feed|rdf|backend)\b"
)
_COMMENTS = re.compile(r"comment|comentario|تعليق")
_FEED_SCHEME = re.compile(r"^feed:(?:(?=https?:)|//)", re.IGNORECASE)
# They carry the address of a feed in their own: readers, social networks.
_NOT_THE_SITE = re.compile(
    r"(?:^|\.)(?:feedly|newsblur|inoreader|netvibes|theoldreader|bloglines|yahoo"
    r"|facebook|twitter|x|linkedin|whatsapp|telegram|t|pinterest)\.(?:com|org|me)$"
)


class How(Enum):
    """How a feed was found, the surest way first."""

    DOCUMENT = "document"  # the address asked about is the feed itself
    LINK = "link"  # the page names it in a link element, as its feed
    ANCHOR = "anchor"  # the page has a link that looks like one to a feed
    SITE = "site"  # the site is known to keep its feeds there
    WELL_KNOWN = "well-known"  # many sites keep their feed at such an address


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedLink:
    """An address at which a feed may be; `title` is what the link calls it."""

    url: str
    how: How
    title: str | None = None

    @property
    def is_for_comments(self) -> bool:
        """Whether the feed seems to carry what readers say, not articles."""
        said = f"{urlsplit(self.url).path} {self.title or ''}"
        return _COMMENTS.search(said.lower()) is not None


def find_feed_links(
    body: bytes, *, content_type: str | None, base_url: str | None
) -> tuple[FeedLink, ...]:
    """The feeds that an HTML page links to, each once and http(s) only.

    Link elements come first, since they name feeds for certain, then links that look
    like feeds; each in the order of the page, those for comments last. `base_url` is
    the page's own address; a `<base href>` counts over it (HTML, 2.4.3).
    """
    tags = tuple(each_tag(decode_page(body, content_type=content_type), _NAMES))
    base = _base(tags, base_url)
    elements = _links((tag for tag in tags if _names_a_feed(tag)), base, How.LINK)
    anchors = _links((tag for tag in tags if _is_anchor(tag)), base, How.ANCHOR)
    likely = (link for link in anchors if _looks_like_a_feed(link.url))
    found = tuple(islice(_each_once((*elements, *likely)), MOST_LINKS))
    return comments_last(found)


def comments_last(links: Iterable[FeedLink]) -> tuple[FeedLink, ...]:
    """The links in their order, those for comments behind all others."""
    return tuple(sorted(links, key=lambda link: link.is_for_comments))


def _each_once(links: Iterable[FeedLink]) -> Iterator[FeedLink]:
    seen: set[str] = set()
    for link in links:
        if link.url not in seen:
            seen.add(link.url)
            yield link


def _base(tags: Iterable[Tag], base_url: str | None) -> str | None:
    """Where relative links start: the first `<base href>` that is an address."""
    written = next((_href(tag) for tag in tags if tag.name == "base"), "")
    return absolute_link(written, base_url) or base_url


def _href(tag: Tag) -> str:
    return _FEED_SCHEME.sub(_http, tag.attributes.get("href", ""))


def _http(scheme: re.Match[str]) -> str:
    """What `feed:` stands for: nothing before http:, http: before //."""
    return "http://" if scheme[0].endswith("//") else ""


def _names_a_feed(tag: Tag) -> bool:
    """Whether a link element is of the kind by which pages announce their feeds."""
    if tag.name != "link":
        return False
    relations = set(tag.attributes.get("rel", "").lower().split())
    media_type = tag.attributes.get("type", "").lower().replace(" ", "")
    if "feed" in relations and not media_type:
        return True
    if not relations & {"alternate", "feed"} or "stylesheet" in relations:
        return False
    if _PERHAPS_TYPES.match(media_type):
        said = f"{_href(tag)} {tag.attributes.get('title', '')}".lower()
        return _FEED_WORD.search(said) is not None
    return _FEED_TYPES.match(media_type) is not None


def _is_anchor(tag: Tag) -> bool:
    return tag.name in {"a", "area"}


def _links(tags: Iterable[Tag], base: str | None, how: How) -> Iterator[FeedLink]:
    for tag in tags:
        url = absolute_link(_href(tag).partition("#")[0], base)
        if url is not None:
            title = (tag.attributes.get("title") or tag.text)[:LONGEST_TITLE]
            yield FeedLink(url=url, title=title or None, how=how)


def _looks_like_a_feed(url: str) -> bool:
    parts = urlsplit(url.lower())
    if _NOT_THE_SITE.search(parts.hostname or ""):
        return False
    is_feed_host = (parts.hostname or "").startswith(("feeds.", "rss."))
    has_feed_path = _FEED_PATH.search(parts.path) is not None
    return is_feed_host or has_feed_path or bool(_FEED_QUERY.search(parts.query))
