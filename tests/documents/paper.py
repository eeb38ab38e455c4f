"""What the publishers of the documents' examples serve."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from tests.end_to_end.service import rss

RAIN = (
    "After three dry years the rain came to the bend of the river on Tuesday night, "
    "and by the morning the market of the old port stood under water. Fishermen "
    "carried the rice of their neighbours to the school on the hill, where the classes "
    "of the week were put off until the roads are open and the bridge is looked at."
)


class Item(NamedTuple):
    """An item as a feed has it."""

    guid: str
    link: str
    title: str
    text: str


def feed(title: str, items: Sequence[Item]) -> bytes:
    """An RSS document of these items."""
    written = "".join(
        f"<item><title>{item.title}</title><guid isPermaLink='false'>{item.guid}</guid>"
        f"<link>{item.link}</link><description>{item.text}</description></item>"
        for item in items
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel>'
        f"<title>{title}</title><link>https://wire.example/</link>"
        f"<description>News</description>{written}</channel></rss>"
    ).encode()


SERVED = {
    "/feed": rss("My Paper", {"1": "Mali and the river", "2": "A road in Rabat"}),
    "/feed/evening": rss(
        "My Paper",
        {
            "3": "A port in Nouakchott",
            "1": "Mali, the river and the rain",
            "2": "A road in Rabat",
        },
    ),
    "/wire": feed(
        "The Wire",
        [
            Item(
                "w-8",
                "https://paper.example/2?utm_source=wire",
                "A road in Rabat",
                "As My Paper reports.",
            ),
            Item("w-7", "https://wire.example/7", "Rain at last", RAIN),
        ],
    ),
    "/review": feed(
        "The Review",
        [Item("r-1", "https://review.example/1", "The rain", f"MOPTI (Wire) - {RAIN}")],
    ),
    "/news": b"<!DOCTYPE html><html><body>"
    b"<article><h2><a href='/1'>A school opens</a></h2><p>By the river.</p></article>"
    b"<article><h2><a href='/2'>A road closes</a></h2><p>For a week.</p></article>"
    b"</body></html>",
}
"""Documents by their path; all publishers share one host."""
