"""What feedparser makes of a feed; the only importer of feedparser.

It forgives nearly everything, and that is what it is for here. Its own cleaning,
resolving of links and reading of dates are left aside: they are `normalise`'s work,
done once for every format.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO
from typing import Any
from urllib.parse import urljoin

from ingest.entry import AskedPace
from ingest.formats.asked_pace import PaceWords, read_pace, skipped_times
from ingest.formats.attached import attached_files, choose_picture, read_count
from ingest.formats.author import author_name, line_of_authors
from ingest.formats.linked import (
    Links,
    has_relative_base,
    link_to_content,
    sort_links,
)
from ingest.formats.mended_xml import mended_xml
from ingest.formats.raw import (
    NotAFeedError,
    RawDocument,
    RawEntry,
    RawText,
    guessed_text,
)
from ingest.formats.whole_xml import Whole, whole_xml

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
# and loses those of an element that it does not know where there are attributes. What
# an article says of such elements is left alone.
_ASIDE = re.compile(
    r"""<!--.*?(?:-->|\Z)
      | <!\[CDATA\[.*?(?:\]\]>|\Z)
      | <(/?)(media:description|itunes:summary|media:copyright)\b[^<>]*?(/?)>""",
    re.IGNORECASE | re.DOTALL | re.VERBOSE,
)
_ASIDES = ("itunes_summary_aside", "media_description_aside")
_RIGHTS = ("rights", "media_copyright_aside")
# An absolute address under which every other stays as it is.
_NO_BASE = "mailto:nobody@base.invalid"
# What feedparser was seen to raise over documents that fuzzing broke.
_CRASHES = (
    *(ArithmeticError, AttributeError, LookupError, RecursionError),
    *(TypeError, ValueError),
)


def read_forgivingly(text: str) -> RawDocument:
    """What feedparser makes of a document that declares no entities.

    One that ends in the middle gives its whole entries, and says that it is cut.

    Raises:
        NotAFeedError: it is no feed.
    """
    return read_whole(whole_xml(mended_xml(text)))


def read_whole(whole: Whole) -> RawDocument:
    """The same of a document whose mark-up is mended.

    Raises:
        NotAFeedError: it is no feed.
    """
    text = whole.text
    parsed = _parse(text)
    if not (parsed.get("version") or parsed.get("entries") or _ROOT.match(text)):
        raise NotAFeedError("it is no feed that can be read")
    feed = parsed.get("feed", {})
    language = _document_language(feed)
    is_atom = str(parsed.get("version")).startswith("atom")
    entries = [_entry(entry, language, is_atom=is_atom) for entry in parsed["entries"]]
    end = _RDF_END if parsed.get("version") in _IN_RDF else _ROOT_END
    is_cut = bool(parsed.get("bozo")) and end.search(text) is None
    if is_cut and _last(_ENTRY_START, text) > _last(_ENTRY_END, text):
        entries = entries[:-1]
    return RawDocument(
        title=_word(feed, "title"),
        language=language,
        link=_link(feed, _links(feed)),
        author=_authors(feed) if is_atom else None,
        rights=_first_word(feed, _RIGHTS),
        pace=_pace(feed, text),
        entries=tuple(entries),
        is_cut=is_cut or whole.is_cut,
    )


def _parse(text: str) -> _Parsed:
    written = _ASIDE.sub(_renamed, text).encode("utf-8")
    import feedparser  # here, since most feeds are read without it

    try:
        parsed: _Parsed = feedparser.parse(
            BytesIO(written),
            response_headers={
                "content-type": "application/xml; charset=utf-8",
                "content-location": _base_of(text),
            },
            sanitize_html=False,
            resolve_relative_uris=False,
        )
    except _CRASHES as error:
        raise NotAFeedError(f"feedparser cannot read it ({error!r})") from error
    return parsed


def _base_of(text: str) -> str:
    """Where links start from: feedparser leaves an xml:base only for another one."""
    return "" if has_relative_base(text) else _NO_BASE


def _renamed(found: re.Match[str]) -> str:
    end, name, empty = found.groups()
    return f"<{end}{name}_aside{empty}>" if name else found[0]


def _last(tag: re.Pattern[str], text: str) -> int:
    """Where the tag stands last; -1 where it does not."""
    return max((found.start() for found in tag.finditer(text)), default=-1)


def _entry(entry: _Parsed, language: str | None, *, is_atom: bool) -> RawEntry:
    guid = _word(entry, "id")
    contents = entry.get("content", ())
    links = _links(entry, contents)
    is_named_by_link = bool(entry.get("guidislink") and guid and not is_atom)
    link = _link(entry, links) or (None if is_named_by_link else _player(entry))
    files = [*links.files, *entry.get("media_content", ())]
    thumbnails = entry.get("media_thumbnail", ())
    return RawEntry(
        guid=guid,
        # An Atom id is a name, whatever it looks like (RFC 4287, 4.2.6).
        guid_is_link=is_named_by_link and not link,
        link=link,
        title=_title(entry),
        summary=_summary(entry),
        content=_content(entry),
        author=_authors(entry) or (_authors(_source(entry)) if is_atom else None),
        language=_language(entry, of_document=language),
        published=_own(entry, "published") or _own(entry, "created"),
        updated=_own(entry, "updated"),
        categories=tuple(dict.fromkeys(_categories(entry))),
        enclosures=tuple(attached_files([*files, *thumbnails])),
        rights=_first_word(entry, _RIGHTS),
        comments_url=_word(entry, "comments") or links.comments_page(),
        comment_count=_comment_count(entry, links),
        image_url=choose_picture([*thumbnails, entry.get("image") or {}], files),
        base_url=_base(entry),
        source_label=_source_label(entry),
        source_url=_source_url(entry),
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


def _first_word(holder: _Parsed, keys: Iterable[str]) -> str | None:
    words = (_word(holder, key) for key in keys)
    return next((word for word in words if word), None)


def _document_language(feed: _Parsed) -> str | None:
    """The language of the document; that of an RDF's root is known by its title."""
    detail = feed.get("title_detail") or {}
    return _word(feed, "language") or _word(detail, "language")


