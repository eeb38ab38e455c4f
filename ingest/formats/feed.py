"""RSS 0.9x, 1.0 and 2.0, Atom 0.3 and 1.0; the only importer of feedparser.

feedparser forgives nearly everything, and that is what it is for here. Its own
cleaning, its resolving of links and its reading of dates are left aside: they are
`normalise`'s work, done once for every format.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import timedelta
from io import BytesIO
from typing import Any

import feedparser

from ingest.entry import AskedPace, Enclosure
from ingest.formats.author import author_name
from ingest.formats.charset import decode_document
from ingest.formats.mended_xml import mended_xml
from ingest.formats.raw import NotAFeedError, RawDocument, RawEntry, RawText
from ingest.formats.xml_text import declares_entities, writable_xml

_Parsed = Mapping[str, Any]

_HTML_TYPES = ("text/html", "application/xhtml+xml")
# Of RSS 0.90 and CDF feedparser names no version, and an empty one is a feed too.
_ROOT = re.compile(r"(?:\s|<[?!][^<>]*+>)*+<(?:rdf:rdf|channel)[\s>]", re.IGNORECASE)
_ENTRY_START = re.compile(r"<(?:\w+:)?(?:item|entry)(?:\s[^<>]*)?>", re.IGNORECASE)
_ENTRY_END = re.compile(r"</(?:\w+:)?(?:item|entry)\s*>", re.IGNORECASE)
_ROOT_END = re.compile(r"</(?:\w+:)?(?:rss|feed|channel)\s*>", re.IGNORECASE)
_RDF_END = re.compile(r"</(?:\w+:)?rdf\s*>", re.IGNORECASE)
# These close their channel before the entries: that end says nothing of theirs.
_IN_RDF = {"rss090", "rss10"}
# feedparser takes the words about a picture or a broadcast for the entry's own text,
# and under an unknown name loses those of an element with attributes.
_ASIDE = re.compile(
    r"<(/?)(media:description|itunes:summary)\b[^<>]*?(/?)>", re.IGNORECASE
)
_ASIDES = ("itunes_summary_aside", "media_description_aside")
# What feedparser was seen to raise over documents that fuzzing broke.
_CRASHES = (
    *(ArithmeticError, AttributeError, LookupError, RecursionError),
    *(TypeError, ValueError),
)
_LONGEST_TTL_MINUTES = 60 * 24 * 366
_MOST_DIGITS = 15  # of a file's length in bytes


def parse_feed(body: bytes, *, content_type: str | None) -> RawDocument:
    """What a feed says, in its own order.

    A document that ends in the middle gives its whole entries, and says that it is
    cut. Declarations of entities are refused unread: they serve attacks only.
    Characters that XML forbids are dropped, so that one costs no more than itself.

    Raises:
        NotAFeedError: the bytes are no feed.
    """
    text = writable_xml(decode_document(body, content_type=content_type))
    if declares_entities(text):
        raise NotAFeedError("it declares XML entities, which no feed needs")
    parsed = _parse(text)
    if not (parsed.get("version") or parsed.get("entries") or _ROOT.match(text)):
        raise NotAFeedError("it is no feed that can be read")
    feed = parsed.get("feed", {})
    entries = [_entry(entry, feed) for entry in parsed["entries"]]
    end = _RDF_END if parsed.get("version") in _IN_RDF else _ROOT_END
    is_cut = bool(parsed.get("bozo")) and end.search(text) is None
    if is_cut and _last(_ENTRY_START, text) > _last(_ENTRY_END, text):
        entries = entries[:-1]
    return RawDocument(
        title=_word(feed, "title"),
        language=_word(feed, "language"),
        link=_link(feed),
        pace=AskedPace(ttl=_ttl(feed)),
        entries=tuple(entries),
        is_cut=is_cut,
    )


def _parse(text: str) -> _Parsed:
    try:
        parsed: _Parsed = feedparser.parse(
            BytesIO(_ASIDE.sub(r"<\1\2_aside\3>", mended_xml(text)).encode("utf-8")),
            response_headers={"content-type": "application/xml; charset=utf-8"},
            sanitize_html=False,
            resolve_relative_uris=False,
        )
    except _CRASHES as error:
        raise NotAFeedError(f"feedparser cannot read it ({error!r})") from error
    return parsed


def _last(tag: re.Pattern[str], text: str) -> int:
    """Where the tag stands last; -1 where it does not."""
    return max((found.start() for found in tag.finditer(text)), default=-1)


def _entry(entry: _Parsed, feed: _Parsed) -> RawEntry:
    guid = _word(entry, "id")
    link = _link(entry)
    guid_is_link = bool(entry.get("guidislink")) and guid is not None
    return RawEntry(
        guid=guid,
        guid_is_link=guid_is_link,
        link=link,
        title=_title(entry),
        summary=_summary(entry),
        content=_content(entry),
        author=_authors(entry),
        language=_language(entry, of_document=_word(feed, "language")),
        published=_own(entry, "published") or _own(entry, "created"),
        updated=_own(entry, "updated"),
        categories=tuple(_categories(entry)),
        enclosures=tuple(_enclosures(entry)),
        base_url=_base(entry),
    )


def _own(entry: _Parsed, key: str) -> str | None:
    """A value of the entry itself.

    Asked in its own way, feedparser gives `published` for a missing `updated`.
    """
    value = dict(entry).get(key)
    return value if isinstance(value, str) and value.strip() else None


def _word(holder: _Parsed, key: str) -> str | None:
    value = holder.get(key)
    return value if isinstance(value, str) and value.strip() else None


def _link(holder: _Parsed) -> str | None:
    """Where it is read; FeedBurner keeps the publisher's own address apart."""
    original = _word(holder, "feedburner_origlink")
    if original:
        return original
    alternates = [
        link
        for link in holder.get("links", ())
        if link.get("rel", "alternate") == "alternate" and link.get("href")
    ]
    if alternates:  # one a media type; the page comes before its copies in others
        pages = (link for link in alternates if link.get("type") in _HTML_TYPES)
        return str(next(pages, alternates[0])["href"])
    # Without a link of its own it gets its guid for one; `normalise` decides.
    return None if holder.get("guidislink") else _word(holder, "link")


