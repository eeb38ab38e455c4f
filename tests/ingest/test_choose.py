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
        b'&\n<!DOCTYPE x [\n<!ENTITY a "aaaa">\n]><rss><title>&a;&a;</title></rss>',
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


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_json_feed_is_known_by_its_content(encoding: str) -> None:
    text = '{"version": "https://jsonfeed.org/version/1", "items": [{"id": "1"}]}'

    document = parse_document(text.encode(encoding), content_type="text/plain")

    assert [entry.guid for entry in document.entries] == ["1"]
