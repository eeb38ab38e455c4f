"""CSS selectors in the operator's file: what one is, and what it points at.

A selector is judged by the engine that will run it; running it over a page is
`ingest.formats.page`.
"""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser, SelectolaxError

LONGEST_SELECTOR = 300
"""Characters; what is longer was pasted by mistake."""

_WITH_ATTRIBUTE = re.compile(
    r"(?P<css>.*?)\s*@(?P<attribute>[a-z_][\w:.-]*)", re.ASCII | re.IGNORECASE
)


def split_selector(selector: str) -> tuple[str, str | None]:
    """The CSS of `selector@attribute`, and its attribute; None without one.

    The CSS is "" where the attribute is the item's own, as in `@data-url`.
    """
    found = _WITH_ATTRIBUTE.fullmatch(selector)
    if found is None:
        return selector, None
    return found["css"], found["attribute"].lower()


def check_css(css: str) -> str:
    """The selector, if it is CSS.

    Raises:
        ValueError: it is not; the message says what would be.
    """
    try:
        LexborHTMLParser("").css(css)
    except (SelectolaxError, UnicodeEncodeError):
        raise ValueError(
            "this is no CSS selector; write one such as article, h2 > a or .news li"
        ) from None
    return css


def check_selector(selector: str) -> str:
    """The selector, if it is CSS with or without an attribute behind an @.

    Raises:
        ValueError: it is not; the message says what would be.
    """
    css, attribute = split_selector(selector)
    if css or attribute is None:
        check_css(css)
    return selector
