from __future__ import annotations

import pytest

from ingest.formats.whole_xml import Whole, whole_xml

ATOM = "http://www.w3.org/2005/Atom"
WHOLE = {
    "a document": ("<rss><channel/></rss>", "<rss><channel/></rss>"),
    "what stands before and behind a document": (
        "<?xml version='1.1'?><!-- <b> --><!DOCTYPE rss><rss>a</rss ><s>b</s>",
        "<rss>a</rss>",
    ),
    "a channel that ends alone": (
        "<rss><channel><item></item></channel> ",
        "<rss><channel><item></item></channel></rss>",
    ),
    "an empty channel": ("<rss><channel></channel>", "<rss><channel></channel></rss>"),
    "prefixes of custom": (
        "<rss a:b='c'><DC:x/><d d:e='f' atom:g='h'/><foo:i>j</foo:i></rss>",
        "<rss a:b='c' xmlns:DC=\"http://purl.org/dc/elements/1.1/\""
        f' xmlns:a="urn:prefix:a" xmlns:atom="{ATOM}" xmlns:d="urn:prefix:d"'
        " xmlns:foo=\"urn:prefix:foo\"><DC:x/><d d:e='f' atom:g='h'/>"
        "<foo:i>j</foo:i></rss>",
    ),
    "prefixes that are declared": (
        "<a:feed xmlns:a='b' xml:lang='fr'><a:entry xmlns:c='d'/></a:feed>",
        "<a:feed xmlns:a='b' xml:lang='fr'><a:entry xmlns:c='d'/></a:feed>",
    ),
}


@pytest.mark.parametrize(("text", "whole"), WHOLE.values(), ids=WHOLE.keys())
def test_a_document_is_whole(text: str, whole: str) -> None:
    assert whole_xml(text) == Whole(whole, is_cut=False)


CUT = {
    "RSS": (
        "<rss><channel><item></item><item>a",
        "<rss><channel><item></item></channel></rss>",
    ),
    "Atom that is cut behind an element with a like name": (
        "<feed><entry></entry><feedburner:a></feedburner:a>",
        '<feed xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0"><entry>'
        "</entry></feed>",
    ),
    "Atom": ("<feed><entry></entry><ent", "<feed><entry></entry></feed>"),
    "Atom with a prefix": (
        "<a:feed xmlns:a='b'><a:entry></a:entry><a:",
        "<a:feed xmlns:a='b'><a:entry></a:entry></a:feed>",
    ),
    "RSS 1.0": (
        "<RDF><channel></channel><item></item><item>",
        "<RDF><channel></channel><item></item></RDF>",
    ),
}


@pytest.mark.parametrize(("text", "whole"), CUT.values(), ids=CUT.keys())
def test_a_document_that_is_cut_ends_behind_its_last_whole_entry(
    text: str, whole: str
) -> None:
    assert whole_xml(text) == Whole(whole, is_cut=True)


UNKNOWN = {
    "nothing": "",
    "a page": "<html></html>",
    "a root in a text": "a <rss></rss>",
    "an empty root": "<rss/>",
    "a document with declarations": "<!DOCTYPE rss [<!ELEMENT rss ANY>]><rss></rss>",
    "the beginning of its first entry": "<rss><channel><item>",
    "an end that an article speaks of": "<feed><entry><![CDATA[</entry>",
    "the beginning of RSS 1.0": "<rdf:RDF><channel></channel>",
}


@pytest.mark.parametrize("text", UNKNOWN.values(), ids=UNKNOWN.keys())
def test_what_cannot_be_told_is_left_as_it_is(text: str) -> None:
    assert whole_xml(text) == Whole(text)
