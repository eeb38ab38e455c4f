import re
import unicodedata
from dataclasses import replace
from datetime import UTC, datetime, timedelta, tzinfo
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.entry import Enclosure, Entry
from ingest.formats.raw import RawDocument, RawEntry, RawText
from ingest.normalise.canonical_url import LONGEST_URL, canonicalise
from ingest.normalise.clean_html import (
    LONGEST_LINE,
    clean_html,
    html_to_text,
    plain_line,
)
from ingest.normalise.dates import (
    EARLIEST,
    FARTHEST_AHEAD,
    Moment,
    Standpoint,
    parse_date,
)
from ingest.normalise.document import normalise_document
from ingest.normalise.excerpt import LONGEST_EXCERPT, excerpt
from ingest.normalise.language import choose_language
from ingest.normalise.links import absolute_link
from ingest.normalise.text import balanced, shorten, writable
from ingest.source import Source
from tests.ingest.inertness import faults
from tests.ingest.normalise_factories import CAPTURED, NOW, make_snapshot, make_source

pytestmark = pytest.mark.property

BASE = "https://gazette.example/news/feed"

DATE_WORDS = (
    *("le", "mardi", "3", "03", "novembre", "nov.", "2026", "26", "0001", "9999", "à"),
    *(
        "14h30",
        "14:30",
        "24:00",
        "pm",
        "م",
        "GMT",
        "+0100",
        "-1400",
        "/",
        "-",
        ".",
        ",",
    ),
    *("T", "Z", "W48", "366", "1e9", "1763899200", "hier", "il y a", "منذ", "ساعتين"),
    *("ago", "hours", "an", "un", "تشرين الثاني", "أمس", "99", "٣", "(", ")", "Publié"),
)

LINK_PIECES = (
    *("http://", "https://", "www.", "m.", "amp.", "gazette.example", "google.co.ma"),
    *("google.com", "news.google.com", "x.cdn.ampproject.org", "l.facebook.com", ":80"),
    *("/", "//", "/amp", "/amp/s/", "/c/s/", "/url", "/l.php", "/articles/CBMiAA", "."),
    *("..", "/index.php", "/default.aspx", ".amp", ".html", ";jsessionid=1", "?", "&"),
    *(
        "q=",
        "u=",
        "url=",
        "amp=1",
        "utm_a=1",
        "b=2",
        "%2F",
        "%3A",
        "%25",
        "%",
        "#!",
        "é",
    ),
)

