from __future__ import annotations

import pytest

from ingest.discover import MOST_LINKS, FeedLink, How, find_feed_links

HOME = "https://news.example/maroc/"
RSS = "application/rss+xml"


def links_of(page: str, base_url: str | None = HOME) -> tuple[FeedLink, ...]:
    return find_feed_links(page.encode(), content_type="text/html", base_url=base_url)


def urls_of(page: str, base_url: str | None = HOME) -> list[str]:
    return [link.url for link in links_of(page, base_url)]


def alternate(href: str, media_type: str = RSS, title: str = "") -> str:
    return f'<link rel="alternate" type="{media_type}" title="{title}" href="{href}">'


FEED_TYPES = (
    "application/rss+xml",
    "application/atom+xml",
    "application/feed+json",
    "application/rdf+xml",
    "application/x.atom+xml",
    "application/x-rss+xml",
    "text/rss+xml",
    "Application/RSS+XML; charset=utf-8",
    "application/ rss+xml",
)


@pytest.mark.parametrize("media_type", FEED_TYPES)
def test_a_link_element_of_a_feed_type_names_a_feed(media_type: str) -> None:
    assert urls_of(alternate("/f", media_type)) == ["https://news.example/f"]


ELEMENTS_OF_NO_FEED = {
    "the page in another language": '<link rel=alternate hreflang=ar href="/ar">',
    "a style sheet": f'<link rel="alternate stylesheet" type="{RSS}" href="/s">',
    "an embedding": alternate("/oembed?format=xml", "text/xml+oembed"),
    "the interface of WordPress": alternate("/wp-json/", "application/json", "JSON"),
    "a really simple description": (
        '<link rel=EditURI type="application/rsd+xml" href="/xmlrpc.php?rsd">'
    ),
    "a search": (
        '<link rel=search type="application/opensearchdescription+xml" href="/o">'
    ),
    "without an address": f'<link rel=alternate type="{RSS}">',
    "with an address of no server": alternate("javascript:alert(1)"),
    "with an address that cannot be": alternate("https://[::1"),
}


@pytest.mark.parametrize(
    "page", ELEMENTS_OF_NO_FEED.values(), ids=ELEMENTS_OF_NO_FEED.keys()
)
def test_other_link_elements_name_none(page: str) -> None:
    assert links_of(page) == ()


ELEMENTS = {
    "of a common type, its address says feed": (
        alternate("/feed.json", "application/json"),
        "https://news.example/feed.json",
    ),
    "of a common type, its title says RSS": (
        alternate("/x?id=1", "text/xml", "Notre flux RSS 2.0"),
        "https://news.example/x?id=1",
    ),
    "of the relation feed": (
        '<link rel="feed" href="news">',
        "https://news.example/maroc/news",
    ),
    "below the page": (alternate("rss.xml"), "https://news.example/maroc/rss.xml"),
    "without a scheme": (alternate("//f.example/x"), "https://f.example/x"),
    "with the scheme feed": (alternate("feed://f.example/x"), "http://f.example/x"),
    "with two schemes": (alternate("feed:https://f.example/x"), "https://f.example/x"),
    "with a password, which goes": (
        alternate("https://me:secret@f.example/x"),
        "https://f.example/x",
    ),
    "with a fragment, which goes": (alternate("/rss#top"), "https://news.example/rss"),
}


@pytest.mark.parametrize(("page", "url"), ELEMENTS.values(), ids=ELEMENTS.keys())
def test_the_address_is_absolute(page: str, url: str) -> None:
    assert urls_of(page) == [url]


BASES = {
    "an absolute base": ('<base href="https://cdn.example/x/">', "https://cdn.example"),
    "a relative base": ('<base href="../x/">', "https://news.example"),
    "only the first counts": (
        '<base href="https://one.example/x/"><base href="https://two.example/">',
        "https://one.example",
    ),
}


@pytest.mark.parametrize(("base", "site"), BASES.values(), ids=BASES.keys())
def test_relative_links_start_at_the_base(base: str, site: str) -> None:
    assert urls_of(base + alternate("rss.xml")) == [f"{site}/x/rss.xml"]


def test_a_base_of_another_scheme_is_passed_over() -> None:
    page = '<base href="data:text/html,x">' + alternate("/rss.xml")

    assert urls_of(page) == ["https://news.example/rss.xml"]


def test_an_absolute_link_needs_no_address_of_the_page() -> None:
    page = alternate("https://f.example/rss") + alternate("/rss")

    assert urls_of(page, base_url=None) == ["https://f.example/rss"]


LIKELY = (
    "/rss.xml",
    "/feed",
    "/feed/",
    "/atom.xml",
    "/feed.json",
    "/index.rdf",
    "/rss/news.xml",
    "/spip.php?page=backend",
    "/?feed=rss2",
    "/en/?format=feed&type=rss",
    "/arc/outboundfeeds/rss/?outputType=xml",
    "/feeds/posts/default",
    "/rss-leconomiste",
    "https://feeds.example.org/news",
)


@pytest.mark.parametrize("href", LIKELY)
def test_a_link_that_looks_like_a_feed_is_taken_for_one(href: str) -> None:
    (link,) = links_of(f"<a href='{href}'>Flux</a>")

    assert link.how is How.ANCHOR
    assert link.title == "Flux"


UNLIKELY = (
    "/",
    "/maroc/feedback",
    "/sport/grass-roots.html",
    "/news.xml.html",
    "/press/compressed",
    "/?page=2&type=video",
    "https://feedly.com/i/subscription/feed/https://news.example/rss.xml",
    "https://www.facebook.com/sharer?u=https://news.example/feed/",
    "mailto:rss@news.example",
)


@pytest.mark.parametrize("href", UNLIKELY)
def test_a_link_that_does_not_is_left_aside(href: str) -> None:
    assert links_of(f"<a href='{href}'>Lire</a>") == ()


def test_link_elements_come_before_links_and_each_address_once() -> None:
    page = "<a href=/rss.xml>RSS</a><a href=/feed>Feed</a>" + alternate(
        "/rss.xml", title="Articles"
    )

    links = links_of(page)

    assert [(link.url, link.how, link.title) for link in links] == [
        ("https://news.example/rss.xml", How.LINK, "Articles"),
        ("https://news.example/feed", How.ANCHOR, "Feed"),
    ]


def test_the_order_of_the_page_is_kept_and_comments_come_last() -> None:
    page = (
        alternate("/comments/feed/", title="Comments")
        + alternate("/a/feed/", title="Une » Flux des commentaires")
        + alternate("/b/feed/", title="B")
        + alternate("/c/feed/", "application/atom+xml")
    )

    assert urls_of(page) == [
        f"https://news.example/{place}/feed/" for place in ("b", "c", "comments", "a")
    ]


def test_a_page_of_links_is_believed_up_to_a_bound() -> None:
    page = "".join(f"<a href=/{number}/rss.xml>x</a>" for number in range(1000))

    assert len(links_of(page)) == MOST_LINKS


def test_a_title_is_cut_short() -> None:
    (link,) = links_of(alternate("/rss.xml", title="long " * 1000))

    assert len(link.title or "") == 200


@pytest.mark.parametrize("body", [b"", b"\xff\xfe\x00", b"%PDF-1.7", b"{}", b"\0" * 99])
def test_what_is_no_page_links_to_nothing(body: bytes) -> None:
    assert find_feed_links(body, content_type=None, base_url=HOME) == ()
