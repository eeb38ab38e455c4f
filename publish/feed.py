"""What a topic feed is made of, whatever format it is written in.

Holds values only: `selection` chooses the items, `formats` writes them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from publish.feed_name import FeedName
from store.article import Precision


class FeedFormat(Enum):
    """A format topic feeds are written in; the value is the suffix of its address."""

    RSS = "rss"  # RSS 2.0 with content, Dublin Core and atom:link
    ATOM = "atom"  # Atom 1.0, RFC 4287
    JSON = "json"  # JSON Feed 1.1

    @property
    def label(self) -> str:
        """What people call the format."""
        return _LABELS[self]

    @property
    def media_type(self) -> str:
        """By what the format is told from others in HTTP and in links."""
        return _MEDIA_TYPES[self]

    def add_to(self, url: str) -> str:
        """An address without suffix, in this format."""
        return f"{url}.{self.value}"


_LABELS = {
    FeedFormat.RSS: "RSS",
    FeedFormat.ATOM: "Atom",
    FeedFormat.JSON: "JSON Feed",
}
_MEDIA_TYPES = {
    FeedFormat.RSS: "application/rss+xml",
    FeedFormat.ATOM: "application/atom+xml",
    FeedFormat.JSON: "application/feed+json",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedCategory:
    """A tag on an item: the slug readers filter by and the name they show."""

    term: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedEnclosure:
    """A file that an item carries along; `length` is in bytes, 0 where unknown."""

    url: str
    media_type: str
    length: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedCredit:
    """The source an item comes from: its name, its page, and an id of its own."""

    title: str
    url: str | None
    tag_uri: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherLink:
    """Another source that reported the same: its name, and where."""

    title: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedItem:
    """One item of a topic feed.

    `tag_uri` is its identity for ever (RFC 4151). `link` is the publisher's address,
    or our own page of the article, `page_url`, where there is none. `title` and
    `summary` are plain text; `content_html` is sanitised, "" where the feed carries
    none. `published_at` is the publisher's, None where unknown, and known as exactly
    as `published_precision` says; `has_wrong_date` tells that the publisher gives one
    that cannot be. `updated_at` is never None. `reason` has the clauses
    by which it is in the feed, for its page. `others` are those for whose reports this
    one is shown, too. `image_url` is the picture that stands for it, `rights` who owns
    it, `comments_url` where it is talked about: the publisher's, None where unknown.
    """

    tag_uri: str
    link: str
    page_url: str
    title: str
    summary: str
    content_html: str
    author: str | None
    language: str | None
    published_at: datetime | None
    published_precision: Precision | None
    first_seen_at: datetime
    updated_at: datetime
    credit: FeedCredit
    categories: tuple[FeedCategory, ...]
    enclosures: tuple[FeedEnclosure, ...]
    reason: tuple[str, ...] = ()
    others: tuple[OtherLink, ...] = ()
    image_url: str | None = None
    rights: str | None = None
    comments_url: str | None = None
    has_wrong_date: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicFeed:
    """A published selection, newest item first; `updated_at` never names the present.

    `page_url` is the page for people, `url` the address without the suffix that each
    format adds. `stylesheet` is for browsers that open the feed itself. `tags_scheme`
    names the vocabulary of the items' categories. `description` is never empty;
    `language` is None unless all items share one. `older_url` is where the archive page
    before this document is, None where there is none; `current_url`, of an archive
    page, where the feed itself is (RFC 5005). Both are without suffix, and get
    `holder_query` behind it, as do the links on its page to what only holders of a
    secret may read: "" for all others, else "?" and the secret. `hubs` are the
    addresses at which news of it can be subscribed to (WebSub).
    """

    name: FeedName
    title: str
    description: str
    tag_uri: str
    tags_scheme: str
    url: str
    page_url: str
    stylesheet: str
    language: str | None
    updated_at: datetime
    items: tuple[FeedItem, ...]
    older_url: str | None = None
    current_url: str | None = None
    holder_query: str = ""
    hubs: tuple[str, ...] = ()

    def archive_links(self, feed_format: FeedFormat) -> dict[str, str]:
        """Where it leads, by relation (RFC 5005), in an order that never changes."""
        addresses = {"current": self.current_url, "prev-archive": self.older_url}
        return {
            relation: feed_format.add_to(url) + self.holder_query
            for relation, url in addresses.items()
            if url is not None
        }

    def address_in(self, feed_format: FeedFormat) -> str:
        """Where the feed is served in a format; also its self link there."""
        return feed_format.add_to(self.url)


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicSummary:
    """A line of the index and of the OPML: a topic and how much it holds.

    `updated_at` is when the last article entered it, None while it is empty.
    """

    name: FeedName
    title: str
    description: str
    url: str
    page_url: str
    size: int
    updated_at: datetime | None
