"""Our judge of feeds, judged: it finds what the W3C validator would report."""

from __future__ import annotations

import pytest

from tests.publish.validator_rules import find_document_faults, find_html_faults

HEAD = "<?xml version='1.0' encoding='UTF-8'?>\n"
FAULTS = {
    "a namespace that nobody knows": (
        '<rss version="2.0" xmlns:x="https://x.example/"><channel/></rss>',
        "UnknownNamespace",
    ),
    "a prefix of our own": (
        '<rss xmlns:m="http://search.yahoo.com/mrss/"><channel/></rss>',
        "NonstdPrefix",
    ),
    "an attribute that is none": ('<rss><channel kind="x"/></rss>', "UnexpectedAttr"),
    "a date before feeds": (
        "<rss><pubDate>Thu, 01 Jan 1970 00:00:00 +0000</pubDate></rss>",
        "ImplausibleDate",
    ),
    "a date to come": (
        '<feed xmlns="http://www.w3.org/2005/Atom">'
        "<updated>2999-01-01T00:00:00+00:00</updated></feed>",
        "ImplausibleDate",
    ),
    "a relation that nobody registered": (
        '<feed xmlns="http://www.w3.org/2005/Atom"><link rel="newer" href="x"/></feed>',
        "UnregisteredAtomLinkRel",
    ),
    "itself as a page": (
        '<feed xmlns="http://www.w3.org/2005/Atom">'
        '<link rel="self" type="text/html" href="x"/></feed>',
        "SelfNotAtom",
    ),
    "a language that is none": ('<rss xml:lang="-"/>', "InvalidLanguage"),
    "HTML in an item": (
        "<rss><item><description>&lt;p&gt;x</description></item></rss>",
        "NotHtml",
    ),
}
HTML_FAULTS = {
    "a script": ("<script>x</script>", "SecurityRisk"),
    "a handler": ('<p onclick="x">y</p>', "SecurityRiskAttr"),
    "a relative address": ('<a href="/x">y</a>', "ContainsRelRef"),
    "an element that stays open": ("<p><b>x</p>", "NotHtml"),
    "a paragraph in a paragraph": ("<p>a<p>b</p></p>", "NotHtml"),
    "an attribute twice": ('<a title="a" title="b">c</a>', "NotHtml"),
    "a comment": ("a<!-- b -->c", "NotHtml"),
    "an instruction": ("<?import x>", "SecurityRisk"),
}


@pytest.mark.parametrize(("document", "fault"), FAULTS.values(), ids=FAULTS)
def test_it_finds_in_a_document(document: str, fault: str) -> None:
    faults = find_document_faults((HEAD + document).encode())

    assert any(one.startswith(fault) for one in faults), faults


@pytest.mark.parametrize(("html", "fault"), HTML_FAULTS.values(), ids=HTML_FAULTS)
def test_it_finds_in_html(html: str, fault: str) -> None:
    faults = find_html_faults(html)

    assert any(one.startswith(fault) for one in faults), faults


def test_it_finds_nothing_where_nothing_is() -> None:
    assert find_html_faults('<p>a<br>b <a href="https://x.example/">c</a></p>') == []