WHOLE_DATES = (
    *("Mon, 23 Nov 2026 12:00:00 +0100", "2026-11-23T12:00:00.5+01:00", "9999-366"),
    *("0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "2026-W53-7", "hier"),
    *("20261123235959", "1795435200000", "aujourd'hui à 14h30", "il y a 999 ans"),
    *("3 تشرين الثاني 2026 10:15 م", "منذ ساعة و20 دقيقة", "Nov. 3, 2026 2 p.m. ET"),
)
LETTERS = "aelsdnɣɛγé' دالو ⴰⵎ Жя 12"

any_text = st.text(st.characters(), max_size=60)  # lone surrogates included
tags = st.sampled_from(
    (
        *("p", "b", "a", "i", "table", "tr", "td", "ul", "li", "div", "pre", "form"),
        *("svg", "math", "script", "style", "title", "template", "noscript", "select"),
        *("iframe", "textarea", "option", "img", "br", "body", "foreignObject"),
        *("video", "source", "picture", "h2", "blockquote", "figure", "span", "th"),
    )
)
addresses = st.sampled_from(
    (
        *(
            "//youtube.com/embed/a",
            "/a",
            "b?c=1&d",
            "//other.example/x",
            "https://other.example/x",
            "#here",
        ),
        *("javascript:alert(1)", "jAvA\tscript:alert(1)", " &#106;avascript:x"),
        *(
            "data:text/html,<script>",
            "vbscript:x",
            "mailto:a@b.example",
            "http://[",
            "",
        ),
    )
)
attributes = st.one_of(
    st.just(""),
    st.builds(' href="{}"'.format, addresses),
    st.builds(" src={}".format, addresses),
    st.builds(" data-src='{}' width=1".format, addresses),
    st.just(" class=sharedaddy height=0"),
    st.builds(" title='{}'".format, st.sampled_from(("<script>", "a > b", "&lt;p"))),
    st.sampled_from((' onerror="x()"', " style=x", " lang=fr", ' srcset="x 2x"')),
)
pieces = st.one_of(
    st.builds("<{}{}>".format, tags, attributes),
    st.builds("</{}>".format, tags),
    st.sampled_from(
        ("Read more", "The post a appeared first on b", "… ", "&nbsp;<br>")
    ),
    st.sampled_from(("text", "\n", "<!--", "-->", "<", "&amp;lt;", "&#1;", "&nbsp;")),
    any_text,
)
texts = st.one_of(
    st.text(max_size=400),
    st.lists(st.text(max_size=40), min_size=20).map(" ".join),
    st.lists(
        st.sampled_from(
            ("a", "é", "e\u0301", "\u0300", "🇲🇦", "👍🏽", "M. ", "؟ ", ". B")
        )
        | st.sampled_from(
            ("\u2067", "\u2069", "\u202e", "\u202c", " ", "مالي", "…", "»")
        ),
        max_size=400,
    ).map("".join),
)
html = st.lists(pieces, max_size=25).map("".join)
dates = st.one_of(
    any_text,
    st.datetimes().map(str),
    st.from_regex(r"[a-z]{3}, \d{1,2} [a-z]{3} \d{2,4} \d\d:\d\d:\d\d [+-]\d{4}"),
    st.from_regex(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d"),
    st.from_regex(r"\d{1,3} (minute|hour|day|month|year)s ago"),
    st.from_regex(r"\d\d-\d\d-\d{4}"),
    st.lists(st.sampled_from(DATE_WORDS), max_size=12).map(" ".join),
    st.lists(st.sampled_from(DATE_WORDS), max_size=12).map("".join),
    st.builds(
        lambda date, at, sign: date[:at] + sign + date[at + 1 :],
        st.sampled_from(WHOLE_DATES),
        st.integers(0, 40),
        st.sampled_from("0123456789 :-+./tz'م") | st.characters(),
    ),
)
zones = st.sampled_from(("Africa/Casablanca", "Asia/Tehran", "UTC")).map(ZoneInfo)
raw_texts = st.builds(RawText, value=html, is_html=st.booleans())
raw_entries = st.builds(
    RawEntry,
    guid=st.none() | any_text,
    guid_is_link=st.booleans(),
    link=st.none() | addresses | any_text,
    title=st.none() | raw_texts,
    summary=st.none() | raw_texts,
    content=st.none() | raw_texts,
    author=st.none() | any_text,
    language=st.none() | any_text,
    published=st.none() | dates,
    updated=st.none() | dates,
    categories=st.lists(any_text, max_size=3).map(tuple),
    enclosures=st.lists(
        st.builds(
            Enclosure,
            url=addresses | any_text,
            media_type=st.none() | any_text,
            length=st.none() | st.integers(),
        ),
        max_size=2,
    ).map(tuple),
    base_url=st.none() | addresses | any_text,
    source_label=st.none() | any_text,
)
raw_documents = st.builds(
    RawDocument,
    title=st.none() | any_text,
    language=st.none() | any_text,
    entries=st.lists(raw_entries, max_size=3).map(tuple),
)
sources = st.sampled_from((make_source(), make_source(language=None), make_snapshot()))
parameters = st.from_regex(r"[a-z]{1,3}[0-9]=[a-z0-9]{0,3}", fullmatch=True)
links = st.one_of(
    any_text,
    addresses,
    any_text.map("https://www.gazette.example/".__add__),
    any_text.map("http://".__add__),
    any_text.map("https://gazette.example/#!".__add__),
    st.builds("http://{}:{}/".format, any_text, st.integers(0, 70_000)),
    st.lists(st.sampled_from(LINK_PIECES), max_size=14).map("".join),
    st.lists(st.sampled_from(LINK_PIECES), max_size=14).map(
        lambda pieces: "https://www.google.com/" + "".join(pieces)
    ),
)


def _texts(entry: Entry) -> list[str]:
    optional = (entry.guid, entry.link, entry.author, entry.credit, entry.language)
    always = (entry.title, entry.summary, entry.content_html, entry.text)
    return [*always, *(each for each in optional if each), *entry.categories]


@given(raw_documents, sources, st.none() | addresses)
def test_any_document_is_normalised(
    raw: RawDocument, source: Source, base_url: str | None
) -> None:
    document = normalise_document(raw, source=source, base_url=base_url, now=NOW)

    assert len(document.entries) + len(document.left_out) == len(raw.entries)
    for entry in document.entries:
        assert entry.title
        assert all(writable(text) == text for text in _texts(entry))
        assert "\n" not in entry.title + entry.summary
        for moment in (entry.published_at, entry.updated_at):
            assert moment is None or moment.utcoffset() == timedelta(0)
        assert (entry.published_at is None) == (entry.published_precision is None)


@given(raw_documents, sources)
def test_normalising_again_gives_the_same(raw: RawDocument, source: Source) -> None:
    def once() -> object:
        return normalise_document(raw, source=source, base_url=BASE, now=NOW)

    assert once() == once()


@given(raw_entries, raw_entries)
def test_an_entry_is_the_same_beside_any_other(one: RawEntry, two: RawEntry) -> None:
    def entries(*raws: RawEntry) -> tuple[Entry, ...]:
        raw = replace(RawDocument(), entries=raws)
        return normalise_document(
            raw, source=make_source(), base_url=BASE, now=NOW
        ).entries

    assert entries(one, two) == entries(one) + entries(two)


@given(html)
def test_cleaned_html_is_inert(value: str) -> None:
    assert faults(clean_html(value, base_url=BASE)) == []


@given(html)
def test_cleaning_again_changes_nothing(value: str) -> None:
    cleaned = clean_html(value, base_url=BASE)

    assert clean_html(cleaned, base_url=BASE) == cleaned
    assert writable(cleaned) == cleaned


@given(html)
def test_the_text_of_html_is_lines_without_spare_white_space(value: str) -> None:
    text = html_to_text(value)

    assert writable(text) == text
    assert all(line == line.strip() != "" for line in text.split("\n") if text)
    assert re.search("[ \t]{2}", text) is None


@given(html, st.booleans())
def test_a_title_is_a_bounded_line(value: str, is_html: bool) -> None:
    line = plain_line(value, is_html=is_html)

    assert writable(line) == line
    assert "\n" not in line
    assert len(line) <= LONGEST_LINE


@given(texts)
def test_an_excerpt_is_the_beginning_of_its_text(text: str) -> None:
    cut = excerpt(text)

    assert len(cut) <= LONGEST_EXCERPT
    assert balanced(cut) == cut
    whole = _undirected(" ".join(re.split("[ \t\n\r\f\v]+", text)).strip())
    assert whole.startswith(_undirected(cut).removesuffix("…").rstrip())


@given(texts, st.integers(1, 40))
def test_a_shortened_line_is_a_beginning_without_half_a_letter(
    text: str, limit: int
) -> None:
    line = " ".join(text.split())

    cut = shorten(line, limit)

    assert len(cut) <= limit
    assert balanced(cut.removesuffix("…")) == cut.removesuffix("…") or cut == line
    kept = cut.removesuffix("…")
    assert _undirected(line).startswith(_undirected(kept))
    following = line[len(kept) :][:1]
    if kept == line[: len(kept)] and kept and not all(map(_is_mark, line[1:limit])):
        assert cut == line or not _is_mark(following)


def _is_mark(sign: str) -> bool:
    return sign != "" and unicodedata.category(sign).startswith("M")


def _undirected(text: str) -> str:
    return re.sub("[\u202a-\u202e\u2066-\u2069]", "", text)


@given(links)
def test_a_canonical_url_is_its_own(link: str) -> None:
    canonical = canonicalise(link)

    if canonical is not None:
        assert canonicalise(canonical) == canonical
        assert canonical.startswith("https://")
        assert canonical.isascii()
        assert len(canonical) <= LONGEST_URL


@given(st.lists(parameters, max_size=5))
def test_unknown_parameters_are_kept(parts: list[str]) -> None:
    tracked = [part for each in parts for part in (each, "utm_source=rss")]

    canonical = canonicalise("https://gazette.example/?" + "&".join(tracked))

    assert canonical is not None
    assert sorted(urlsplit(canonical).query.split("&")) == sorted(parts or [""])


@given(st.lists(parameters, max_size=5).flatmap(st.permutations))
def test_the_order_of_different_parameters_does_not_count(parts: list[str]) -> None:
    by_name = {part.partition("=")[0]: part for part in parts}

    first, second = (
        canonicalise("https://gazette.example/?" + "&".join(each))
        for each in (sorted(by_name.values()), by_name.values())
    )

    assert first == second


@given(links)
def test_an_absolute_link_is_its_own(link: str) -> None:
    absolute = absolute_link(link, BASE)

    if absolute is not None:
        assert absolute.isascii()
        assert urlsplit(absolute).scheme in {"http", "https"}
        assert urlsplit(absolute).hostname
        assert len(absolute) > 1_000 or absolute_link(absolute, None) == absolute


@given(dates, zones)
def test_any_words_are_a_believable_moment_or_of_no_use(
    words: str, zone: tzinfo
) -> None:
    moment = parse_date(words, Standpoint(now=NOW, written_at=NOW, zone=zone))

    if isinstance(moment, Moment):
        assert moment.at.tzinfo is UTC
        assert EARLIEST <= moment.at <= NOW + FARTHEST_AHEAD
    else:
        assert moment.words == words


@given(st.datetimes(datetime(1990, 1, 1), datetime(2026, 11, 23)))  # noqa: DTZ001
def test_a_written_date_is_read_back(moment: datetime) -> None:
    moment = moment.replace(microsecond=0, tzinfo=UTC)

    for form in ("%a, %d %b %Y %H:%M:%S GMT", "%Y-%m-%dT%H:%M:%SZ"):
        assert _read(moment.strftime(form)).at == moment


@given(st.integers(0, 400), st.sampled_from(("minute", "hour", "day", "month")))
def test_longer_ago_is_earlier(count: int, unit: str) -> None:
    nearer = _read(f"{count} {unit}s ago", written_at=CAPTURED)
    farther = _read(f"{count + 1} {unit}s ago", written_at=CAPTURED)

    assert farther.at < nearer.at


@given(
    st.one_of(any_text, st.text(LETTERS, max_size=300)),
    st.sampled_from((None, "fr", "ar-MA", "zgh", "ru", "x")) | any_text,
)
def test_any_text_has_a_language_or_none(text: str, declared: str | None) -> None:
    language = choose_language(
        entry=declared,
        source=None,
        document=None,
        text=text,
    )

    assert language is None or re.fullmatch("[a-z]{2,3}", language)


def _read(words: str, *, written_at: datetime = NOW) -> Moment:
    moment = parse_date(words, Standpoint(now=NOW, written_at=written_at))
    assert isinstance(moment, Moment)
    return moment