def _links(holder: _Parsed, contents: Iterable[_Parsed] = ()) -> Links:
    """The links that lead anywhere, those to contents that stand elsewhere among them.

    feedparser makes an empty one the address that it starts from.
    """
    links = [one for one in holder.get("links", ()) if one.get("href") != _NO_BASE]
    return sort_links([*links, *_content_links(contents)])


def _content_links(contents: Iterable[_Parsed]) -> Iterator[_Parsed]:
    """The links to contents that stand elsewhere; feedparser does not resolve them."""
    for content in contents:
        if content.get("src"):
            yield link_to_content(content["type"], _source_of(content))


def _source_of(content: _Parsed) -> str:
    """Where it stands; an address that is none is left for others to refuse."""
    written = str(content["src"])
    try:
        return urljoin(content.get("base") or _NO_BASE, written)
    except ValueError:
        return written


def _link(holder: _Parsed, links: Links) -> str | None:
    """Where it is read; FeedBurner keeps the publisher's own address apart."""
    original = _word(holder, "feedburner_origlink")
    if original:
        return original
    page = links.page()
    if page:
        return page
    # Without a link of its own it gets its guid for one; `normalise` decides.
    return None if holder.get("guidislink") else _word(holder, "link")


def _player(entry: _Parsed) -> str | None:
    """The page on which a film is shown, where the entry leads to no other."""
    return _word(entry.get("media_player") or {}, "url")


def _text(detail: _Parsed | None) -> RawText | None:
    value = detail and detail.get("value")
    if not detail or not isinstance(value, str) or not value.strip():
        return None
    # RSS does not say what its texts are: feedparser looks for markup in them.
    return RawText(value=value, is_html=detail.get("type") in _HTML_TYPES)


def _title(entry: _Parsed) -> RawText | None:
    """The entry's title, else what its broadcast is called."""
    broadcast = _word(entry, "itunes_title")
    detail, own = entry.get("title_detail") or {}, _word(entry, "title")
    return _text({**detail, "value": own or detail.get("value")}) or (
        RawText(value=broadcast, is_html=False) if broadcast else None
    )


def _summary(entry: _Parsed) -> RawText | None:
    """The entry's summary, else what it says of its broadcast or picture.

    A line below the title is all that some broadcasts have.
    """
    summary = _text(entry.get("summary_detail"))
    if summary is None and not entry.get("content"):
        aside = _first_word(entry, _ASIDES)
        return guessed_text(aside) if aside else _text(entry.get("subtitle_detail"))
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
    people = ((_word(one, "name") or "", _word(one, "email") or "") for one in details)
    return line_of_authors(people) or author


def _source(entry: _Parsed) -> _Parsed:
    """What the entry says of the document that it was taken from (RFC 4287, 4.2.11)."""
    source = entry.get("source")
    return source if isinstance(source, Mapping) else {}


def _source_label(entry: _Parsed) -> str | None:
    """The name of that document: an element of it in Atom, the only words in RSS."""
    source = _source(entry)
    title = source.get("title_detail")
    return _word(title, "value") if title else _word(source, "title")


def _source_url(entry: _Parsed) -> str | None:
    """The address of that document, or the page that it belongs to."""
    source = _source(entry)
    return _word(source, "href") or _links(source).page()


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
    """Where relative links start from: they stand in the content, if anywhere."""
    details = [*entry.get("content", ()), entry.get("summary_detail")]
    details += [entry.get("title_detail")]
    bases = (str(one["base"]) for one in details if one and one.get("base"))
    return next((base for base in bases if base != _NO_BASE), None)


def _categories(entry: _Parsed) -> Iterator[str]:
    for tag in entry.get("tags", ()):
        name = tag.get("label") or tag.get("term")
        if isinstance(name, str) and name.strip():
            yield name


def _comment_count(entry: _Parsed, links: Links) -> int | None:
    counts = (read_count(entry.get(key)) for key in ("slash_comments", "thr_total"))
    count = next((count for count in counts if count is not None), None)
    return links.counted_replies() if count is None else count


def _pace(feed: _Parsed, text: str) -> AskedPace:
    """The pace that is asked for; of several hours feedparser keeps the last only."""
    hours, days = skipped_times(text)
    return read_pace(
        PaceWords(
            ttl=_word(feed, "ttl"),
            hours=hours,
            days=days,
            period=_word(feed, "sy_updateperiod"),
            frequency=_word(feed, "sy_updatefrequency"),
            base=_word(feed, "sy_updatebase"),
        )
    )
