"""The page of an article -> its text, and an entry with that text in place of its own.

The adapter of trafilatura. Whether a page is asked for, and may be, is not known here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import Enum
from urllib.parse import urlsplit

from ingest.entry import Entry
from ingest.formats.html_tags import decode_page, each_tag
from ingest.formats.tame_html import tame_html
from ingest.normalise.clean_html import clean_html, html_to_text, plain_line
from ingest.normalise.excerpt import excerpt
from ingest.normalise.links import absolute_link
from ingest.normalise.page_canonical import canonical_of_page
from ingest.registrable_domain import registrable_domain

_PAGE_TYPE = re.compile(
    r"\s*(?:text/html|application/xhtml\+xml)\s*(?:;|$)", re.IGNORECASE
)
_PAGE_START = re.compile(rb"<(?:!doctype\s+)?html\b", re.IGNORECASE)
_START_BYTES = 1_024
_SHORTEST = 100  # characters: what is less is a menu, or a notice
_HEADING = re.compile(r"<h[12]>(.{1,1000}?)</h[12]>\s*", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class FullText:
    """The text of a page: HTML that is inert with absolute links, and as plain text."""

    html: str
    text: str


class NoFullText(Enum):
    """Why a page's text does not take the place of the entry's own."""

    NOT_A_PAGE = "is no web page"
    NOTHING_FOUND = "shows no article"
    SHORTER = "says less than the feed"


def is_page(body: bytes, *, content_type: str | None) -> bool:
    """Whether the bytes are HTML: by the header, else by how they begin."""
    if content_type is not None and content_type.strip():
        return _PAGE_TYPE.match(content_type) is not None
    return _PAGE_START.search(body[:_START_BYTES]) is not None


def extract_full_text(
    body: bytes, *, content_type: str | None, url: str
) -> FullText | NoFullText:
    """The article of the page at the address: without menus, comments, neighbours."""
    if not is_page(body, content_type=content_type):
        return NoFullText.NOT_A_PAGE
    page = decode_page(body, content_type=content_type)
    html = clean_html(_extract(tame_html(page)), base_url=_base_of(page, url))
    text = html_to_text(html)
    if len(text) < _SHORTEST:
        return NoFullText.NOTHING_FOUND
    return FullText(html=html, text=text)


def with_full_text(entry: Entry, page: FullText) -> Entry | NoFullText:
    """The entry with the page's text; its own summary stays, where it has one.

    The page's heading goes where it is the entry's title. A page that says no more
    than the entry does is a teaser, or a wall.
    """
    html = _without_title(page.html, entry.title)
    text = html_to_text(html)
    if len(text) <= len(entry.text):
        return NoFullText.SHORTER
    return replace(
        entry, content_html=html, text=text, summary=entry.summary or excerpt(text)
    )


def with_page_url(
    entry: Entry, body: bytes, *, content_type: str | None, url: str
) -> Entry:
    """The entry with the address that its page at `url` declares for itself.

    Passed over where that is the entry's own, or on another site than its link: who
    links or redirects to another's article does not get to own it.
    """
    if entry.canonical_url is None or not is_page(body, content_type=content_type):
        return entry
    declared = canonical_of_page(decode_page(body, content_type=content_type), url)
    if declared is None or declared == entry.canonical_url:
        return entry
    is_own_site = _site_of(declared) == _site_of(entry.canonical_url)
    return replace(entry, page_url=declared) if is_own_site else entry


def _site_of(url: str) -> str:
    return registrable_domain(urlsplit(url).hostname or "")


def _base_of(page: str, url: str) -> str:
    """Where the relative addresses of the page start (HTML, 4.2.3)."""
    named = next(each_tag(page, frozenset({"base"})), None)
    return absolute_link(named.attributes.get("href", ""), url) or url if named else url


def _extract(page: str) -> str:
    # Imported when first used: a third of a second and 24 MB that only sources with
    # `full_text` pay for.
    from trafilatura.core import extract

    # Not told the page's address: it would resolve relative ones against the host.
    extracted = extract(
        page,
        output_format="html",
        include_comments=False,
        include_formatting=True,
        include_images=True,
        include_links=True,
    )
    return extracted or ""


def _without_title(html: str, title: str) -> str:
    heading = _HEADING.match(html)
    if heading is None:
        return html
    said = plain_line(heading[1], is_html=True).casefold()
    return html[heading.end() :] if said == title.casefold() else html
