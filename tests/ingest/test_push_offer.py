from __future__ import annotations

import json

import pytest

from ingest.push_offer import HubOffer, find_offer

URL = "https://paper.example/feed"
HUB, SELF = "https://hub.example/", "https://paper.example/self"
OFFER = HubOffer(hub=HUB, topic=SELF)
LINKS = f'<{HUB}>; rel="hub", <{SELF}>; rel="self"'
RSS = (
    '<rss xmlns:atom="http://www.w3.org/2005/Atom"><channel><link>https://x/</link>'
    f"<atom:link rel='hub' href='{HUB}'/><atom:link href=\"{SELF}\" rel=\"self\"/>"
    "<item><title>a</title></item></channel></rss>"
)
ATOM = (
    f'<feed xmlns="http://www.w3.org/2005/Atom"><link rel="self" href="{SELF}"/>'
    f'<link rel="hub" href="{HUB}"/><entry/></feed>'
)
HTML = (
    f'<html><head><LINK rel="hub" href="{HUB}"><link rel="self" href="{SELF}"></head>'
)
JSON = json.dumps(
    {
        "items": [],
        "feed_url": SELF,
        "hubs": [{"type": "rssCloud", "url": "x"}, {"type": "WebSub", "url": HUB}],
    }
)
OTHER = ATOM.replace("hub.example", "other.example")
OFFERS: dict[str, tuple[str, str, HubOffer | None]] = {
    "100: HTTP headers": (LINKS, "plain text", OFFER),
    "101: an HTML tag": ("", HTML, OFFER),
    "102: an Atom feed": ("", ATOM, OFFER),
    "103: an RSS feed": ("", RSS, OFFER),
    "104: headers before the document": (LINKS, OTHER, OFFER),
    "200: another address of its own": (LINKS, "", OFFER),
    "a JSON feed": ("", JSON, OFFER),
    "headers without quotes": (f"<{HUB}>;rel=hub,<{SELF}>;title=x;rel=self", "", OFFER),
    "one link of two relations": (
        f'<{HUB}>; rel="hub preconnect"',
        "",
        HubOffer(hub=HUB, topic=URL),
    ),
    "no address of its own": (
        f"<{HUB}>; rel=hub",
        "",
        HubOffer(hub=HUB, topic=URL),
    ),
    "the topic of the document with the hub of the headers": (
        f"<{HUB}>; rel=hub",
        OTHER,
        OFFER,
    ),
    "a relative hub": (
        '</hub>; rel="hub"',
        "",
        HubOffer(hub="https://paper.example/hub", topic=URL),
    ),
    "nothing": ("", "", None),
    "a link without relation": (f"<{HUB}>", "<link >", None),
    "a hub that is no web address": ("<javascript:alert(1)>; rel=hub", "", None),
    "a hub that is half an address": ("<http://[::1>; rel=hub", "", None),
    "a hub of ten thousand characters": (f"<{HUB}{'a' * 9999}>; rel=hub", "", None),
    "a hub in an entry": ("", f'<feed><entry><link rel="hub" href="{HUB}"/>', None),
    "JSON that is none": ("", "{", None),
    "a JSON object without hubs": ("", '{"hubs": {}, "feed_url": 1}', None),
    "hubs that are none": ("", '{"hubs": [1, {"type": "WebSub"}]}', None),
    "a JSON feed of more than a megabyte": ("", JSON + " " * 2**20, None),
}


@pytest.mark.parametrize(
    ("links", "document", "offer"), OFFERS.values(), ids=OFFERS.keys()
)
def test_offers(links: str, document: str, offer: HubOffer | None) -> None:
    assert find_offer(links, document.encode(), URL) == offer
