"""Addresses and identities, and which links of publishers may be passed on."""

from __future__ import annotations

import pytest

from publish.addresses import publishable_file, publishable_link
from publish.feed import FeedFormat
from publish.feed_name import topic_feed
from store.article import ArticleId
from tests.publish.factories import make_edition

LINKS = {
    "a plain link stays as it is": (
        "https://paper.example/a/b?c=d&e=%20#f",
        "https://paper.example/a/b?c=d&e=%20#f",
    ),
    "http is as good as https": ("http://paper.example", "http://paper.example"),
    "a port stays": ("http://paper.example:81/", "http://paper.example:81/"),
    "letters of the path are encoded": (
        "https://paper.example/été/مالي",
        "https://paper.example/%C3%A9t%C3%A9/%D9%85%D8%A7%D9%84%D9%8A",
    ),
    "spaces, brackets and bars are encoded": (
        "https://paper.example/a b?x[]=1|2",
        "https://paper.example/a%20b?x%5B%5D=1%7C2",
    ),
    "an international name is encoded": (
        "https://exámple.example/",
        "https://xn--exmple-qta.example/",
    ),
    "white space around it goes": (
        " https://paper.example/\n",
        "https://paper.example/",
    ),
    "a user and a password go": (
        "https://me:secret@paper.example/",
        "https://paper.example/",
    ),
    "no link is none": (None, None),
    "an empty link is none": ("", None),
    "a relative link is none": ("/a/b", None),
    "a script is none": ("javascript:alert(1)", None),
    "data is none": ("data:text/html,x", None),
    "a name with a space is none": ("https://pa per.example/", None),
    "a port that is no number is none": ("https://paper.example:x/", None),
    "half an IPv6 address is none": ("https://[::1/", None),
    "an empty label is none": ("https://a..b/", None),
    "a lone surrogate is none": ("https://paper.example/\ud800", None),
}

FILES = {
    "a file has a name and a path": (
        "https://paper.example/a.mp3",
        "https://paper.example/a.mp3",
    ),
    "a port is no hindrance": (
        "https://paper.example:8080/a.mp3",
        "https://paper.example:8080/a.mp3",
    ),
    "a name without a dot is no public address": ("http://localhost/a.mp3", None),
    "an address without a path is no file": ("http://paper.example?a", None),
    "a script is no file": ("javascript:a", None),
}


@pytest.mark.parametrize(("link", "expected"), LINKS.values(), ids=LINKS)
def test_links_become_plain_uris_or_none(
    link: str | None, expected: str | None
) -> None:
    assert publishable_link(link) == expected


@pytest.mark.parametrize(("link", "expected"), FILES.values(), ids=FILES)
def test_files_need_an_address_that_readers_can_fetch(
    link: str, expected: str | None
) -> None:
    assert publishable_file(link) == expected


def test_addresses_start_at_the_base_url() -> None:
    addresses = make_edition().addresses

    assert addresses.feed_page(topic_feed("a")) == "https://news.example.org/topics/a"
    assert addresses.article(ArticleId(7)) == "https://news.example.org/articles/7"
    assert (
        addresses.feed(topic_feed("a"), FeedFormat.ATOM)
        == "https://news.example.org/topics/a.atom"
    )


def test_identities_are_tag_uris_in_small_letters() -> None:
    addresses = make_edition().addresses

    uri = type(addresses)(base_url="https://x/", authority="News.Example.ORG,2026")

    assert addresses.tag_uri("article", "u1") == "tag:news.example.org,2026:article/u1"
    assert uri.tag_uri("article", "u1") == "tag:news.example.org,2026:article/u1"
