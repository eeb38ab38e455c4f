"""Which format a document is in, told by its content and not its media type.

Servers send feeds as text/html and error pages as application/rss+xml.
"""

from __future__ import annotations

import re

from ingest.formats.feed import parse_feed
from ingest.formats.json_feed import parse_json_feed
from ingest.formats.raw import NotAFeedError, RawDocument

_LOOK_AHEAD = 4096
_MARKS = b"\xef\xbb\xbf\xfe\xff \t\r\n"  # byte order marks and white space
_PROLOGUE = re.compile(rb"\s*(?:<\?.*?\?>|<!--.*?-->|\s)*", re.DOTALL)
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body)[\s>]", re.IGNORECASE)
_SITEMAP = re.compile(rb"<(?:\w+:)?(?:urlset|sitemapindex)[\s>]")
# Seen: feeds under an HTML doctype, and behind the page a template puts round all.
_FEED = re.compile(rb"<(?:rss|rdf:rdf)[\s>]", re.IGNORECASE)
_BINARY = {
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"%PDF": "a PDF",
    b"PK\x03\x04": "an archive",
    b"\x1f\x8b": "compressed twice",
}


def parse_document(body: bytes, *, content_type: str | None) -> RawDocument:
    """What the document says, in whichever format it is.

    Raises:
        NotAFeedError: it is no feed; the message says what it is instead.
    """
    if is_json(body):
        return parse_json_feed(body)
    what = _what_else(body)
    if what is not None:
        raise NotAFeedError(f"it is {what}, not a feed")
    return parse_feed(body, content_type=content_type)


def is_json(body: bytes) -> bool:
    """Whether the document begins as one in JSON does."""
    return _start_of(body)[:1] in (b"{", b"[")


def _start_of(body: bytes) -> bytes:
    """The first letters of a text, whichever encoding puts zeros between them."""
    return body[:_LOOK_AHEAD].replace(b"\0", b"").lstrip(_MARKS)


def _what_else(body: bytes) -> str | None:
    """What a body is that cannot be a feed, in words; None where it may be one."""
    start = body[:_LOOK_AHEAD]
    if not start.strip(b"\0 \t\r\n"):
        return "an empty document"
    for sign, what in _BINARY.items():
        if start.startswith(sign):
            return what
    text = _start_of(body)
    prologue = _PROLOGUE.match(text)
    root_at = prologue.end() if prologue else 0
    if _HTML.match(text, root_at) and not _FEED.search(text):
        return "an HTML page"
    # Its articles are chosen by bounds that a feed has not.
    return "a sitemap (`kind: sitemap`)" if _SITEMAP.match(text, root_at) else None
