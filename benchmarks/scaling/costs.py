"""What one piece of each kind of work takes, as measured: plain values."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitCosts:
    """Milliseconds of CPU of one piece of work, and bytes that it leaves.

    `fetch` is an exchange that ends in a 304. `read_document` is to parse a document
    and to know its entries again, `read_article` what each new entry takes more.
    `hold_unchanged`, `hold_document` and `hold_article` are how long the one writer is
    held by a poll without a document, by one with, and by each new article of it: by
    the clock on the wall, for others wait that long. `render` is to make a feed anew.
    """

    fetch: float
    read_document: float
    read_article: float
    hold_unchanged: float
    hold_document: float
    hold_article: float
    render: float
    serve_304: float
    serve_200: float
    article_bytes: float
    source_bytes: float
    feed_bytes: float
