import re

import pytest

from ingest.normalise.clean_html import (
    DEEPEST_NESTING,
    LONGEST_LINE,
    clean_html,
    html_to_text,
    paragraphs,
    plain_line,
)
from ingest.normalise.html_bounds import LONGEST_HTML, MOST_TAGS
from tests.cost import measured

BASE = "https://gazette.example/news/feed"

KEPT = {
    "plain text": ("Rabat", "Rabat"),
    "paragraphs and emphasis": (
        "<p>One <b>two</b> <em>three</em></p>",
        "<p>One <b>two</b> <em>three</em></p>",
    ),
    "divisions": ("<div>One</div><div>Two</div>", "<div>One</div><div>Two</div>"),
    "an absolute link": (
        '<a href="https://other.example/x?a=1&amp;b=2">x</a>',
        '<a href="https://other.example/x?a=1&amp;b=2">x</a>',
    ),
    "a relative link becomes absolute": (
        '<a href="../x">x</a>',
        '<a href="https://gazette.example/x">x</a>',
    ),
    "a link without a scheme becomes absolute": (
        '<a href="//other.example/x">x</a>',
        '<a href="https://other.example/x">x</a>',
    ),
    "a mail address": (
        '<a href="MailTo:a@b.example">x</a>',
        '<a href="mailto:a@b.example">x</a>',
    ),
    "a picture": (
        '<img src="a b.png" alt="A map" width="10" srcset="x 2x" loading="lazy">',
        '<img src="https://gazette.example/news/a%20b.png" alt="A map" width="10">',
    ),
    "the direction of Arabic": (
        '<p dir="rtl" lang="ar">مالي</p>',
        '<p dir="rtl" lang="ar">مالي</p>',
    ),
    "a picture that waits for a script": (
        '<img src="data:image/gif;base64,R0" data-src="/a.jpg" alt="A">',
        '<img alt="A" src="https://gazette.example/a.jpg">',
    ),
    "a film of a known host": (
        '<p>One <iframe src="//www.youtube.com/embed/a-b_1"></iframe> two</p>',
        '<p>One </p><p><a href="https://www.youtube.com/watch?v=a-b_1">▶ YouTube</a>'
        "</p> two",
    ),
    "a figure": (
        '<figure><img src="/a.jpg"><figcaption>A map</figcaption></figure>',
        '<figure><img src="https://gazette.example/a.jpg">'
        "<figcaption>A map</figcaption></figure>",
    ),
    "a table": (
        '<table><tr><td colspan="2">1</td></tr></table>',
        '<table><tbody><tr><td colspan="2">1</td></tr></tbody></table>',
    ),
    "a quotation and where it is from": (
        '<blockquote cite="/speech">One</blockquote>',
        '<blockquote cite="https://gazette.example/speech">One</blockquote>',
    ),
    "a telephone number": (
        '<a href="TEL:+212 5">x</a>',
        '<a href="tel:+212%205">x</a>',
    ),
    "quotation marks of French": ("<p>« à »</p>", "<p>« à »</p>"),
    "elements that were not closed": ("<p>One<p><b>Two", "<p>One</p><p><b>Two</b></p>"),
    "the text of a form": ("<form><p>One</p></form>", "<p>One</p>"),
    "the text of an unknown element": ("<o:p>One</o:p>", "One"),
    "blank lines of a preformatted text": (
        "<pre>\n\n\n a\n b</pre>",
        "<pre> a\n b</pre>",
    ),
    "a paragraph in a paragraph": (
        "<p><form><p>One</p></form></p>",
        "<p>One</p>",
    ),
}


@pytest.mark.parametrize(("html", "expected"), KEPT.values(), ids=KEPT.keys())
def test_what_readers_need_is_kept(html: str, expected: str) -> None:
    cleaned = clean_html(html, base_url=BASE)

    assert cleaned == expected
    assert clean_html(cleaned, base_url=BASE) == cleaned


