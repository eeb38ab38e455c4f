from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from ingest.entry import Enclosure, Entry, FeedDocument, Precision
from ingest.formats.raw import RawDocument, RawEntry, RawText
from ingest.normalise.document import LONGEST_GUID, normalise_document
from ingest.source import SnapshotFile, Source
from tests.ingest.normalise_factories import NOW, make_raw, make_snapshot, make_source

BASE = "https://gazette.example/news/feed"


def normalise(
    *entries: RawEntry, source: Source | None = None, language: str | None = None
) -> FeedDocument:
    raw = RawDocument(title="A feed", language=language, entries=entries)
    return normalise_document(
        raw, source=source or make_source(), base_url=BASE, now=NOW
    )


def normalise_one(raw: RawEntry, *, source: Source | None = None) -> Entry:
    (entry,) = normalise(raw, source=source).entries
    return entry


def html(value: str) -> RawText:
    return RawText(value=value)


def plain(value: str) -> RawText:
    return RawText(value=value, is_html=False)


def test_an_ordinary_entry() -> None:
    raw = make_raw(
        title=html("The <b>ministers</b> &amp; the border"),
        link="/articles/1?utm_source=rss",
        author=" A.\nWriter ",
        updated="2026-11-23T09:00:00+01:00",
        categories=("Politics", " Border<br>", "Politics", ""),
    )

    entry = normalise_one(raw)

    assert entry == Entry(
        digest=entry.digest,
        guid="guid-1",  # type: ignore[arg-type]  # a NewType of str
        link="https://gazette.example/articles/1?utm_source=rss",
        canonical_url="https://gazette.example/articles/1",  # type: ignore[arg-type]  # same
        title="The ministers & the border",
        summary="The ministers met in Rabat.",
        content_html="<p>The ministers met in Rabat.</p>",
        text="The ministers met in Rabat.",
        author="A. Writer",
        language="fr",
        published_at=datetime(2026, 11, 23, 8, 0, tzinfo=UTC),
        published_precision=Precision.SECOND,
        updated_at=datetime(2026, 11, 23, 8, 0, tzinfo=UTC),
        categories=("Politics", "Border"),
        enclosures=(),
        rights=None,
        comments_url=None,
        comment_count=None,
        image_url=None,
        origin="gazette",
        credit=None,
    )


def test_a_document_keeps_its_order_and_says_what_it_is() -> None:
    raw = RawDocument(
        title="La <i>Gazette</i>",
        language="en-US",
        entries=(make_raw(guid="2"), make_raw(guid="1")),
        is_cut=True,
    )

    document = normalise_document(raw, source=make_source(), base_url=BASE, now=NOW)

    assert document.title == "La Gazette"
    assert document.language == "fr"
    assert [entry.guid for entry in document.entries] == ["2", "1"]
    assert document.is_cut


def test_sections_that_were_wrapped_twice_leave_no_trace() -> None:
    raw = make_raw(
        title=RawText(value="<![CDATA[Oil & gas]]>", is_html=False),
        content=html("<![CDATA[<p>The ministers met.</p>]]>"),
    )

    entry = normalise_one(raw)

    assert entry.title == "Oil & gas"
    assert entry.content_html == "<p>The ministers met.</p>"


def test_an_entry_that_names_no_author_has_the_document_s() -> None:
    nobody_s = RawEntry(title=RawText(value="A"))
    raw = RawDocument(author="Jane", entries=(nobody_s, nobody_s._replace(author="K")))

    document = normalise_document(raw, source=make_source(), base_url=None, now=NOW)

    assert [entry.author for entry in document.entries] == ["Jane", "K"]


def test_an_empty_document_is_a_document() -> None:
    document = normalise_document(
        RawDocument(), source=make_source(language=None), base_url=None, now=NOW
    )

    assert document == FeedDocument(title=None, language=None, entries=())


