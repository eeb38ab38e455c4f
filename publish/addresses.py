"""Every address and identity that we publish, and which foreign ones may be passed on.

Knows nothing of documents; `selection` and the pages put the addresses into them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import SplitResult, quote, urlsplit, urlunsplit

from publish.feed import FeedFormat
from publish.feed_name import FeedName
from store.article import ArticleId

# RFC 3986 leaves these alone in a path; "%" stays because links come encoded already.
_PATH_SAFE = "/%:@!$&'()*+,;=~"
_QUERY_SAFE = _PATH_SAFE + "?"
_HOST = re.compile(r"[A-Za-z0-9._-]+")
# What feed validators take for the address of a file: a name with a dot, and a path.
_FILE_ADDRESS = re.compile(r"https?://([a-z0-9-]+\.)+[a-z0-9-]+(:\d+)?(/.*)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Addresses:
    """The public addresses of one service.

    `base_url` ends in a slash. `authority` is the tagging authority of RFC 4151.
    """

    base_url: str
    authority: str

    def feed_page(self, name: FeedName) -> str:
        """The page of a feed for people."""
        return self.base_url + name.path

    def feed(self, name: FeedName, feed_format: FeedFormat) -> str:
        """The feed in one format; also its self link."""
        return f"{self.feed_page(name)}.{feed_format.value}"

    def archive_page(self, name: FeedName, number: int) -> str:
        """A page of a feed's archive, without the suffix of a format."""
        return f"{self.feed_page(name)}/archive/{number}"

    @property
    def hub(self) -> str:
        """Our own hub, where there is one."""
        return f"{self.base_url}hub"

    def article(self, article_id: ArticleId) -> str:
        """Our own page of an article."""
        return f"{self.base_url}articles/{article_id}"

    @property
    def feed_stylesheet(self) -> str:
        """What makes a feed bearable that is opened in a browser."""
        return f"{self.base_url}feed.css"

    def feed_uri(self, name: FeedName) -> str:
        """The `tag:` URI of a feed, one for all its formats."""
        return f"tag:{self.authority.lower()}:{name.uri_name}"

    def tag_uri(self, kind: str, name: str) -> str:
        """The `tag:` URI of a thing of ours, the same on every machine and for ever."""
        return f"{self.tag_scheme(kind)}/{name}"

    def tag_scheme(self, kind: str) -> str:
        """The `tag:` URI of a whole kind; small letters, as validators want it."""
        return f"tag:{self.authority.lower()}:{kind}"


def publishable_link(link: str | None) -> str | None:
    """The link as a plain RFC 3986 URI, or None if readers should not be sent there.

    Only http and https pass. International names and letters are encoded, for RSS
    has URIs where Atom has IRIs; a user name and password are left out.
    """
    try:
        parts = urlsplit((link or "").strip())
        host = _encode_host(parts)
        if parts.scheme not in ("http", "https") or not _HOST.fullmatch(host):
            return None
        return _encode(parts, host)
    except ValueError:  # a port that is none, half an IPv6 address, lone surrogates
        return None


def publishable_file(link: str | None) -> str | None:
    """The link of an enclosure as a URI, or None where no reader could fetch it."""
    url = publishable_link(link)
    return url if url is not None and _FILE_ADDRESS.fullmatch(url) else None


def _encode_host(parts: SplitResult) -> str:
    return (parts.hostname or "").encode("idna").decode("ascii")


def _encode(parts: SplitResult, host: str) -> str:
    return urlunsplit(
        (
            parts.scheme,
            host if parts.port is None else f"{host}:{parts.port}",
            quote(parts.path, safe=_PATH_SAFE),
            quote(parts.query, safe=_QUERY_SAFE),
            quote(parts.fragment, safe=_QUERY_SAFE),
        )
    )
