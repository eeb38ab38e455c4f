"""What HTML passes at output, whatever was stored."""

from __future__ import annotations

import pytest

from publish.formats.safe_html import safe_html, safe_html_without_images

HARMLESS = {
    "paragraphs and emphasis": "<p>One <b>two</b> <em>three</em></p>",
    "lists": "<ul><li>a</li></ul>",
    "tables": "<table><tbody><tr><td>b</td></tr></tbody></table>",
    "a picture": '<img src="https://paper.example/a.jpg" alt="A camp">',
    "Arabic with its direction": '<p dir="rtl" lang="ar">الصحراء الغربية</p>',
}
INERT = {
    "scripts": ("<script>alert(1)</script>a", "a"),
    "handlers": ("<p onclick='alert(1)'>a</p>", "<p>a</p>"),
    "handlers of pictures": ("<img src=x onerror=alert(1)>", "<img>"),
    "javascript links": (
        "<a href='javascript:alert(1)'>a</a>",
        '<a rel="noopener noreferrer">a</a>',
    ),
    "disguised javascript links": (
        "<a href='jav&#x09;ascript:alert(1)'>a</a>",
        '<a rel="noopener noreferrer">a</a>',
    ),
    "data links": (
        "<a href='data:text/html,a'>a</a>",
        '<a rel="noopener noreferrer">a</a>',
    ),
    "relative links": ("<a href='/a'>a</a>", '<a rel="noopener noreferrer">a</a>'),
    "links that inherit the scheme": (
        "<a href='//evil.example/'>a</a>",
        '<a rel="noopener noreferrer">a</a>',
    ),
    "styles": ("<p style='position:fixed'>a</p><style>p{}</style>", "<p>a</p>"),
    "frames": ("<iframe src='https://evil.example/'>a</iframe>b", "b"),
    "forms": ("<form action='https://evil.example/'><input>a</form>", "a"),
    "drawings": ("<svg><script>alert(1)</script></svg>a", "a"),
    "several sources of a picture": (
        "<img src='https://a.example/a.jpg' srcset='javascript:alert(1)'>",
        '<img src="https://a.example/a.jpg">',
    ),
    "comments": ("a<!-- [if IE]><script>b</script><![endif] -->", "a"),
    "classes and ids": ("<p class='a' id='b'>c</p>", "<p>c</p>"),
    "what breaks XML": ("<p>a\x00\ud800</p>", "<p>a</p>"),
    "tags left open": ("<p>a<b>b", "<p>a<b>b</b></p>"),
    "paragraphs that an element held apart": (
        "<p><button><p>a</p></button></p>",
        "<p></p><p>a</p><p></p>",
    ),
}


@pytest.mark.parametrize("html", HARMLESS.values(), ids=HARMLESS)
def test_harmless_html_passes(html: str) -> None:
    assert safe_html(html) == html


@pytest.mark.parametrize(("html", "expected"), INERT.values(), ids=INERT)
def test_everything_else_is_made_inert(html: str, expected: str) -> None:
    assert safe_html(html) == expected


def test_our_pages_show_no_pictures_of_others() -> None:
    html = '<p>a<img src="https://paper.example/a.jpg">b</p>'

    assert safe_html_without_images(html) == "<p>ab</p>"