def _text(detail: _Parsed | None) -> RawText | None:
    value = detail and detail.get("value")
    if not detail or not isinstance(value, str) or not value.strip():
        return None
    # RSS does not say what its texts are: feedparser looks for markup in them.
    return RawText(value=value, is_html=detail.get("type") in _HTML_TYPES)


def _title(entry: _Parsed) -> RawText | None:
    """The entry's title, else what its broadcast is called."""
    broadcast = _word(entry, "itunes_title")
    return _text(entry.get("title_detail")) or (
        RawText(value=broadcast, is_html=False) if broadcast else None
    )


def _summary(entry: _Parsed) -> RawText | None:
    """The entry's summary, else what it says of its broadcast or picture."""
    summary = _text(entry.get("summary_detail"))
    if summary is None and not entry.get("content"):
        words = (_word(entry, aside) for aside in _ASIDES)
        aside = next((word for word in words if word), None)
        return RawText(value=aside, is_html=False) if aside else None
    return summary


def _authors(entry: _Parsed) -> str | None:
    """Every author's name once; an address is for readers only where no name is.

    feedparser cuts an address behind four letters of its domain and takes the rest
    for a name, so that a single author is read anew.
    """
    author = _word(entry, "author")
    details = entry.get("authors", ())
    if len(details) <= 1 and author:
        return author_name(author) or None
    names = (_word(one, "name") or _word(one, "email") for one in details)
    return ", ".join(dict.fromkeys(name for name in names if name)) or author


def _content(entry: _Parsed) -> RawText | None:
    """The longest of the full texts; some feeds put a plain one beside the HTML."""
    texts = [text for one in entry.get("content", ()) if (text := _text(one))]
    return max(texts, key=lambda text: (text.is_html, len(text.value)), default=None)


def _language(entry: _Parsed, *, of_document: str | None) -> str | None:
    """The language that the entry itself declares.

    feedparser lets an entry inherit the document's; that one is told apart, since a
    document's declaration is often wrong.
    """
    details = [entry.get("title_detail"), entry.get("summary_detail")]
    details += entry.get("content", ())
    declared = [detail.get("language") for detail in details if detail]
    own = (_word(entry, "language"), *declared)
    return next((one for one in own if one and one != of_document), None)


def _base(entry: _Parsed) -> str | None:
    details = [entry.get("title_detail"), entry.get("summary_detail")]
    details += entry.get("content", ())
    return next((str(one["base"]) for one in details if one and one.get("base")), None)


def _categories(entry: _Parsed) -> Iterator[str]:
    """The publisher's own categories, each once, as feedparser sees to."""
    for tag in entry.get("tags", ()):
        name = tag.get("label") or tag.get("term")
        if isinstance(name, str) and name.strip():
            yield name


def _enclosures(entry: _Parsed) -> Iterator[Enclosure]:
    """Every file of the entry once: enclosures, then media:content and thumbnails."""
    seen = set()
    files = [*entry.get("enclosures", ()), *entry.get("media_content", ())]
    for file in (*files, *entry.get("media_thumbnail", ())):
        url = file.get("href") or file.get("url")
        if not isinstance(url, str) or not url.strip() or url in seen:
            continue
        seen.add(url)
        yield Enclosure(
            url=url,
            media_type=_media_type(file),
            length=_length(file),
        )


def _media_type(file: _Parsed) -> str | None:
    """The type as published; feedparser calls a link without one a page."""
    media_type = file.get("type")
    return media_type if media_type and media_type != "text/html" else None


def _length(file: _Parsed) -> int | None:
    digits = str(file.get("length") or file.get("filesize") or "").strip()
    is_number = digits.isascii() and digits.isdigit()
    return int(digits) if is_number and len(digits) <= _MOST_DIGITS else None


def _ttl(feed: _Parsed) -> timedelta | None:
    minutes = str(feed.get("ttl", "")).strip()
    if not (minutes.isascii() and minutes.isdigit() and len(minutes) < 10):
        return None
    return timedelta(minutes=min(int(minutes), _LONGEST_TTL_MINUTES))
