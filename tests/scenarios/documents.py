"""The documents that the plays send: small, whole, and each with its oddity."""

from __future__ import annotations

from tests.scenarios.server import answer

_RSS = (
    '<?xml version="1.0"{encoding}?>{prologue}<rss version="2.0"><channel>'
    "<title>News</title><link>http://news.example/</link>{channel}{items}</channel></rss>"
)


def item(number: int, **parts: str) -> str:
    """An RSS item with a guid, a link and a title; a part that is "" is left out."""
    named = {
        "title": f"Headline {number}",
        "link": f"http://news.example/{number}",
        "guid": f"guid-{number}",
    }
    return "<item>{}</item>".format(
        "".join(
            f"<{name}>{text}</{name}>" for name, text in (named | parts).items() if text
        )
    )


def rss(*items: str, channel: str = "", prologue: str = "", encoding: str = "") -> str:
    """An RSS document of these items."""
    return _RSS.format(
        items="".join(items), channel=channel, prologue=prologue, encoding=encoding
    )


def feed(*items: str, headers: tuple[str, ...] = (), **parts: str) -> bytes:
    """The answer that brings an RSS document of these items."""
    body = rss(*items, **parts).encode()
    return answer(body, "Content-Type: application/rss+xml", *headers)


ONE = feed(item(1))
TWO = feed(item(2), item(1))
PAGE = answer(
    b"<!DOCTYPE html><html><head><title>Sorry</title></head><body>Later</body></html>",
    "Content-Type: text/html",
)
