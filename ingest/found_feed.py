"""What came from an address -> the feed it is, and which of several is the best.

Reads bytes that were fetched; asking for them is `discovery`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from ingest.discover import FeedLink, How, find_feed_links
from ingest.entry import FeedDocument
from ingest.fetch.outcome import Fetched
from ingest.formats.charset import decode_document
from ingest.formats.choose import parse_document
from ingest.formats.raw import NotAFeedError, RawDocument
from ingest.normalise.document import normalise_document
from ingest.normalise.links import absolute_link
from ingest.source import FeedAddress, Source

_ROOT = re.compile(r"<(?:\w+:)?(rss|feed|rdf)[\s>]", re.IGNORECASE)
_FORMATS = {"rss": "RSS", "rdf": "RSS", "feed": "Atom"}
_LOOK_AHEAD = 4096
_MOST_NAMED = 3  # feeds of a page that answered in place of one


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundFeed:
    """A feed that answered and could be read.

    `url` is the address to poll, `how` the way to it. `format` is RSS, Atom or JSON
    Feed. `newest_at` (aware UTC) is the time of its newest entry, None where no entry
    has one. `home` is the web page it belongs to. `body_digest` tells equal ones.
    """

    url: str
    title: str | None
    how: How
    format: str
    entries: int
    newest_at: datetime | None
    language: str | None
    home: str | None
    is_for_comments: bool
    body_digest: str


def read_feed(fetched: Fetched) -> RawDocument:
    """What the document says, in whichever format it is.

    Raises:
        NotAFeedError: it is no feed; the message says what it is, and which feeds it
            links to.
    """
    try:
        return parse_document(fetched.content.read(), content_type=fetched.content_type)
    except NotAFeedError as error:
        links = find_feed_links(
            fetched.content.read(),
            content_type=fetched.content_type,
            base_url=fetched.final_url,
        )
        if not links:
            raise
        named = " and ".join(link.url for link in links[:_MOST_NAMED])
        raise NotAFeedError(f"{error}; it links to {named}") from error


def read_found_feed(
    link: FeedLink, fetched: Fetched, *, now: datetime
) -> FoundFeed | None:
    """The feed that the link led to, None where what came is none."""
    try:
        raw = parse_document(fetched.content.read(), content_type=fetched.content_type)
    except NotAFeedError:
        return None
    url = _lasting_address(link.url, fetched.final_url)
    source = Source(slug="found", title="", location=FeedAddress(url=url))
    document = normalise_document(
        raw, source=source, base_url=fetched.final_url, now=now
    )
    return FoundFeed(
        url=url,
        title=document.title or link.title,
        how=link.how,
        format=_format(fetched),
        entries=len(document.entries),
        newest_at=_newest(document),
        language=_language(document),
        home=absolute_link(raw.link or "", fetched.final_url),
        is_for_comments=link.is_for_comments,
        body_digest=fetched.body_digest,
    )


def sort_found(feeds: Iterable[FoundFeed]) -> tuple[FoundFeed, ...]:
    """The feeds, each once and the best first.

    One with entries goes before one without, articles before comments, a surer way
    before a less sure one; else the order of the page counts. Two addresses that
    give the same bytes are one feed.
    """
    once: dict[str, FoundFeed] = {}
    for feed in sorted(feeds, key=_rank):
        is_known = any(feed.url == other.url for other in once.values())
        if not is_known:
            once.setdefault(feed.body_digest, feed)
    return tuple(once.values())


def _rank(feed: FoundFeed) -> tuple[bool, bool, int]:
    ways = tuple(How)
    return feed.is_for_comments, not feed.entries, ways.index(feed.how)


def _lasting_address(asked: str, final: str | None) -> str:
    """The address to poll: the one that was linked, or its own other spelling.

    A redirect to https, to `www.` or to a trailing slash is followed for good; one to
    another place may be gone tomorrow, so the publisher's own address is kept.
    """
    return final if final and _place(final) == _place(asked) else asked


def _place(url: str) -> tuple[str, str, str]:
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.")
    return host, parts.path.rstrip("/"), parts.query


def _format(fetched: Fetched) -> str:
    text = decode_document(
        fetched.content.read()[:_LOOK_AHEAD], content_type=fetched.content_type
    )
    root = _ROOT.search(text)
    return _FORMATS[root[1].lower()] if root else "JSON Feed"


def _newest(document: FeedDocument) -> datetime | None:
    times = (entry.published_at or entry.updated_at for entry in document.entries)
    return max((time for time in times if time is not None), default=None)


def _language(document: FeedDocument) -> str | None:
    """What most entries are in, else what the document declares."""
    languages = Counter(entry.language for entry in document.entries if entry.language)
    return next((name for name, _ in languages.most_common(1)), document.language)
