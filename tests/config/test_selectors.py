from __future__ import annotations

import pytest

from config.selectors import check_css, check_selector, split_selector

SPLIT = {
    "an element": ("h2 > a", ("h2 > a", None)),
    "an element's attribute": ("time@datetime", ("time", "datetime")),
    "an attribute in capitals": ("img@DATA-Src", ("img", "data-src")),
    "space before the sign": ("h2 a @href", ("h2 a", "href")),
    "the item's own attribute": ("@data-url", ("", "data-url")),
    "a sign inside a string": ('a[href*="x@y"]', ('a[href*="x@y"]', None)),
    "a sign inside a string and one behind": (
        'a[href*="x@y"]@title',
        ('a[href*="x@y"]', "title"),
    ),
    "nothing behind the sign": ("h2@", ("h2@", None)),
}


@pytest.mark.parametrize(("selector", "parts"), SPLIT.values(), ids=SPLIT.keys())
def test_a_selector_is_split(selector: str, parts: tuple[str, str | None]) -> None:
    assert split_selector(selector) == parts


@pytest.mark.parametrize(
    "selector",
    ["article", "ul.news > li:nth-child(2n+1)", "div:has(h2)", "a@href", "@data-url"],
)
def test_css_is_let_through(selector: str) -> None:
    assert check_selector(selector) == selector


@pytest.mark.parametrize(
    "selector", ["article >", "a[", "//div", "h2@", "@", " ", "a::text", "\ud800"]
)
def test_what_is_no_css_is_refused(selector: str) -> None:
    with pytest.raises(ValueError, match="no CSS selector"):
        check_selector(selector)


def test_an_attribute_is_no_css() -> None:
    with pytest.raises(ValueError, match="no CSS selector"):
        check_css("article@id")
