"""Addresses at which a site's feed may be, though no page of it says so.

A list of habits: of the systems that news sites run on, and of a few large sites.
Asks nobody.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

from ingest.discover import FeedLink, How
from ingest.normalise.links import absolute_link

MOST_SITEMAPS = 5
"""Sitemaps that a robots.txt is believed to name."""

# What stands below the folder of the page first: sections keep feeds of their own.
_IN_FOLDER = ("feed/", "rss", "rss.xml")
_AT_ROOT = (
    "/feed",  # WordPress and many others
    "/feed/",
    "/rss",
    "/rss.xml",  # Drupal, static sites
    "/feed.xml",  # Jekyll
    "/atom.xml",
    "/index.xml",  # Hugo
    "/feed.json",
    "/?feed=rss2",  # WordPress without rewritten addresses
    "/spip.php?page=backend",  # SPIP
    "/arc/outboundfeeds/rss/?outputType=xml",  # Arc XP
    "/?format=feed&type=rss",  # Joomla
    "/feed/index.rss",
    "/rss/news.xml",
)
# Host, path with its query, and where such a site keeps the feed of such a page.
_SITES = (
    (r"youtube\.com", r"/channel/([\w-]+)",
     r"https://www.youtube.com/feeds/videos.xml?channel_id=\1"),
    (r"youtube\.com", r"/user/([\w-]+)",
     r"https://www.youtube.com/feeds/videos.xml?user=\1"),
    (r"youtube\.com", r"/(?:playlist|watch)\?(?:.*&)?list=([\w-]+)",
     r"https://www.youtube.com/feeds/videos.xml?playlist_id=\1"),
    (r"reddit\.com", r"/(r/\w+|user/[\w-]+)", r"https://www.reddit.com/\1/.rss"),
    (r"medium\.com", r"/(@?[\w.-]+)", r"https://medium.com/feed/\1"),
    (r"github\.com", r"/([\w.-]+/[\w.-]+)", r"https://github.com/\1/releases.atom"),
    (r"[\w-]+\.blogspot\.com", r"/", r"/feeds/posts/default"),
)  # fmt: skip
_SITEMAP_LINE = re.compile(rb"^[ \t]*sitemap[ \t]*:[ \t]*(\S+)", re.IGNORECASE | re.M)


def site_feeds(page_url: str) -> tuple[FeedLink, ...]:
    """Where the feed of this very page is, on sites whose habits are known."""
    parts = urlsplit(page_url)
    host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
    place = f"{parts.path}?{parts.query}"
    found = (
        urljoin(page_url, path.expand(feed))
        for site, pattern, feed in _SITES
        if re.fullmatch(site, host) and (path := re.match(pattern, place))
    )
    return tuple(FeedLink(url=url, how=How.SITE) for url in found)


def well_known_feeds(page_url: str) -> tuple[FeedLink, ...]:
    """Where sites commonly keep a feed, the likeliest first and each once."""
    return tuple(
        FeedLink(url=url, how=How.WELL_KNOWN)
        for url in dict.fromkeys(_common_addresses(page_url))
    )


def _common_addresses(page_url: str) -> Iterator[str]:
    folder = urljoin(page_url, ".").partition("?")[0]
    if urlsplit(folder).path not in ("", "/"):
        for name in _IN_FOLDER:
            yield urljoin(folder, name)
    for path in _AT_ROOT:
        yield urljoin(page_url, path)


def robots_address(page_url: str) -> str:
    """Where the site says what robots may do, and where its sitemaps are."""
    return urljoin(page_url, "/robots.txt")


def sitemap_addresses(robots: bytes | None, page_url: str) -> tuple[str, ...]:
    """The sitemaps that a robots.txt names, else the place where one commonly is.

    News sitemaps come first, for they hold what is new. `robots` is None where the
    site has none.
    """
    lines = _SITEMAP_LINE.findall(robots or b"")
    named = (absolute_link(line.decode("utf-8", "replace"), page_url) for line in lines)
    sitemaps = dict.fromkeys(url for url in named if url is not None)
    news_first = sorted(sitemaps, key=_is_not_for_news)
    common = (urljoin(page_url, "/sitemap.xml"),)
    return tuple(news_first[:MOST_SITEMAPS]) or common


def _is_not_for_news(sitemap: str) -> bool:
    return "news" not in urlsplit(sitemap).path.lower()
