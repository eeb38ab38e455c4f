from __future__ import annotations

import pytest

from ingest.formats.choose import parse_document
from ingest.formats.raw import NotAFeedError

OTHERS = {
    "nothing": (b"", "an empty document"),
    "blanks": (b" \r\n\t ", "an empty document"),
    "an HTML page": (b"<!DOCTYPE html><html></html>", "an HTML page"),
    "an HTML page after a comment": (
        b"<!-- cached -->\n<html lang='fr'><body>x</body></html>",
        "an HTML page",
    ),
    "an XHTML page": (b"<?xml version='1.0'?>\n<html xmlns='x'>", "an HTML page"),
    "a marked HTML page": (b"\xef\xbb\xbf<html>", "an HTML page"),
    "an HTML page in UTF-16": ("<html><p>é</p>".encode("utf-16"), "an HTML page"),
    "a feed in two packings": (b"\x1f\x8b\x08\x00", "compressed twice"),
    "JSON of another kind": (b' {"version": "1"}', "no JSON Feed"),
    "a picture": (b"\x89PNG\r\n\x1a\n", "a picture"),
    "a PDF": (b"%PDF-1.7", "a PDF"),
    "words": (b"Service unavailable", "no feed that can be read"),
    "another kind of XML": (b"<?xml version='1.0'?><opml/>", "no feed"),
    "a bomb of entities": (
        b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><rss/>',
        "XML entities",
    ),
    "a bomb of entities that only feedparser reads": (
        b'<>\n<!DOCTYPE x [\n<!ENTITY a "aaaa">\n]><rss><title>&a;&a;</title></rss>',
        "XML entities",
    ),
    "a bomb of entities in UTF-16": (
        '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "a">]><rss/>'.encode("utf-16"),
        "XML entities",
    ),
}


@pytest.mark.parametrize("case", OTHERS.values(), ids=OTHERS.keys())
def test_what_is_no_feed_is_named(case: tuple[bytes, str]) -> None:
    body, words = case

    with pytest.raises(NotAFeedError, match=words):
        parse_document(body, content_type="application/rss+xml")


@pytest.mark.parametrize("media_type", [None, "text/html", "text/plain; charset=utf-8"])
def test_a_feed_is_known_by_its_content(media_type: str | None) -> None:
    body = (
        b"<rss version='2.0'><channel><item><title>Here</title></item></channel></rss>"
    )

    document = parse_document(body, content_type=media_type)

    assert len(document.entries) == 1


ITEM = b"<item><title>Here</title></item>"
RSS = b"<rss version='2.0'><channel>%b</channel></rss>" % ITEM
WRAPPED = {
    "an HTML doctype": b"<!DOCTYPE html PUBLIC '-//W3C//DTD XHTML 1.0//EN' 'x'>%b"
    % RSS,
    "the page of a template": b"<html><body>%b</body></html>" % RSS,
    "another document": b"<?xml version='1.0'?><answer><ok/>%b</answer>" % RSS,
    "a warning": b"<br />\n<b>Warning</b>: include() in x.php<br />\n%b" % RSS,
    "two marks and a blank": b"\xef\xbb\xbf\xef\xbb\xbf \n<?xml version='1.0'?>%b"
    % RSS,
}


@pytest.mark.parametrize("body", WRAPPED.values(), ids=WRAPPED.keys())
def test_a_feed_is_found_behind(body: bytes) -> None:
    (entry,) = parse_document(body, content_type=None).entries

    assert entry.title
    assert entry.title.value == "Here"


BARE = {
    "items beside their channel": b"<rss><channel/>%b</rss>" % ITEM,
    "no channel": b"<rss version='2.0'>%b</rss>" % ITEM,
    "RDF without a namespace": b"<RDF><channel/>%b</RDF>" % ITEM,
    "a channel alone": b"<channel>%b</channel>" % ITEM,
}


@pytest.mark.parametrize("body", BARE.values(), ids=BARE.keys())
def test_an_item_is_found_in(body: bytes) -> None:
    (entry,) = parse_document(body, content_type=None).entries

    assert entry.title
    assert entry.title.value == "Here"


EMPTY = {
    "RSS 0.90": b"<?xml version='1.0'?><!-- a --><rdf:RDF xmlns:rdf='x'></rdf:RDF>",
    "CDF": b"<CHANNEL HREF='https://a.example/'></CHANNEL>",
    "RSS 2.0": b"<rss version='2.0'/>",
    "Atom 1.0": b"<feed xmlns='http://www.w3.org/2005/Atom'/>",
}


@pytest.mark.parametrize("body", EMPTY.values(), ids=EMPTY.keys())
def test_a_feed_may_be_empty(body: bytes) -> None:
    assert parse_document(body, content_type=None).entries == ()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_json_feed_is_known_by_its_content(encoding: str) -> None:
    text = '{"version": "https://jsonfeed.org/version/1", "items": [{"id": "1"}]}'

    document = parse_document(text.encode(encoding), content_type="text/plain")

    assert [entry.guid for entry in document.entries] == ["1"]