GONE = {
    "a script": ("a<script>alert(1)</script>b", "ab"),
    "a script that was not closed": ("a<script>alert(1)", "a"),
    "a style": ("a<style>p{}</style>b", "ab"),
    "a drawing": ("a<svg><script>alert(1)</script><text>x</text></svg>b", "ab"),
    "a formula": ("a<math><mi>x</mi></math>b", "ab"),
    "a frame": ('a<iframe src="https://x.example">x</iframe>b', "ab"),
    "a frame that nobody closes": ('a<iframe src="http://x">b', "ab"),
    "an object that nobody closes": ('a<OBJECT classid="x">b<p>c</p>', "ab<p>c</p>"),
    "a frame that is not closed after one that is": (
        "a<iframe>x</iframe>b<iframe>c",
        "abc",
    ),
    "an object": ('a<object data="x"><param>x</object>b', "ab"),
    "a comment": ("a<!-- <b> -->b", "ab"),
    "a counting pixel": ('a<img src="https://x.example/p" width=1 height=1>b', "ab"),
    "a share bar": ('a<div class="x sharedaddy">Share <a href=/>x</a></div>b', "ab"),
    "paragraphs of nothing": (
        "<p>a</p><p>&nbsp;<br></p><div><p> </p></div>",
        "<p>a</p>",
    ),
    "the last words of a program": (
        '<p>a</p><p>The post <a href="/a">A</a> appeared first on <a>B</a>.</p>',
        "<p>a</p>",
    ),
    "a direction that is none": (
        '<p dir="x" lang="$" title="t">a</p>',
        '<p title="t">a</p>',
    ),
    "a width that is none": (
        '<img src="/a" width="x">',
        '<img src="https://gazette.example/a">',
    ),
    "an event handler": ('<b onclick="x()">a</b>', "<b>a</b>"),
    "a style attribute": (
        '<b style="position:fixed" class="x" id="y">a</b>',
        "<b>a</b>",
    ),
    "a script address": ('<a href="javascript:x()">a</a>', "<a>a</a>"),
    "a script address in disguise": (
        '<a href=" java&#10;scr&#9;ipt:x()">a</a>',
        "<a>a</a>",
    ),
    "a data address": ('<img src="data:image/svg+xml,x" alt="a">', '<img alt="a">'),
    "a link to a place in the page": ('<a href="#note">a</a>', "<a>a</a>"),
    "an empty link": ('<a href="">a</a>', "<a>a</a>"),
    "a link that no server can have": ('<a href="http://[x/">a</a>', "<a>a</a>"),
    "angle brackets in an attribute": (
        '<b title="</b><script>x">a</b>',
        '<b title="/bscriptx">a</b>',
    ),
    "control characters": ("<p>a\x00b&#1;c\x85</p>", "<p>abc</p>"),
    "half a surrogate": ("a\ud800b", "ab"),
    "noncharacters": ("a\ufffe\uffff\U0001ffffb", "ab"),
}


@pytest.mark.parametrize(("html", "expected"), GONE.values(), ids=GONE.keys())
def test_what_acts_or_breaks_is_gone(html: str, expected: str) -> None:
    assert clean_html(html, base_url=BASE) == expected


def test_relative_links_without_a_base_are_dropped() -> None:
    html = '<a href="/x">a</a><a href="https://other.example/">b</a>'

    cleaned = clean_html(html, base_url=None)

    assert cleaned == '<a>a</a><a href="https://other.example/">b</a>'


def test_what_is_nested_too_deeply_keeps_its_text() -> None:
    deep = "<div>" * (DEEPEST_NESTING + 1) + "One<br>&lt;two&gt;"

    assert clean_html(deep, base_url=BASE) == "<p>One</p><p>&lt;two&gt;</p>"


def test_nesting_within_the_bound_is_kept() -> None:
    html = "<div>" * DEEPEST_NESTING + "One<br>" + "</div>" * DEEPEST_NESTING

    assert clean_html(html, base_url=BASE) == html


def test_too_many_tags_keep_their_text() -> None:
    html = "<b>&eacute;</b>" * MOST_TAGS

    cleaned = clean_html(html, base_url=BASE)

    assert cleaned == "<p>é</p>" * MOST_TAGS


def test_tags_that_multiply_keep_their_text() -> None:
    html = "<p>" + "".join(f"<b lang=x{n}>" for n in range(90)) + "<p>x" * 200

    cleaned = clean_html(html, base_url=BASE)

    assert set(re.findall("<[^>]*>", cleaned)) == {"<p>", "</p>"}


