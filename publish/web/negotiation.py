"""Which form of a document a client wants: its coding, its format, all or the news.

Decides from request headers alone. No answer is "none of these": whoever asks for what
we do not have gets what we have (RFC 9110, 12.1), never 406.
"""

from __future__ import annotations

from publish.feed import FeedFormat
from publish.rendered import Coding
from publish.web.quality import read_preferences

_CODINGS = {
    Coding.BROTLI: ("br",),
    Coding.GZIP: ("gzip", "x-gzip"),  # RFC 9110, 8.4.1.3 has them as one
}
_ONLY_FEEDPARSER_ACCEPTS = "application/x-netcdf"
_PAGE_TYPES = ("text/html", "application/xhtml+xml")
_FEED_TYPES = {
    FeedFormat.RSS: ("application/rss+xml", "application/xml", "text/xml"),
    FeedFormat.ATOM: ("application/atom+xml",),
    FeedFormat.JSON: ("application/feed+json", "application/json"),
}


def choose_coding(accept_encoding: str | None) -> Coding | None:
    """The compression that the client likes best; None for the plain document.

    Of two that it likes equally the better one. Without the header it gets the plain
    document, since a client that says nothing may know nothing (12.5.3).
    """
    weights = read_preferences(accept_encoding or "")
    plain = weights.get("identity", 0.0)
    liked = {coding: _weight_of(coding, weights) for coding in Coding}
    best = max(Coding, key=lambda coding: liked[coding])  # the first of equals
    return best if liked[best] > 0 and liked[best] >= plain else None


def _weight_of(coding: Coding, weights: dict[str, float]) -> float:
    named = [weights[name] for name in _CODINGS[coding] if name in weights]
    return max(named) if named else weights.get("*", 0.0)


def choose_format(accept: str | None) -> FeedFormat | None:
    """The feed format that a client asks for by its Accept; None for the page.

    A browser names HTML and gets the page. So does a client that takes anything: it
    has no need of a feed. Who names a feed's type as readily as HTML reads feeds.
    """
    weights = read_preferences(accept or "")
    page = max(_weights(_PAGE_TYPES, weights), default=weights.get("*/*", 0.0))
    feeds = {
        each: max(_weights(types, weights), default=0.0)
        for each, types in _FEED_TYPES.items()
    }
    best = max(FeedFormat, key=lambda each: feeds[each])  # the first of equals
    return best if feeds[best] > 0 and feeds[best] >= page else None


def is_browser(accept: str | None) -> bool:
    """True for a client that shows HTML and has never heard of feeds.

    Browsers show a feed with its stylesheet as application/xml only; one that comes
    under its own type they offer as a file, or as bare text.
    """
    weights = read_preferences(accept or "")
    knows_feeds = any(types[0] in weights for types in _FEED_TYPES.values())
    return bool(_weights(_PAGE_TYPES, weights)) and not knows_feeds


def _weights(types: tuple[str, ...], weights: dict[str, float]) -> list[float]:
    return [weights[name] for name in types if name in weights]


def wants_news_only(a_im: str | None, accept: str | None) -> bool:
    """True for a client that can add new items to those it has (RFC 3229, "feed").

    feedparser says so for every program built on it, and hands them what came as if it
    were all: rss2email 3.13 then fails at each visit. It is known by a type that no
    other reader was seen to accept, and gets whole feeds.
    """
    if read_preferences(a_im or "").get("feed", 0.0) <= 0:
        return False
    return _ONLY_FEEDPARSER_ACCEPTS not in read_preferences(accept or "")
