from __future__ import annotations

import pytest

from ingest.formats.xml_text import declares_entities, writable_xml

WRITABLE = {
    "letters of all planes stay": ("<a>é مالي 👍</a>", "<a>é مالي 👍</a>"),
    "line ends and tabs stay": ("<a>\t\r\n</a>", "<a>\t\r\n</a>"),
    "control characters go": ("<a>\0\x01\x1b\x0b</a>", "<a></a>"),
    "lone surrogates go": ("<a>\ud800</a>", "<a></a>"),
    "noncharacters go": ("<a>\ufffe\uffff</a>", "<a></a>"),
    "nothing stands before the document": ("\ufeff\n <a/>", "<a/>"),
    "references to letters stay": (
        "&#233;&#xE9;&#x1F44D;&#1114111;",
        "&#233;&#xE9;&#x1F44D;&#1114111;",
    ),
    "references to no character go": (
        "a&#0;b&#xD800;c&#x0000D800;d&#55296;e&#xFFFF;f&#1;g",
        "abcdefg",
    ),
    "references beyond Unicode go": (f"a&#x110000;b&#{'9' * 5000};c", "abc"),
    "references without an end are judged as well": ("&#xD800<&#233 ", "<&#233 "),
    "other entities stay": ("&amp;&nbsp;&#x;&#", "&amp;&nbsp;&#x;&#"),
}


STARTS = {
    "words": ("Notice: x <?xml version='1.0'?><rss/>", "<?xml version='1.0'?><rss/>"),
    "a warning in HTML": ("<br />\n<b>Warning</b><rss/>", "<rss/>"),
    "a page": ("<HTML><body><rdf:RDF></rdf:RDF>", "<rdf:RDF></rdf:RDF>"),
    "a page's document type": ("<!DOCTYPE html><!-- a --><feed>", "<feed>"),
    "a page without a feed": ("<html><body>feed</body>", "<html><body>feed</body>"),
    "a feed's own name": ("<channel><rss/>", "<channel><rss/>"),
    "a prologue": ("<!-- a --><?a b?><a><rss>", "<!-- a --><?a b?><a><rss>"),
}


@pytest.mark.parametrize(("text", "expected"), STARTS.values(), ids=STARTS.keys())
def test_what_stands_before_a_feed_goes(text: str, expected: str) -> None:
    assert writable_xml(text) == expected


@pytest.mark.parametrize(("text", "expected"), WRITABLE.values(), ids=WRITABLE.keys())
def test_what_xml_forbids_is_dropped(text: str, expected: str) -> None:
    assert writable_xml(text) == expected


DECLARATIONS = {
    "none": ("<rss/>", False),
    "a document type alone": (
        '<?xml version="1.0"?><!DOCTYPE rss SYSTEM "http://x.example/rss.dtd"><rss/>',
        False,
    ),
    "an entity": ("<!DOCTYPE r [<!ENTITY a 'b'>]><r/>", True),
    "an entity of parameters": ("<!DOCTYPE r [<!ENTITY % a SYSTEM 'b'>]><r/>", True),
    "an entity behind comments and instructions": (
        "<?xml version='1.0'?> <!-- <x> --><?a b?>\n<!DOCTYPE r [<!ENTITY a 'b'>]><r/>",
        True,
    ),
    "an entity behind what looks like an element": (
        "<!DOCTYPE r [<!ATTLIST r a CDATA '<x'><!ENTITY a 'b'>]><r/>",
        True,
    ),
    "an entity before the document type": ("<!ENTITY a><!DOCTYPE r []><r/>", True),
    "an entity behind words": ("x\n<!DOCTYPE r [\n<!ENTITY a 'b'>]><r/>", True),
    "an entity behind an empty tag": ("<>\n<!DOCTYPE r [\n<!ENTITY a 'b'>]><r/>", True),
    "an entity behind a letter that begins no tag of feedparser's": (
        "<é/>\n<!DOCTYPE r [\n<!ENTITY a 'b'>]><r/>",
        True,
    ),
    "an entity behind a comment that a removed type would end": (
        "<!--\n<!DOCTYPE r -->z --><!DOCTYPE r [<!-- <x --><!ENTITY a 'b'>]><r/>",
        True,
    ),
    "an entity behind a comment that only seems to end": (
        "<!--><r/>--><!DOCTYPE r [<!ENTITY a 'b'>]><r/>",
        True,
    ),
    "an entity behind an address that hides a tag": (
        "<!DOCTYPE r SYSTEM 'a><x b=' [<!ENTITY a 'b'>]><r/>",
        True,
    ),
    "an article about entities behind an old document type": (
        '<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN"\n'
        ' "http://my.netscape.com/publish/formats/rss-0.91.dtd"><!-- by hand -->\n'
        "<rss><![CDATA[<!ENTITY a 'b'>]]></rss>",
        False,
    ),
    "an article about entities": (
        "<rss><![CDATA[<!DOCTYPE r [<!ENTITY a 'b'>]>]]></rss>",
        False,
    ),
}


@pytest.mark.parametrize(
    ("text", "expected"), DECLARATIONS.values(), ids=DECLARATIONS.keys()
)
def test_declarations_of_entities(text: str, expected: bool) -> None:
    assert declares_entities(text) is expected


@pytest.mark.parametrize(
    "piece", ["<?", "<?x?>", "<!--", "<!-- -->", "<!DOCTYPE ", "'"]
)
def test_a_long_prologue_is_walked_through_once(piece: str) -> None:
    prologue = "<!DOCTYPE" + piece * 300_000  # years, were it walked through again

    assert not declares_entities(prologue)
    assert not declares_entities(piece * 300_000)
