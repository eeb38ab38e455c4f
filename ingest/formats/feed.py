"""RSS 0.9x, 1.0 and 2.0, Atom 0.3 and 1.0; the only importer of feedparser.

feedparser forgives nearly everything, and that is what it is for here. Its own
cleaning, its resolving of links and its reading of dates are left aside: they are
`normalise`'s work, done once for every format.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping
from datetime import timedelta
from io import BytesIO
from typing import Any

import feedparser

from ingest.entry import Enclosure
from ingest.formats.raw import NotAFeedError, RawDocument, RawEntry, RawText

_Parsed = Mapping[str, Any]

_HTML_TYPES = ("text/html", "application/xhtml+xml")
_ENTITY = re.compile(rb"<!ENTITY", re.IGNORECASE)
_ENTRY_START = re.compile(rb"<(?:\w+:)?(?:item|entry)[\s>]")
_ENTRY_END = re.compile(rb"</(?:\w+:)?(?:item|entry)\s*>")
_ROOT_END = re.compile(rb"</(?:\w+:)?(?:rss|rdf|feed|channel)\s*>\s*", re.IGNORECASE)
_REFERENCE = re.compile(rb"&#(x[0-9a-f]{1,7}|[0-9]{1,8});", re.IGNORECASE)
# What feedparser was seen to raise over documents that fuzzing broke.
_CRASHES = (AttributeError, LookupError, RecursionError, TypeError, ValueError)
_LONGEST_TTL_MINUTES = 60 * 24 * 366


def parse_feed(body: bytes, *, content_type: str | None) -> RawDocument:
    """What a feed says, in its own order.

    A document that ends in the middle gives its whole entries, and says that it is
    cut. Declarations of entities are refused unread: they serve attacks only.

    Raises:
        NotAFeedError: the bytes are no feed.
    """
    plain = body.replace(b"\0", b"")  # UTF-16 letters lie between zeros
    if _ENTITY.search(plain):
        raise NotAFeedError("it declares XML entities, which no feed needs")
    parsed = _parse(body, content_type or "application/xml")
    if not parsed.get("version") and not parsed.get("entries"):
        raise NotAFeedError("it is no feed that can be read")
    is_cut = not _ROOT_END.search(plain[-4096:]) and bool(parsed.get("bozo"))
    feed = parsed.get("feed", {})
    entries = [_entry(entry, feed) for entry in parsed["entries"]]
    if is_cut and _ends_inside_an_entry(plain):
        entries = entries[:-1]
    return RawDocument(
        title=_word(feed, "title"),
        language=_word(feed, "language"),
        link=_word(feed, "link"),
        ttl=_ttl(feed),
        entries=tuple(entries),
        is_cut=is_cut,
    )


def _parse(body: bytes, content_type: str) -> _Parsed:
    try:
        parsed: _Parsed = feedparser.parse(
            BytesIO(_REFERENCE.sub(_legal, body)),
            response_headers={"content-type": content_type},
            sanitize_html=False,
            resolve_relative_uris=False,
        )
    except _CRASHES as error:
        raise NotAFeedError(f"feedparser cannot read it ({error!r})") from error
    return parsed


def _legal(reference: re.Match[bytes]) -> bytes:
    """The reference to a character, or nothing where XML has no such character."""
    digits = reference[1]
    code = int(digits[1:], 16) if digits[:1] in b"xX" else int(digits)
    is_surrogate = 0xD800 <= code <= 0xDFFF
    is_none = code in (0, 0xFFFE, 0xFFFF) or code > sys.maxunicode
    return b"" if is_surrogate or is_none else reference[0]


def _ends_inside_an_entry(body: bytes) -> bool:
    return len(_ENTRY_START.findall(body)) > len(_ENTRY_END.findall(body))


def _entry(entry: _Parsed, feed: _Parsed) -> RawEntry:
    guid = _word(entry, "id")
    link = _link(entry)
    guid_is_link = bool(entry.get("guidislink")) and guid is not None
    return RawEntry(
        guid=guid,
        guid_is_link=guid_is_link,
        link=link,
        title=_text(entry.get("title_detail")),
        summary=_summary(entry),
        content=_content(entry),
        author=_word(entry, "author"),
        language=_language(entry, of_document=_word(feed, "language")),
        published=_own(entry, "published"),
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


def _link(entry: _Parsed) -> str | None:
    """Where the entry is read; FeedBurner keeps the publisher's own address apart."""
    original = _word(entry, "feedburner_origlink")
    if original:
        return original
    for link in entry.get("links", ()):
        if link.get("rel", "alternate") == "alternate" and link.get("href"):
            return str(link["href"])
    # Without a link of its own the entry gets its guid for one; `normalise` decides.
    return None if entry.get("guidislink") else _word(entry, "link")


def _text(detail: _Parsed | None) -> RawText | None:
    value = detail and detail.get("value")
    if not detail or not isinstance(value, str) or not value.strip():
        return None
    # RSS does not say what its texts are: feedparser looks for markup in them.
    return RawText(value=value, is_html=detail.get("type") in _HTML_TYPES)


def _summary(entry: _Parsed) -> RawText | None:
    return _text(entry.get("summary_detail"))


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
        length = str(file.get("length") or file.get("filesize") or "")
        yield Enclosure(
            url=url,
            media_type=_media_type(file),
            length=int(length) if length.isascii() and length.isdigit() else None,
        )


def _media_type(file: _Parsed) -> str | None:
    """The type as published; feedparser calls a link without one a page."""
    media_type = file.get("type")
    return media_type if media_type and media_type != "text/html" else None


def _ttl(feed: _Parsed) -> timedelta | None:
    minutes = str(feed.get("ttl", "")).strip()
    if not (minutes.isascii() and minutes.isdigit() and len(minutes) < 10):
        return None
    return timedelta(minutes=min(int(minutes), _LONGEST_TTL_MINUTES))
