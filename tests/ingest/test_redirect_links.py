import base64

import pytest

from ingest.normalise.redirect_links import redirect_of

PAGE = "https://gazette.example/a?b=1"


def google_news(address: str, *, head: bytes = b"\x08\x13\x22") -> str:
    """A name as Google News made them until 2024."""
    text = address.encode()
    size = bytes([len(text)])
    if len(text) > 127:
        size = bytes([0x80 | (len(text) & 0x7F), len(text) >> 7])
    encoded = base64.urlsafe_b64encode(head + size + text + b"\xd2\x01\x00")
    return encoded.decode().rstrip("=")


LONG = "https://gazette.example/" + "a" * 150

# link -> service, address, name
REDIRECTS: dict[str, tuple[str, tuple[str, str | None, str | None]]] = {
    "FeedBurner": (
        "https://feedproxy.google.com/~r/gazette/~3/Ab1/",
        ("feedburner.com", None, None),
    ),
    "FeedBurner under its own name": (
        "http://feeds.feedburner.com/~r/gazette/~3/Ab1/title.html",
        ("feedburner.com", None, None),
    ),
    "FeedBurner under a publisher's name": (
        "http://feeds.gazette.example/~r/gazette/~3/Ab1/",
        ("feedburner.com", None, None),
    ),
    "an older link of Google News": (
        f"https://news.google.com/rss/articles/{google_news(PAGE)}?oc=5",
        ("news.google.com", PAGE, google_news(PAGE)),
    ),
    "an older link of Google News to a long address": (
        f"https://news.google.com/__i/rss/rd/articles/{google_news(LONG)}",
        ("news.google.com", LONG, google_news(LONG)),
    ),
    "a younger link of Google News": (
        f"https://news.google.com/read/{google_news('AU_yqLabc')}",
        ("news.google.com", None, google_news("AU_yqLabc")),
    ),
    "a name of Google News that encodes something else": (
        f"https://news.google.com/articles/{google_news(PAGE, head=b'x')}",
        ("news.google.com", None, google_news(PAGE, head=b"x")),
    ),
    "a name of Google News with nothing in it": (
        "https://news.google.com/articles/CBMi",
        ("news.google.com", None, "CBMi"),
    ),
    "a name of Google News that is cut in its length": (
        "https://news.google.com/articles/CBMigA",
        ("news.google.com", None, "CBMigA"),
    ),
    "a name of Google News that encodes nothing": (
        "https://news.google.com/articles/A",
        ("news.google.com", None, "A"),
    ),
    "an address that Google News garbled": (
        f"https://news.google.com/articles/{google_news('https://a b/')}",
        ("news.google.com", None, google_news("https://a b/")),
    ),
    "a result of Google": (
        "https://www.google.co.ma/url?sa=t&url=https%3A%2F%2Fgazette.example%2Fa%3Fb%3D1",
        ("google.com", PAGE, None),
    ),
    "Google's AMP viewer": (
        "https://www.google.com/amp/s/gazette.example/a?b=1",
        ("google.com", PAGE, None),
    ),
    "Google's AMP viewer over http": (
        "https://www.google.fr/amp/gazette.example/a",
        ("google.com", "http://gazette.example/a", None),
    ),
    "AMP's cache": (
        "https://gazette-example.cdn.ampproject.org/v/s/gazette.example/a?b=1",
        ("cdn.ampproject.org", PAGE, None),
    ),
    "Facebook": (
        "https://l.facebook.com/l.php?u=https%3A%2F%2Fgazette.example%2Fa%3Fb%3D1&h=1",
        ("l.facebook.com", PAGE, None),
    ),
    "a mail scanner": (
        "https://eur03.safelinks.protection.outlook.com/?url=https%3A%2F%2F"
        "gazette.example%2Fa%3Fb%3D1&data=1",
        ("safelinks.protection.outlook.com", PAGE, None),
    ),
    "a shortened link": ("https://www.bit.ly/Ab1", ("bit.ly", None, None)),
}


@pytest.mark.parametrize(("link", "expected"), REDIRECTS.values(), ids=REDIRECTS.keys())
def test_a_redirect_link_says_whose_it_is_and_where_it_leads(
    link: str, expected: tuple[str, str | None, str | None]
) -> None:
    redirect = redirect_of(link)

    assert redirect is not None
    assert (redirect.service, redirect.address, redirect.name) == expected


NO_REDIRECTS = {
    "an article": PAGE,
    "an article with an address in it": f"https://gazette.example/share?url={PAGE}",
    "a host that only begins like Google": f"https://google.example.org/url?q={PAGE}",
    "another page of Google": "https://www.google.com/search?q=x",
    "a page of Google News": "https://news.google.com/topics/Ab1",
    "another host of Google": "https://docs.google.com/url?q=https://a.example",
    "a wrapper around no address": "https://www.google.com/url?q=javascript:alert(1)",
    "a wrapper around nothing": "https://l.facebook.com/l.php",
    "another page of a wrapper's host": f"https://www.youtube.com/watch?q={PAGE}",
    "AMP's cache of nothing": "https://x.cdn.ampproject.org/v0.js",
    "a guid": "tag:gazette.example,2026:1",
    "an open bracket": "https://[a/",
    "nothing": "",
}


@pytest.mark.parametrize("link", NO_REDIRECTS.values(), ids=NO_REDIRECTS.keys())
def test_other_links_redirect_nowhere(link: str) -> None:
    assert redirect_of(link) is None