HOSTILE = {
    "nothing but ampersands": "&" * 500_000,
    "references that are none": "&a" * 250_000,
    "nothing but angle brackets": "<" * 1_000_000,
    "a hundred thousand elements, none closed": "<div>" * 100_000,
    "as many elements as are read, none closed": "<div>" * MOST_TAGS,
    "lists in lists": "<ul><li>" * (MOST_TAGS // 2),
    "formatting taken up by every paragraph": (
        "".join(f"<b lang=x{n}>" for n in range(MOST_TAGS // 2))
        + "<p>x" * (MOST_TAGS // 2)
    ),
    "one attribute again and again": "<a " + "x=1 " * 200_000,
    "a hundred thousand attributes": "<a " + " ".join(f"x{n}" for n in range(100_000)),
    "attributes with brackets": (
        "<a " + " ".join(f'x{n}=">"' for n in range(100_000)) + ">x"
    ),
    "a picture with a hundred thousand candidates": (
        "<img srcset='" + "a.jpg 1x, " * 100_000 + "'>x"
    ),
    "lazy pictures": "<img src=/a data-src=/b>" * MOST_TAGS,
    "films in films": "<video>" * MOST_TAGS,
    "share bars in share bars": "<div class=sharedaddy>" * MOST_TAGS,
    "a file of three megabytes": f"<img src='data:image/png,{'A' * 3_000_000}'>x",
    "data that holds none": "data:" * 800_000,
    "last words of a program": "<p>The post x appeared first on y</p>" * 3_000,
    "beginnings of last words": "The post " * 50_000,
    "formatting of nothing": "<b> " * (MOST_TAGS // 2) + "</b>" * (MOST_TAGS // 2),
    "white space": " " * 1_000_000,
}


@pytest.mark.parametrize("html", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_text_takes_little_time_and_room(html: str) -> None:
    with measured() as cost:
        cleaned = clean_html(html, base_url=BASE)

    assert len(cleaned) <= LONGEST_HTML
    assert clean_html(cleaned, base_url=BASE) == cleaned
    assert cost.seconds < 2  # each takes less than half a second on an idle machine


def test_a_file_inside_a_text_does_not_cut_it() -> None:
    picture = f"<img src='data:image/png;base64,{'A' * LONGEST_HTML}'>"

    assert clean_html(f"<p>One{picture}</p><p>Two</p>", base_url=BASE).endswith(
        "<p>Two</p>"
    )


def test_a_text_of_endless_lines_is_cut_between_paragraphs() -> None:
    line = "<p>" + "&" * 30_000

    cleaned = clean_html(line * 4, base_url=BASE)

    assert cleaned == f"<p>{'&amp;' * 30_000}</p>" * 2


TEXTS = {
    "blocks are lines": (
        "<p>One</p><div>Two</div>Three<br>Four",
        "One\nTwo\nThree\nFour",
    ),
    "inline elements part nothing": ("<p>O<b>n</b>e</p>", "One"),
    "white space is collapsed": ("<p> One \n\t two </p>\n\n<p> </p>", "One two"),
    "entities are decoded": (
        "<p>R&eacute;d &amp; &lt;b&gt; &#8212;</p>",
        "Réd & <b> —",
    ),
    "a no-break space stays": ("<p>«&nbsp;à&nbsp;»</p>", "«\xa0à\xa0»"),
    "lists": ("<ul><li>One<li>Two</ul>", "One\nTwo"),
    "cells stand side by side": ("<table><tr><td>1</td><td>2</td></tr></table>", "1 2"),
    "a form parts": ("One<form>Two</form>Three", "One\nTwo\nThree"),
    "scripts are not read": ("One<script>x</script>", "One"),
    "attributes are not read": ('<p title="a > b">One</p>', "One"),
    "preformatted lines are joined": ("<pre>One\nTwo</pre>", "One Two"),
    "nothing": ("", ""),
}


@pytest.mark.parametrize(("html", "expected"), TEXTS.values(), ids=TEXTS.keys())
def test_html_as_text(html: str, expected: str) -> None:
    assert html_to_text(html) == expected


def test_plain_text_becomes_escaped_paragraphs() -> None:
    text = "One & <b>two</b>\n\n Three \r\nFour"

    assert paragraphs(text) == (
        "<p>One &amp; &lt;b&gt;two&lt;/b&gt;</p><p>Three</p><p>Four</p>"
    )


LINES = {
    "mark-up of a title": ("<b>Mali</b> &amp; Algérie", True, "Mali & Algérie"),
    "lines of a title": ("Mali<br>Algérie\n Tchad", True, "Mali Algérie Tchad"),
    "plain text keeps its signs": ("1 < 2 > 1 & 3", False, "1 < 2 > 1 & 3"),
    "a lone tag in plain text is no mark-up": ("Why <em>?", False, "Why <em>?"),
    "entities in plain text": ("L&#8217;Alg&eacute;rie", False, "L’Algérie"),
    "entities escaped twice": ("L&amp;#8217;Alg&amp;eacute;rie", True, "L’Algérie"),
    "mark-up escaped twice": ("&lt;em&gt;Mali&lt;/em&gt; today", True, "Mali today"),
    "a parameter is no entity": ("?a=1&copy=2", False, "?a=1&copy=2"),
    "control characters": ("Ma\x00li&#1;", True, "Mali"),
    "a control character in an entity": ("Ma&#x80;li&#3;", False, "Ma€li"),
    "accents apart from their letters": ("Alge\u0301rie", False, "Algérie"),
    "mark-up that acts, escaped": ("&lt;img src=x onerror=a()&gt;Mali", True, "Mali"),
    "mark-up that acts, in plain text": ("<script>Mali</script>", False, "Mali"),
    "white space around": ("\n Mali \t", False, "Mali"),
    "a script": ("<script>alert(1)</script>", True, ""),
    "nothing": ("", True, ""),
}


@pytest.mark.parametrize(
    ("value", "is_html", "expected"), LINES.values(), ids=LINES.keys()
)
def test_a_title_is_one_plain_line(value: str, is_html: bool, expected: str) -> None:
    assert plain_line(value, is_html=is_html) == expected


def test_an_endless_title_is_cut_behind_a_word() -> None:
    line = plain_line("word " * 1_000, is_html=False)

    assert len(line) <= LONGEST_LINE
    assert line.endswith("word…")