def test_an_entry_without_title_and_text_is_left_out_with_its_reason() -> None:
    empty = make_raw(
        title=html("<i> </i>"), summary=None, content=html("<br>"), link=None
    )

    document = normalise(make_raw(guid="1"), empty, make_raw(guid="3"))

    assert [entry.guid for entry in document.entries] == ["1", "3"]
    assert document.left_out == ("entry 2: neither title, text, link nor file",)


ADDRESSES = {
    "its link": (
        {"link": "https://www.paper.example/photo/7/"},
        "paper.example/photo/7",
    ),
    "its file": (
        {
            "link": None,
            "enclosures": (Enclosure(url="https://paper.example/7.mp3"),),
        },
        "paper.example/7.mp3",
    ),
}


@pytest.mark.parametrize(("changes", "title"), ADDRESSES.values(), ids=ADDRESSES.keys())
def test_an_entry_without_a_word_is_called_by(
    changes: dict[str, Any], title: str
) -> None:
    picture = html("<img src='https://paper.example/7.jpg'>")

    entry = normalise_one(
        make_raw(title=None, summary=None, content=picture, **changes)
    )

    assert entry.title == title


COMMENTS = {
    "an address": (" /1#comments\n", "https://gazette.example/1#comments"),
    "a remark": ("Some text", None),
    "nothing": (None, None),
}


@pytest.mark.parametrize(("words", "page"), COMMENTS.values(), ids=COMMENTS.keys())
def test_the_page_of_the_comments(words: str | None, page: str | None) -> None:
    raw = RawEntry(title=plain("A"), comments_url=words)

    assert normalise_one(raw).comments_url == page


def test_a_date_that_is_not_believed_is_told_with_its_reason() -> None:
    ahead = "Wed, 24 Nov 2027 08:00:00 GMT"

    document = normalise(
        make_raw(published=ahead, updated=ahead),
        make_raw(published="2026-11-22", updated="soon"),
        make_raw(published=" \n", updated=None),
        make_raw(title=None, summary=None, link=None, published="never"),
    )

    assert document.doubts == (
        f"entry 1: its date “{ahead}” lies in the future",
        "entry 2: its date “soon” cannot be read",
    )
    assert [entry.published_at for entry in document.entries] == [
        None,
        datetime(2026, 11, 22, tzinfo=UTC),
        None,
    ]


def test_a_doubt_quotes_the_date_as_one_short_line() -> None:
    (doubt,) = normalise(make_raw(published="no\x00 \n date " * 20)).doubts

    assert doubt == f"entry 1: its date “{'no date ' * 7}no…” cannot be read"


def test_a_time_without_a_zone_is_of_the_source_s() -> None:
    source = make_source(time_zone=ZoneInfo("Africa/Tunis"))

    entry = normalise_one(make_raw(published="2026-11-23 09:00:00"), source=source)

    assert entry.published_at == datetime(2026, 11, 23, 8, tzinfo=UTC)


def test_an_entry_without_title_borrows_the_first_words_of_its_text() -> None:
    entry = normalise_one(make_raw(title=None, summary=html("<p>Word</p> " * 40)))

    assert entry.title == " ".join(["Word"] * 16) + "…"


# summary, content -> content_html, text, summary
BODIES: dict[str, tuple[RawText | None, RawText | None, tuple[str, str, str]]] = {
    "the content is the text, the summary the excerpt": (
        html("Short."),
        html("<p>Long.</p>"),
        ("<p>Long.</p>", "Long.", "Short."),
    ),
    "without a summary the excerpt is of the content": (
        None,
        html("<p>Long.</p>"),
        ("<p>Long.</p>", "Long.", "Long."),
    ),
    "without a content the summary is the text": (
        html("<p>Short.</p>"),
        None,
        ("<p>Short.</p>", "Short.", "Short."),
    ),
    "a content that says nothing does not hide the summary": (
        html("<p>Short.</p>"),
        html("<br>"),
        ("<p>Short.</p>", "Short.", "Short."),
    ),
    "a summary of mark-up alone is none": (
        html('<img src="/a.png">'),
        html("<p>Long.</p>"),
        ("<p>Long.</p>", "Long.", "Long."),
    ),
    "a picture alone stays": (
        html('<img src="/a.png">'),
        None,
        ('<img src="https://gazette.example/a.png">', "", ""),
    ),
    "a picture as content stays": (
        None,
        html('<img src="/a.png">'),
        ('<img src="https://gazette.example/a.png">', "", ""),
    ),
    "plain text becomes paragraphs": (
        None,
        plain("1 < 2\nA & B"),
        ("<p>1 &lt; 2</p><p>A &amp; B</p>", "1 < 2\nA & B", "1 < 2 A & B"),
    ),
    "no text at all": (None, None, ("", "", "")),
}


