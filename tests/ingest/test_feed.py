from __future__ import annotations

from datetime import timedelta

import pytest

from ingest.formats.feed import parse_feed
from ingest.formats.raw import NotAFeedError

ITEM = "<item><title>T</title><guid>1</guid>{}</item>"


def rss(item: str = "", channel: str = "") -> bytes:
    return (
        "<?xml version='1.0' encoding='utf-8'?><rss version='2.0' "
        "xmlns:media='http://search.yahoo.com/mrss/'><channel><title>C</title>"
        f"{channel}{ITEM.format(item)}</channel></rss>"
    ).encode()


TTLS = {
    "an hour": ("60", timedelta(hours=1)),
    "nothing": ("", None),
    "words": ("often", None),
    "less than nothing": ("-5", None),
    "digits of another script": ("٦٠", None),
    "a number beyond sense": ("9" * 30, None),
    "longer than a year": ("999999999", timedelta(days=366)),
}


@pytest.mark.parametrize("case", TTLS.values(), ids=TTLS.keys())
def test_ttl(case: tuple[str, timedelta | None]) -> None:
    written, expected = case

    document = parse_feed(rss(channel=f"<ttl>{written}</ttl>"), content_type=None)

    assert document.ttl == expected


def test_a_file_without_address_is_left_out() -> None:
    document = parse_feed(
        rss("<enclosure length='many' type='x/y'/>"), content_type=None
    )

    assert document.entries[0].enclosures == ()


def test_a_length_that_is_no_number_is_unknown() -> None:
    document = parse_feed(
        rss("<enclosure url='https://a.example/1.mp3' length='many'/>"),
        content_type=None,
    )

    (file,) = document.entries[0].enclosures
    assert file.length is None


def test_a_file_counts_once() -> None:
    file = "<media:content url='https://a.example/1.jpg'/>"

    document = parse_feed(rss(file + file), content_type=None)

    assert [one.url for one in document.entries[0].enclosures] == [
        "https://a.example/1.jpg"
    ]


def test_a_category_counts_once() -> None:
    document = parse_feed(
        rss("<category>Oil</category><category>Oil</category><category> </category>"),
        content_type=None,
    )

    assert document.entries[0].categories == ("Oil",)


def test_the_header_says_the_charset_where_the_document_does_not() -> None:
    body = "<rss version='2.0'><channel><item><title>الجزائر</title></item></channel>"

    document = parse_feed(
        body.encode("cp1256"), content_type="application/rss+xml; charset=windows-1256"
    )

    title = document.entries[0].title
    assert title
    assert title.value == "الجزائر"


def test_a_guid_may_stand_for_a_missing_link() -> None:
    body = (
        b"<rss version='2.0'><channel><item><title>T</title>"
        b"<guid isPermaLink='true'>https://a.example/1</guid></item></channel></rss>"
    )

    (entry,) = parse_feed(body, content_type=None).entries

    assert entry.guid_is_link
    assert entry.link is None


def test_a_file_of_an_atom_entry_is_not_its_link() -> None:
    body = (
        b"<feed xmlns='http://www.w3.org/2005/Atom'><entry><id>urn:x:1</id>"
        b"<title>T</title><link rel='enclosure' href='https://a.example/1.mp3'/>"
        b"</entry></feed>"
    )

    (entry,) = parse_feed(body, content_type=None).entries

    assert entry.link is None
    assert entry.enclosures[0].url == "https://a.example/1.mp3"


def test_of_several_full_texts_the_marked_up_one_is_kept() -> None:
    body = (
        b"<feed xmlns='http://www.w3.org/2005/Atom'><entry><id>urn:x:1</id>"
        b"<content type='text'>A long plain text, longer than the other.</content>"
        b"<content type='html'>&lt;p&gt;Marked up&lt;/p&gt;</content></entry></feed>"
    )

    (entry,) = parse_feed(body, content_type=None).entries

    assert entry.content
    assert entry.content.value == "<p>Marked up</p>"


def test_ten_thousand_entries_are_read() -> None:
    items = "".join(
        f"<item><title>{n}</title><guid>{n}</guid></item>" for n in range(10_000)
    )
    body = f"<rss version='2.0'><channel><title>C</title>{items}</channel></rss>"

    assert len(parse_feed(body.encode(), content_type=None).entries) == 10_000


@pytest.mark.parametrize(
    "reference", ["&#xD800;", "&#55296;", "&#0;", "&#xFFFF;", "&#x110000;"]
)
def test_a_reference_to_no_character_is_dropped(reference: str) -> None:
    body = rss(f"<description>A{reference}B &#233;</description>")

    (entry,) = parse_feed(body, content_type=None).entries

    assert entry.summary
    assert entry.summary.value == "AB é"


def test_a_document_that_feedparser_chokes_on_is_named() -> None:
    body = b"<?xml version='1.0' encoding='UT\xb1F-8'?><rss version='2.0'></rss>"

    with pytest.raises(NotAFeedError, match="feedparser cannot read it"):
        parse_feed(body, content_type=None)


def test_a_blank_category_is_none() -> None:
    body = (
        b"<feed xmlns='http://www.w3.org/2005/Atom'><entry><id>urn:x:1</id>"
        b"<category term=' '/><category term='Oil'/></entry></feed>"
    )

    (entry,) = parse_feed(body, content_type=None).entries

    assert entry.categories == ("Oil",)
