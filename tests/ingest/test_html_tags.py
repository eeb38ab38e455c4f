from __future__ import annotations

import pytest

from ingest.formats.html_tags import decode_page, each_tag
from tests.cost import measured

NAMES = frozenset({"a", "base", "link"})

PAGES = {
    "attributes in each of their spellings": (
        "<A HREF='/one' Title=two rel = \"three\" hidden>",
        {"href": "/one", "title": "two", "rel": "three", "hidden": ""},
    ),
    "entities stand for letters": (
        "<a href='/?a=1&amp;b=2' title='&Eacute;lan'>",
        {"href": "/?a=1&b=2", "title": "Élan"},
    ),
    "the first of two equal attributes counts": (
        "<a href=/first href=/second>",
        {"href": "/first"},
    ),
    "a line break separates as a space does": ("<a\nhref=/one\t>", {"href": "/one"}),
    "a slash at the end is none of the value": (
        "<link href='/one'/>",
        {"href": "/one"},
    ),
}


@pytest.mark.parametrize(("page", "attributes"), PAGES.values(), ids=PAGES.keys())
def test_attributes_are_read(page: str, attributes: dict[str, str]) -> None:
    (tag,) = each_tag(page, NAMES)

    assert tag.attributes == attributes


NO_TAGS = {
    "in a comment": "<!-- <a href=/x> -->",
    "in a comment that never ends": "<!-- <a href=/x>",
    "in a script": "<script>'<a href=/x>'</script>",
    "in a script that never ends": "<SCRIPT>'<a href=/x>'",
    "in a text field": "<textarea><a href=/x></textarea>",
    "of another name": "<abbr href=/x><article href=/y>",
    "that never ends": "<a href=/x",
    "with a quote that never ends": "<a href='/x>",
}


@pytest.mark.parametrize("page", NO_TAGS.values(), ids=NO_TAGS.keys())
def test_what_is_no_tag_gives_none(page: str) -> None:
    assert list(each_tag(page, NAMES)) == []


def test_tags_behind_a_comment_and_a_script_are_read() -> None:
    page = "<!-- <a> --><script>var a;</script><a href=/x>"

    assert [tag.name for tag in each_tag(page, NAMES)] == ["a"]


def test_the_text_of_a_link_is_on_one_line() -> None:
    (tag,) = each_tag("<a href=/x>\n  Notre\n flux &amp; plus <b>RSS</b></a>", NAMES)

    assert tag.text == "Notre flux & plus"


CHARSETS = {
    "the page's own declaration": (
        "<meta charset=windows-1256><a>الأخبار".encode("windows-1256"),
        "text/html",
    ),
    "the older declaration": (
        b"<meta http-equiv=Content-Type content='text/html; charset=windows-1256'>"
        + "<a>الأخبار".encode("windows-1256"),
        None,
    ),
    "the header counts over the page": (
        "<meta charset=iso-8859-1><a>الأخبار".encode("windows-1256"),
        "text/html; charset=windows-1256",
    ),
    "UTF-8 without a word": ("<a>الأخبار".encode(), None),
}


@pytest.mark.parametrize(("body", "content_type"), CHARSETS.values(), ids=CHARSETS)
def test_a_page_is_read_in_its_charset(body: bytes, content_type: str | None) -> None:
    page = decode_page(body, content_type=content_type)

    assert page.endswith("<a>الأخبار")


HOSTILE = {
    "nested deep": "<div>" * 200_000,
    "comments that never end": "<!--" * 200_000,
    "scripts that never end": "<script>" * 100_000,
    "quotes that never end": '<a "' * 200_000,
    "fifty thousand attributes": "<a " + "b=1 " * 50_000 + ">",
    "spaces and no end": "<a" + " " * 900_000,
    "one hundred thousand links": "<a href=/x>" * 100_000,
}


@pytest.mark.parametrize("page", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_page_is_read_in_a_second(page: str) -> None:
    with measured() as cost:
        list(each_tag(page, NAMES))

    assert cost.seconds < 1