@pytest.mark.parametrize(
    ("summary", "content", "expected"), BODIES.values(), ids=BODIES.keys()
)
def test_the_texts_of_an_entry(
    summary: RawText | None, content: RawText | None, expected: tuple[str, str, str]
) -> None:
    entry = normalise_one(make_raw(summary=summary, content=content))

    assert (entry.content_html, entry.text, entry.summary) == expected


# changes of the raw entry -> link
LINKS: dict[str, tuple[dict[str, object], str | None]] = {
    "relative to the document": ({"link": "a"}, "https://gazette.example/news/a"),
    "relative to the entry's own base": (
        {"link": "a", "base_url": "https://other.example/b/"},
        "https://other.example/b/a",
    ),
    "the entry's base may be relative itself": (
        {"link": "a", "base_url": "/b/"},
        "https://gazette.example/b/a",
    ),
    "an entry's base that is no address is passed over": (
        {"link": "a", "base_url": "data:x"},
        "https://gazette.example/news/a",
    ),
    "a permalink stands in for a missing link": (
        {"link": None, "guid": " https://other.example/1 ", "guid_is_link": True},
        "https://other.example/1",
    ),
    "a permalink does not replace a link": (
        {"link": "/a", "guid": "https://other.example/1", "guid_is_link": True},
        "https://gazette.example/a",
    ),
    "a permalink that is only a number is no link": (
        {"link": None, "guid": "1234", "guid_is_link": True},
        None,
    ),
    "a permalink that is missing": (
        {"link": None, "guid": None, "guid_is_link": True},
        None,
    ),
    "a guid is no link unless it says so": (
        {"link": None, "guid": "https://other.example/1"},
        None,
    ),
    "a script is no link": ({"link": "javascript:alert(1)"}, None),
}


@pytest.mark.parametrize(("changes", "link"), LINKS.values(), ids=LINKS.keys())
def test_the_link_of_an_entry(changes: dict[str, object], link: str | None) -> None:
    entry = normalise_one(make_raw(**changes))

    assert entry.link == link
    assert (entry.canonical_url is None) == (link is None)


GUIDS = {
    "white space is trimmed": ("\n guid 1 ", "guid 1"),
    "an empty one is none": (" ", None),
    "none": (None, None),
    "control characters go": ("a\x00b", "ab"),
    "the longest stays": ("g" * LONGEST_GUID, "g" * LONGEST_GUID),
    "a longer one is digested": (
        "g" * 1_001,
        "sha256:9856c56560c17ec1faeb3c6df193150c4c08c1e1af856f36f877abcce2b3ce9e",
    ),
}


@pytest.mark.parametrize(("guid", "expected"), GUIDS.values(), ids=GUIDS.keys())
def test_the_guid_of_an_entry(guid: str | None, expected: str | None) -> None:
    assert normalise_one(make_raw(guid=guid)).guid == expected


def test_the_only_date_of_an_entry_is_when_it_was_published() -> None:
    entry = normalise_one(make_raw(published=None, updated="2026-11-23"))

    assert entry.published_at == datetime(2026, 11, 23, tzinfo=UTC)
    assert entry.published_precision is Precision.DAY
    assert entry.updated_at == entry.published_at


def test_a_date_that_cannot_be_believed_is_none() -> None:
    entry = normalise_one(make_raw(published="2036-01-01", updated="soon"))

    assert entry.published_at is None
    assert entry.updated_at is None


