from __future__ import annotations

import pytest

from ingest.discover import How
from ingest.well_known import (
    MOST_SITEMAPS,
    robots_address,
    site_feeds,
    sitemap_addresses,
    well_known_feeds,
)

SITE = "https://news.example"

SITES = {
    "a channel of YouTube": (
        "https://www.youtube.com/channel/UC_x5XG1OV2P6uZZ5FSM9Ttw/videos",
        "https://www.youtube.com/feeds/videos.xml?channel_id=UC_x5XG1OV2P6uZZ5FSM9Ttw",
    ),
    "a user of YouTube on a telephone": (
        "https://m.youtube.com/user/GoogleDevelopers",
        "https://www.youtube.com/feeds/videos.xml?user=GoogleDevelopers",
    ),
    "a playlist of YouTube": (
        "https://www.youtube.com/watch?v=abc&list=PL123",
        "https://www.youtube.com/feeds/videos.xml?playlist_id=PL123",
    ),
    "a forum of Reddit": (
        "https://www.reddit.com/r/Morocco/",
        "https://www.reddit.com/r/Morocco/.rss",
    ),
    "an author of Medium": (
        "https://medium.com/@someone",
        "https://medium.com/feed/@someone",
    ),
    "a project of GitHub": (
        "https://github.com/owner/project/issues",
        "https://github.com/owner/project/releases.atom",
    ),
    "a blog of Blogger": (
        "https://some-blog.blogspot.com/2026/11/post.html",
        "https://some-blog.blogspot.com/feeds/posts/default",
    ),
}


@pytest.mark.parametrize(("page", "feed"), SITES.values(), ids=SITES.keys())
def test_the_habits_of_large_sites_are_known(page: str, feed: str) -> None:
    (link,) = site_feeds(page)

    assert (link.url, link.how) == (feed, How.SITE)


@pytest.mark.parametrize(
    "page",
    [f"{SITE}/channel/x", "https://notyoutube.com/channel/x", "https://youtube.com/"],
)
def test_other_pages_have_none(page: str) -> None:
    assert site_feeds(page) == ()


def test_common_addresses_are_asked_at_the_root() -> None:
    urls = [link.url for link in well_known_feeds(f"{SITE}/?x=1")]

    assert urls[0] == f"{SITE}/feed"
    assert f"{SITE}/spip.php?page=backend" in urls
    assert f"{SITE}/arc/outboundfeeds/rss/?outputType=xml" in urls
    assert len(urls) == len(set(urls))


def test_a_section_is_asked_before_the_root() -> None:
    links = well_known_feeds("https://kapitalis.example/tunisie/")

    assert [link.url for link in links][:4] == [
        "https://kapitalis.example/tunisie/feed/",
        "https://kapitalis.example/tunisie/rss",
        "https://kapitalis.example/tunisie/rss.xml",
        "https://kapitalis.example/feed",
    ]


ROBOTS = {
    "as they are written": (
        b"User-agent: *\nSitemap: https://news.example/s1.xml\n",
        (f"{SITE}/s1.xml",),
    ),
    "whatever the case and the spaces": (
        b"  SITEMAP :\t/s1.xml  # all\r\n",
        (f"{SITE}/s1.xml",),
    ),
    "of news first": (
        b"Sitemap: /s1.xml\nSitemap: /News.xml\n",
        (f"{SITE}/News.xml", f"{SITE}/s1.xml"),
    ),
    "each once": (b"Sitemap: /s\nSitemap: /s\n", (f"{SITE}/s",)),
    "of http only": (
        b"Sitemap: file:///etc/passwd\nSitemap: https://[x\nSitemap: /s\n",
        (f"{SITE}/s",),
    ),
    "where one commonly is, if none is named": (b"User-agent: *", ("/sitemap.xml",)),
    "where one commonly is, without robots.txt": (None, ("/sitemap.xml",)),
}


@pytest.mark.parametrize(("robots", "urls"), ROBOTS.values(), ids=ROBOTS.keys())
def test_sitemaps_are_named(robots: bytes | None, urls: tuple[str, ...]) -> None:
    absolute = tuple(url if "://" in url else SITE + url for url in urls)

    assert sitemap_addresses(robots, f"{SITE}/a/") == absolute


def test_sitemaps_are_believed_up_to_a_bound() -> None:
    robots = b"".join(b"Sitemap: /%d.xml\n" % number for number in range(100))

    assert len(sitemap_addresses(robots, SITE)) == MOST_SITEMAPS


def test_robots_have_one_place() -> None:
    assert robots_address(f"{SITE}/a/b?c") == f"{SITE}/robots.txt"
