from __future__ import annotations

import re

import pytest
from selectolax.lexbor import LexborHTMLParser

from ingest.formats import tame_html as tame
from ingest.formats.tame_html import tame_html
from tests.cost import measured

WRITTEN = {
    "well-formed HTML stays": (
        '<div class="a"><p>x <b>y</b></p></div>',
        '<div class="a"><p>x <b>y</b></p></div>',
    ),
    "what is open at the end is closed": ("<div><p>x", "<div><p>x</p></div>"),
    "a paragraph ends where a block begins": (
        "<p>x<div>y</div>",
        "<p>x</p><div>y</div>",
    ),
    "formatting ends with its paragraph": (
        "<p><b>x<p>y",
        "<p><b>x</b></p><p>y</p>",
    ),
    "an item ends where the next begins": (
        "<ul><li>x<li>y</ul>",
        "<ul><li>x</li><li>y</li></ul>",
    ),
    "a list in an item is no next item": (
        "<ul><li><ul><li>x</ul><li>y</ul>",
        "<ul><li><ul><li>x</li></ul></li><li>y</li></ul>",
    ),
    "cells and rows end each other": (
        "<table><tr><td>1<th>2<tr><td>3<tbody><tr><td>4</table>",
        "<table><tr><td>1</td><th>2</th></tr><tr><td>3</td></tr>"
        "<tbody><tr><td>4</td></tr></tbody></table>",
    ),
    "an end tag closes what is open inside": (
        "<div><span>x</div>y",
        "<div><span>x</span></div>y",
    ),
    "the end of an inline element stops at a block": (
        "<span><div>x</span></div>",
        "<span><div>x</div></span>",
    ),
    "the end of a block stops at a cell": (
        "<div><table><tr><td>x</div></table>",
        "<div><table><tr><td>x</td></tr></table></div>",
    ),
    "the end of a row stops at its table": (
        "<table><tr><td><table></tr></table>",
        "<table><tr><td><table></table></td></tr></table>",
    ),
    "an end without a beginning is nothing": ("x</div></p>y", "xy"),
    "void elements have no end": ("a<br>b<img src=c>", 'a<br>b<img src="c">'),
    "the page's own elements come once": (
        "<html lang=fr><html a><body><body b>x",
        '<html lang="fr"><body>x</body></html>',
    ),
    "frames are no page": ("<frameset><frame src=x></frameset>y", "y"),
    "names in capitals are the same": (
        "<DIV CLASS=A>x</Div>",
        '<div class="A">x</div>',
    ),
    "a name that is none is left out": ("<a&b>x", "x"),
    "attributes in every notation": (
        """<a href=x title='a "b"' data-x = "1" hidden>""",
        '<a href="x" title="a &quot;b&quot;" data-x="1" hidden=""></a>',
    ),
    "an attribute given twice counts once": ("<i a=1 A=2>", '<i a="1"></i>'),
    "an attribute whose name is none goes": ('<i a"b <=1 c=2>', '<i c="2"></i>'),
    "a slash ends nothing": ("<div/>x", "<div>x</div>"),
    "a stray sign is text": ("1 < 2 <3 & 4", "1 &lt; 2 &lt;3 & 4"),
    "comments and instructions go": ("a<!-- <b> -->b<?php ?>c<!doctype html>d", "abcd"),
    "what is no end tag is a comment": ("a</ b>c", "ac"),
    "scripts go with their text": (
        "a<script>'<p>'</script>b<style>x</style>c<svg><path/></svg>d",
        "abcd",
    ),
    "an element that begins as a script does is none": (
        "<script-x>a</script-x>",
        "<script-x>a</script-x>",
    ),
    "an open comment reaches to the end": ("a<!-- b <p>", "a"),
    "an open script reaches to the end": ("a<script>b", "a"),
    "a tag that the end cuts is none": ('a<a href="http', "a"),
    "zero bytes go": ('a\0b<i a="\0">', 'ab<i a=""></i>'),
    "an attribute of data goes": (f"<i a={'x' * 5000} b=1>", '<i b="1"></i>'),
}


@pytest.mark.parametrize(("page", "tamed"), WRITTEN.values(), ids=WRITTEN.keys())
def test_a_page_is_written_anew(page: str, tamed: str) -> None:
    assert tame_html(page) == tamed


def test_what_is_too_deep_keeps_its_text() -> None:
    tamed = tame_html("<div>" * 1_000 + "text" + "</div>" * 1_000)

    assert tamed.count("<div>") == tame.DEEPEST
    assert tamed.count("</div>") == tame.DEEPEST
    assert "text" in tamed


def test_formatting_is_nested_eight_deep_at_most() -> None:
    tamed = tame_html("".join(f"<b id={number}>" for number in range(100)) + "x")

    assert tamed.count("<b ") == 8


def test_elements_beyond_the_bound_are_not_read() -> None:
    tamed = tame_html("<br>" * (tame.MOST_ELEMENTS + 1))

    assert tamed.count("<br>") == tame.MOST_ELEMENTS


def test_attributes_beyond_the_bound_are_not_read() -> None:
    tamed = tame_html("<i " + " ".join(f"a{number}" for number in range(1000)) + ">")

    assert len(re.findall(r"a\d+=", tamed)) == 64


def test_a_page_is_read_to_two_million_characters() -> None:
    assert len(tame_html("x" * 3_000_000)) == tame.LONGEST_PAGE


HOSTILE = {
    "nested blocks": "<div>" * 200_000,
    "nested spans": "<span>" * 160_000,
    "formatting without end": "<p>"
    + "".join(f"<b id={number}>" for number in range(300))
    + "</p><p>x" * 100_000,
    "one tag of attributes": "<a " + " ".join(f"b{n}" for n in range(150_000)) + ">x",
    "pages within pages": "".join(f"<html a{number}>" for number in range(80_000)),
    "siblings": "<p>" * 330_000,
    "open quotes": '<a b="' * 160_000,
    "open comments": "<!--" * 250_000,
    "open scripts": "<script " * 120_000,
    "open tags": "<a " * 330_000,
    "stray signs": "<" * 1_000_000,
    "equals signs": "<a " + "=" * 1_000_000,
    "ends without beginnings": "<div>" * 190 + "</p>" * 200_000,
    "tables in tables": "<table><td>" * 90_000,
    "tables with stray text": "<b><i><u><s><table>x<tr>x</table>" * 30_000,
}
_SECONDS = 5  # about ten times what a busy machine needs


@pytest.mark.parametrize("page", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_page_is_a_tree_in_bounded_time(page: str) -> None:
    with measured() as cost:
        tree = LexborHTMLParser(tame_html(page))
        found = tree.css("p:nth-child(2), div:has(span), b ~ b")

    assert cost.seconds < _SECONDS
    assert len(found) <= tame.MOST_ELEMENTS