def test_the_language_is_the_entrys_or_the_sources_or_that_of_the_script() -> None:
    spanish = make_raw(language="es")
    arabic = make_raw(title=plain("الوزراء"), summary=plain("اتفق الوزراء"))

    document = normalise(spanish, make_raw(), arabic, language="en-US")

    assert [entry.language for entry in document.entries] == ["es", "fr", "ar"]


def test_enclosures_have_absolute_addresses_and_plausible_facts() -> None:
    raw = make_raw(
        enclosures=(
            Enclosure(url="/a.mp3", media_type=" Audio/MPEG ", length=10),
            Enclosure(url="https://other.example/b", media_type="?", length=-1),
            Enclosure(url="/c", length=2**63),
            Enclosure(url="/d", media_type="image/svg+xml"),
            Enclosure(url="javascript:alert(1)"),
        )
    )

    assert normalise_one(raw).enclosures == (
        Enclosure(
            url="https://gazette.example/a.mp3", media_type="audio/mpeg", length=10
        ),
        Enclosure(url="https://other.example/b"),
        Enclosure(url="https://gazette.example/c"),
        Enclosure(url="https://gazette.example/d", media_type="image/svg+xml"),
    )


CREDITS = {
    "a source's title": ("La Gazette", "gazette", "La Gazette"),
    "an alias": ("Gazette World", "gazette", "Gazette World"),
    "another case and spacing": (" LA  gazette ", "gazette", "LA gazette"),
    "a name that nobody bears": ("Le Monde Imaginaire", "page", "Le Monde Imaginaire"),
    "no name": (None, "page", None),
    "an empty name": (" ", "page", None),
    "the page itself": ("A saved page", "page", None),
}


@pytest.mark.parametrize(
    ("label", "origin", "credit"), CREDITS.values(), ids=CREDITS.keys()
)
def test_a_card_is_credited_to_the_source_it_names(
    label: str | None, origin: str, credit: str | None
) -> None:
    source = make_snapshot()
    source = replace(source, credits={**source.credits, "A saved page": "page"})

    entry = normalise_one(make_raw(source_label=label), source=source)

    assert (entry.origin, entry.credit) == (origin, credit)


def test_a_card_is_dated_back_from_the_capture() -> None:
    cards = [
        make_raw(published=words)
        for words in ("7 hours ago", "2 days ago", "3 days ago", None)
    ]

    document = normalise(*cards, source=make_snapshot())

    dates = [(each.published_at, each.published_precision) for each in document.entries]
    assert dates == [
        (datetime(2025, 6, 22, 5, 0, tzinfo=UTC), Precision.HOUR),
        (datetime(2025, 6, 20, tzinfo=UTC), Precision.DAY),
        (datetime(2025, 6, 19, tzinfo=UTC), Precision.DAY),
        (None, None),
    ]


def test_a_card_from_the_future_is_not_dated() -> None:
    location = SnapshotFile(path=Path("page.txt"), captured_at=None)
    source = make_snapshot(location=location)

    document = normalise(
        make_raw(published="28-05-2025"),
        make_raw(published="28-05-2035"),
        source=source,
    )

    dates = [each.published_at for each in document.entries]
    assert dates == [datetime(2025, 5, 28, tzinfo=UTC), None]


def test_without_a_capture_no_card_is_dated() -> None:
    location = SnapshotFile(path=Path("page.txt"), captured_at=None)
    source = make_snapshot(location=location)

    assert (
        normalise_one(make_raw(published="2 days ago"), source=source).published_at
        is None
    )


def test_an_entry_whose_date_is_to_come_is_read_again_then() -> None:
    ahead = NOW + timedelta(days=7)
    raw = make_raw(published=ahead.isoformat())
    first = normalise(raw)
    known = {entry.digest for entry in first.entries}
    assert first.read_again_at == ahead - timedelta(days=1)

    document = normalise_document(
        RawDocument(entries=(raw,)),
        source=make_source(),
        base_url=None,
        now=first.read_again_at,
        known=known,
    )

    assert [entry.published_at for entry in document.entries] == [ahead]
    assert document.read_again_at is None
    assert first.entries[0].published_at is None
