"""The second gate for HTML, at output: what passes is inert whatever was stored.

The adapter of nh3 on this side of the store. Its list is narrower than what ingest
lets in may ever become, so a loosened rule there cannot make a feed dangerous.
"""

from __future__ import annotations

import nh3

from publish.formats.text import legal_text

_TAGS = {
    *("a", "abbr", "b", "blockquote", "br", "caption", "cite", "code", "dd", "del"),
    *("dl", "dt", "em", "figcaption", "figure", "h1", "h2", "h3", "h4", "h5", "h6"),
    *("hr", "i", "ins", "li", "ol", "p", "pre", "q", "s", "small", "span", "strong"),
    *("article", "aside", "center", "div", "footer", "header", "main", "section"),
    *("sub", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "u", "ul"),
}
_IMAGE = {"img"}
_ATTRIBUTES = {
    "*": {"dir", "lang", "title"},
    "a": {"href", "hreflang"},
    "img": {"alt", "height", "src", "width"},
    "ol": {"start"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
}
_DROPPED_WITH_THEIR_TEXT = {
    *("iframe", "math", "noscript", "object", "script", "style", "svg", "template"),
    *("textarea", "title"),
}


def _build_cleaner(tags: set[str]) -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=tags,
        clean_content_tags=_DROPPED_WITH_THEIR_TEXT,
        attributes=_ATTRIBUTES,
        url_schemes={"http", "https"},
        url_relative="deny",
    )


_FOR_READERS = _build_cleaner(_TAGS | _IMAGE)
_FOR_PAGES = _build_cleaner(_TAGS)


def safe_html(value: str) -> str:
    """HTML for a feed reader: text, links and pictures with absolute addresses."""
    return _clean(value, _FOR_READERS)


def safe_html_without_images(value: str) -> str:
    """HTML for our own pages, which make no visitor's browser call on a publisher."""
    return _clean(value, _FOR_PAGES)


def _clean(value: str, cleaner: nh3.Cleaner) -> str:
    # Twice: dropping an element can leave <p> in <p>, which only a new parse mends.
    return legal_text(cleaner.clean(cleaner.clean(legal_text(value)))).strip()
