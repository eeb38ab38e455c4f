from __future__ import annotations

import pytest

from ingest.formats.mended_xml import (
    DEEPEST_NESTING,
    MOST_ATTRIBUTES,
    MOST_CATEGORIES,
    mended_xml,
)
from ingest.formats.raw import NotAFeedError

MENDED = {
    "a mistyped end tag": (
        "<item><title>A</titel><link>b</link></item>",
        "<item><title>A</title><link>b</link></item>",
    ),
    "an end tag of another element": (
        "<feed><title><div><p>A</p></div></subtitle></feed>",
        "<feed><title><div><p>A</p></div></title></feed>",
    ),
    "an end tag without its prefix": (
        "<dc:title>A</title></item>",
        "<dc:title>A</dc:title></item>",
    ),
    "markup in a name": (
        "<author><b>A</b> B</author>",
        "<author>&lt;b>A&lt;/b> B</author>",
    ),
    "an ampersand": (
        "<a b='c&d=1'>R&D &x; & &#x</a>&",
        "<a b='c&amp;d=1'>R&amp;D &amp;x; &amp; &amp;#x</a>&amp;",
    ),
    "an angle that begins no tag": (
        "<a>1 < 2, 3 <4 << <== <</a><",
        "<a>1 &lt; 2, 3 &lt;4 &lt;&lt; &lt;== &lt;</a>&lt;",
    ),
    "a reference with a capital": (
        "<a b='&#X41;'>&#Xe9;</a>",
        "<a b='&#x41;'>&#xe9;</a>",
    ),
    "an entity of HTML": (
        "<a>&eacute;&NotEqualTilde;&AMP;</a>",
        "<a>&#233;&#8770;&#824;&#38;</a>",
    ),
    "default attributes": (
        "<!DOCTYPE a [<!ELEMENT a ANY><!ATTLIST a b CDATA '>'>]><a/>",
        "<!DOCTYPE a [<!ELEMENT a ANY>]><a/>",
    ),
    "a prefix that nothing declares": (
        "<rss><rss:channel><rss:title/></rss:channel></rss>",
        "<rss><channel><title/></channel></rss>",
    ),
}


@pytest.mark.parametrize(("text", "mended"), MENDED.values(), ids=MENDED.keys())
def test_what_is_put_right(text: str, mended: str) -> None:
    assert mended_xml(text) == mended


LEFT = {
    "a prefix that is declared": "<rss xmlns:rss='x'><rss:title>A</rss:title></rss>",
    "markup that was never closed": "<description>A<br>B<p>C</description><b/>",
    "markup that was never opened": "<title>A</b></p></title>",
    "an unknown end tag within a text": "<title>A</x> and B</title>",
    "an end tag where nothing is open": "</item> <title>A</title>",
    "a tag in a comment": "<title><!-- </x> <b a='> --></title>",
    "a tag in a CDATA section": "<author><![CDATA[<b></c>]]></author>",
    "default attributes in a CDATA section": "<![CDATA[<!ATTLIST a b CDATA 'c'>]]>",
    "a comment without an end": "<title>A<!-- </x> <b>",
    "a tag without an end": "<title>A</title <item",
    "brackets in quotes": "<a b='>' c=\"'>\">x</a>",
    "a name without an end": "<" + "a" * 300_000,  # minutes, were it read again
    "text alone": "a > b",
    "references": "&amp;&lt;&gt;&quot;&apos;&#39;&#xA0;",
    "an ampersand in a CDATA section or a comment": "<![CDATA[&b]]><!--&c-->",
    "nothing": "",
}


@pytest.mark.parametrize("text", LEFT.values(), ids=LEFT.keys())
def test_what_is_left_as_it_is(text: str) -> None:
    assert mended_xml(text) == text


def attributes(count: int) -> str:
    return " ".join(f"a{n} = '>b=\"{n}\"'" for n in range(count))


def categories(count: int) -> str:
    return "<category>a</category>" * count


WITHIN_BOUNDS = {
    "as many attributes as may be": f"<x {attributes(MOST_ATTRIBUTES)}>",
    "signs of equality in a value": f"<x a='{'=' * 9_999}'>",
    "as many levels as may be": "<x>" * DEEPEST_NESTING,
    "elements side by side": "<x></x><x/>" * DEEPEST_NESTING,
    "entries that nobody closed": "<item><title>" * (DEEPEST_NESTING + 9),
    "as many categories as may be": f"<item>{categories(MOST_CATEGORIES)}</item>",
    "categories of many entries": f"<item>{categories(MOST_CATEGORIES)}</item>" * 2,
    "an article about entities": "<x><![CDATA[<!ENTITY b 'c'>]]><!-- <!ENTITY --></x>",
    "a list of keywords": f"<itunes:keywords>{'a,' * MOST_CATEGORIES}"[:-9],
    "commas of a text": f"<title>{',' * 9_999}</title>",
}


@pytest.mark.parametrize("text", WITHIN_BOUNDS.values(), ids=WITHIN_BOUNDS.keys())
def test_what_is_within_bounds(text: str) -> None:
    assert mended_xml(text) == text


EXCESSIVE = {
    "attributes": (f"<x {attributes(MOST_ATTRIBUTES + 1)}>", "attributes"),
    "attributes of an empty element": (
        f"<x {attributes(MOST_ATTRIBUTES + 1)}/>",
        "attributes",
    ),
    "attributes without a value": (f"<x{' a' * (MOST_ATTRIBUTES + 1)}>", "attributes"),
    "attributes without quotes": (f"<x{' a=b' * (MOST_ATTRIBUTES + 1)}>", "attributes"),
    "attributes of an element with a name in Arabic": (
        f"<نص {attributes(MOST_ATTRIBUTES + 1)}>",
        "attributes",
    ),
    "attributes of an element with a name of signs": (
        f"<:\u200c {attributes(MOST_ATTRIBUTES + 1)}>",
        "attributes",
    ),
    "entities declared in a text": ("<x>a<!entity b 'c'>", "entities"),
    "entities declared between elements": ("<x><y/><!ENTITY b 'c'><y/>", "entities"),
    "levels": ("<x>" * (DEEPEST_NESTING + 1), "nest"),
    "categories": (f"<item>{categories(MOST_CATEGORIES + 1)}", "categories"),
    "subjects": (f"<entry>{'<dc:subject/>' * (MOST_CATEGORIES + 1)}", "categories"),
    "keywords": (f"<media:keywords>{',' * (MOST_CATEGORIES + 1)}</x>", "categories"),
    "keywords in a CDATA section": (
        f"<keywords><![CDATA[{',' * (MOST_CATEGORIES + 1)}]]></keywords>",
        "categories",
    ),
}


@pytest.mark.parametrize(("text", "what"), EXCESSIVE.values(), ids=EXCESSIVE.keys())
def test_an_excess_is_named(text: str, what: str) -> None:
    with pytest.raises(NotAFeedError, match=f"{what}.*which no feed needs"):
        mended_xml(text)
