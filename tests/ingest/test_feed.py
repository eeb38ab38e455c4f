from __future__ import annotations

from datetime import timedelta

import pytest

from ingest.formats.feed import parse_feed
from ingest.formats.forgiving import read_forgivingly
from ingest.formats.mended_xml import mended_xml
from ingest.formats.raw import NotAFeedError, RawEntry, RawText
from ingest.formats.well_formed.documents import read_well_formed
from ingest.formats.whole_xml import whole_xml

ITEM = "<item><title>T</title><guid>1</guid>{}</item>"


def rss(item: str = "", channel: str = "") -> bytes:
    return (
        "<?xml version='1.0' encoding='utf-8'?><rss version='2.0' "
        "xmlns:media='http://search.yahoo.com/mrss/' "
        "xmlns:itunes='http://www.itunes.com/dtds/podcast-1.0.dtd' "
        "xmlns:dc='http://purl.org/dc/elements/1.1/' "
        "xmlns:content='http://purl.org/rss/1.0/modules/content/'>"
        "<channel><title>C</title>"
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

    assert document.pace.ttl == expected


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


def test_a_length_beyond_sense_is_unknown() -> None:
    document = parse_feed(
        rss(f"<enclosure url='https://a.example/1.mp3' length='{'9' * 5000}'/>"),
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


@pytest.mark.parametrize("charset", ["utf-16", "utf-16-le", "utf-16-be"])
def test_the_hours_to_skip_are_read_in_any_charset(charset: str) -> None:
    written = "<rss><channel><skipHours><hour>3</hour></skipHours></channel></rss>"

    document = parse_feed(written.encode(charset), content_type=None)

    assert document.pace.skip_hours == {3}


def test_a_content_at_no_address_costs_nothing_else() -> None:
    document = parse_feed(
        b"<feed xmlns='http://www.w3.org/2005/Atom'><entry><id>1</id><title>T</title>"
        b"<content src='https://[a'/></entry></feed>",
        content_type=None,
    )

    assert [entry.guid for entry in document.entries] == ["1"]


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


def test_a_document_that_feedparser_chokes_on_is_named() -> None:
    body = b"<channel><item><link></item></link>"

    with pytest.raises(NotAFeedError, match="feedparser cannot read it"):
        parse_feed(body, content_type=None)


def test_a_blank_category_is_none() -> None:
    body = (
        b"<feed xmlns='http://www.w3.org/2005/Atom'><entry><id>urn:x:1</id>"
        b"<category term=' '/><category term='Oil'/></entry></feed>"
    )

    (entry,) = parse_feed(body, content_type=None).entries

    assert entry.categories == ("Oil",)


AUTHORS = {
    "a name": ("<author>Jane Doe</author>", "Jane Doe"),
    "an address with its name": (
        "<author>jane@a.example (Jane Doe)</author>",
        "Jane Doe",
    ),
    "an address alone": ("<author>jane@a.example</author>", "jane@a.example"),
    "several": ("<dc:creator>A</dc:creator><dc:creator>B</dc:creator>", "A, B"),
    "one twice": ("<author>A</author><dc:creator>A</dc:creator>", "A"),
    "an empty one": ("<dc:creator></dc:creator>", None),
}


@pytest.mark.parametrize(("written", "author"), AUTHORS.values(), ids=AUTHORS.keys())
def test_authors(written: str, author: str | None) -> None:
    (entry,) = parse_feed(rss(written), content_type=None).entries

    assert entry.author == author


CAPTION = (
    "<media:content url='u'><media:description>By S.</media:description>"
    "</media:content>"
)
SUMMARY = "<description>Short.</description>"
FULL = "<content:encoded>Long.</content:encoded>"

ASIDES = {
    "a caption behind the summary": (SUMMARY + CAPTION, ("Short.", None)),
    "a caption before the summary": (CAPTION + SUMMARY, ("Short.", None)),
    "a caption behind both texts": (SUMMARY + FULL + CAPTION, ("Short.", "Long.")),
    "a caption beside a full text": (FULL + CAPTION, (None, "Long.")),
    "a caption alone": (CAPTION, ("By S.", None)),
    "what a broadcast says of itself": (
        "<itunes:summary>Words.</itunes:summary>",
        ("Words.", None),
    ),
}


@pytest.mark.parametrize(("written", "texts"), ASIDES.values(), ids=ASIDES.keys())
def test_a_caption_does_not_pass_for_the_text(
    written: str, texts: tuple[str | None, str | None]
) -> None:
    (entry,) = parse_feed(rss(written), content_type=None).entries

    assert (entry.summary and entry.summary.value) == texts[0]
    assert (entry.content and entry.content.value) == texts[1]


def test_of_several_alternates_the_page_is_the_link() -> None:
    body = (
        b"<feed xmlns='http://www.w3.org/2005/Atom'><entry><id>urn:x:1</id>"
        b"<link type='application/pdf' href='https://a.example/1.pdf'/>"
        b"<link type='text/html' href='https://a.example/1.html'/></entry></feed>"
    )

    (entry,) = parse_feed(body, content_type=None).entries

    assert entry.link == "https://a.example/1.html"


def test_an_only_alternate_is_the_link_whatever_its_type() -> None:
    body = (
        b"<feed xmlns='http://www.w3.org/2005/Atom'><entry><id>urn:x:1</id>"
        b"<link type='application/pdf' href='https://a.example/1.pdf'/></entry></feed>"
    )

    (entry,) = parse_feed(body, content_type=None).entries

    assert entry.link == "https://a.example/1.pdf"


def test_an_article_about_captions_is_left_as_it_is() -> None:
    words = "Put &lt;b&gt; into <media:description> of a picture."

    (entry,) = parse_feed(
        rss(f"<description><![CDATA[{words}]]></description>"), content_type=None
    ).entries

    assert entry.summary
    assert entry.summary.value == words


def test_an_article_about_entities_is_read() -> None:
    item = "<description><![CDATA[<!DOCTYPE r [<!ENTITY a 'b'>]>]]></description>"

    (entry,) = parse_feed(rss(item), content_type=None).entries

    assert entry.summary


@pytest.mark.parametrize("charset", ["utf-7", "cp037"])
def test_no_charset_hides_a_bomb_of_entities(charset: str) -> None:
    text = (
        f"<?xml version='1.0' encoding='{charset}'?><!-- <x -->"
        "<!DOCTYPE r [<!ENTITY a 'boom'>]><rss version='2.0'><channel>"
        "<item><title>&a;</title></item></channel></rss>"
    )
    body = text.replace("<!", "+ADwAIQ-") if charset == "utf-7" else text

    try:
        entries = parse_feed(body.encode(charset), content_type=None).entries
    except NotAFeedError:
        entries = ()

    assert all("boom" not in (one.title.value if one.title else "") for one in entries)


HEAD = "<?xml version='1.0'?><rss version='2.0'><channel><title>C</title>"
RDF_HEAD = (
    "<?xml version='1.0'?><rdf:RDF xmlns='http://purl.org/rss/1.0/' "
    "xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>"
    "<channel><title>C</title></channel>"
)
TWO = (
    "<item><title>مالي</title></item><item xml:lang='ar'><title>الجزائر</title></item>"
)
WHOLE = {
    "RSS": f"{HEAD}{TWO}</channel></rss>",
    "RSS without an end of its own": f"{HEAD}{TWO}</channel>",
    "RSS 1.0": f"{RDF_HEAD}{TWO}</rdf:RDF>",
}


@pytest.mark.parametrize("text", WHOLE.values(), ids=WHOLE.keys())
def test_a_whole_document_is_not_cut(text: str) -> None:
    document = parse_feed(text.encode(), content_type=None)

    assert len(document.entries) == 2
    assert not document.is_cut


@pytest.mark.parametrize("head", [HEAD, RDF_HEAD], ids=["RSS", "RSS 1.0"])
def test_a_document_cut_anywhere_gives_its_whole_entries(head: str) -> None:
    whole = parse_feed(f"{head}{TWO}".encode(), content_type=None).entries
    body, start = f"{head}{TWO}".encode(), len(head.encode())

    for end in range(start, len(body)):
        document = parse_feed(body[:end], content_type=None)

        complete = body[:end].count(b"</item>")
        assert document.is_cut
        assert document.entries == whole[:complete]


def test_a_long_author_of_at_signs_is_read_once() -> None:
    author = "@" * 300_000  # half an hour, were it read again from every sign

    document = parse_feed(rss(f"<author>{author}(</author>"), content_type=None)

    assert document.entries[0].author == f"{author}("


def entry_of(item: str) -> RawEntry:
    document = read_forgivingly(f"<rss><channel><item>{item}</item></channel></rss>")
    return document.entries[0]


def test_the_title_of_a_picture_is_not_the_entry_s() -> None:
    entry = entry_of("<title>T</title><image><title>I</title></image>")

    assert entry.title == RawText(value="T", is_html=False)


def test_each_of_several_authors_is_known_by_name() -> None:
    entry = entry_of("<dc:creator>A</dc:creator><author>b@c.org (B)</author>")

    assert entry.author == "A, B"


SPOILT = {
    "an ampersand": "<title>A & B</title>",
    "a prefix that nobody declared": "<title>A &amp; B</title><foo:bar baz:a='b'/>",
    "a word of HTML": "<title>A &AMP; B</title>",
    "an angle": "<title>A &amp; B</title><description>1 < 2</description>",
}


@pytest.mark.parametrize("item", SPOILT.values(), ids=SPOILT.keys())
def test_what_can_be_mended_is_read_fast(item: str) -> None:
    text = f"<rss><channel><item>{item}</item></channel></rss>"

    whole = whole_xml(mended_xml(text))

    assert read_well_formed(text.encode()) is None
    assert read_well_formed(whole.text.encode()) == read_forgivingly(text)
    (entry,) = parse_feed(text.encode(), content_type=None).entries
    assert entry.title == RawText(value="A & B", is_html=False)
