"""What a format module read -> entries ready to be recorded.

Puts the rules of this folder together, one entry at a time, so that none can take
another with it. Reads no bytes and asks no network.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime

from ingest.entry import (
    Enclosure,
    Entry,
    EntryDigest,
    EntryGuid,
    FeedDocument,
    UnchangedEntry,
)
from ingest.formats.raw import RawDocument, RawEntry, RawText
from ingest.normalise.canonical_url import canonicalise
from ingest.normalise.clean_html import (
    clean_html,
    html_to_text,
    paragraphs,
    plain_line,
)
from ingest.normalise.crediting import Crediting, crediting_of, origin_and_credit
from ingest.normalise.dates import Standpoint
from ingest.normalise.dating import EntryDates, date_entry, standpoint_of
from ingest.normalise.entry_digest import entry_digest, owed, surroundings
from ingest.normalise.excerpt import excerpt
from ingest.normalise.language import choose_language, language_sample
from ingest.normalise.links import absolute_link
from ingest.normalise.text import one_line, shorten, unwrapped, writable
from ingest.source import Source

LONGEST_GUID = 1_000
"""Characters; of a longer one the SHA-256 is kept."""

LONGEST_BORROWED_TITLE = 80
"""Characters of its text that an entry without a title gets as one."""

_MEDIA_TYPE = re.compile(r"[a-z0-9.+-]+/[a-z0-9.+-]+")
_SCHEME = re.compile(r"https?://(?:www\.)?")
_LARGEST_NUMBER = 2**63 - 1  # what a database column holds


@dataclass(frozen=True, slots=True, kw_only=True)
class _Page:
    """What the entries of one document share."""

    source: Source
    base_url: str | None
    language: str | None
    author: str | None
    rights: str | None
    crediting: Crediting
    standpoint: Standpoint


@dataclass(frozen=True, slots=True, kw_only=True)
class _Body:
    """The texts of an entry, cleaned; "" where it has none."""

    html: str = ""
    text: str = ""
    summary: str = ""


def normalise_document(
    raw: RawDocument,
    *,
    source: Source,
    base_url: str | None,
    now: datetime,
    known: Container[EntryDigest] = frozenset(),
) -> FeedDocument:
    """The document with each entry cleaned, dated and its addresses absolute.

    `base_url` is the address the document came from, None for a file; `now` is aware
    UTC. An entry that reads as one of the `known` is named and not cleaned again. One
    that has neither title, text, link nor file is left out, with its number counted
    from 1.
    """
    page = _Page(
        source=source,
        base_url=base_url,
        language=raw.language,
        author=raw.author,
        rights=raw.rights,
        crediting=crediting_of(raw, source, base_url),
        standpoint=standpoint_of(source, now),
    )
    among = surroundings(raw, source, base_url)
    so_far = _SoFar()
    for number, each in enumerate(raw.entries, 1):
        digest = entry_digest(each, among)
        if digest in known:
            so_far.pass_by(digest)
        else:
            so_far.read(number, each, page, digest)
    return FeedDocument(
        title=plain_line(raw.title or "", is_html=True) or None,
        language=choose_language(
            entry=None, source=source.language, document=raw.language, text=""
        ),
        entries=tuple(so_far.entries),
        unchanged=tuple(so_far.unchanged),
        left_out=tuple(so_far.left_out),
        doubts=tuple(so_far.doubts),
        read_again_at=min(so_far.announced, default=None),
        is_cut=raw.is_cut,
    )


@dataclass(slots=True)
class _SoFar:
    """What the entries of a document have come to; `announced` are dates to come."""

    entries: list[Entry] = field(default_factory=list)
    unchanged: list[UnchangedEntry] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    announced: list[datetime] = field(default_factory=list)

    def pass_by(self, digest: EntryDigest) -> None:
        """Name an entry that is known."""
        position = len(self.entries)
        self.unchanged.append(UnchangedEntry(digest=digest, position=position))

    def read(
        self, number: int, raw: RawEntry, page: _Page, digest: EntryDigest
    ) -> None:
        """Clean and date an entry; one whose date is to come is read again then."""
        dates = date_entry(raw, page.standpoint)
        if dates.believed_from is not None:
            digest = owed(digest)
        entry = _entry(raw, dates, page, digest)
        if entry is None:
            self.left_out.append(f"entry {number}: neither title, text, link nor file")
            return
        self.entries.append(entry)
        self.doubts += (f"entry {number}: {doubt}" for doubt in dates.doubts)
        if dates.believed_from is not None:
            self.announced.append(dates.believed_from)


def _entry(
    raw: RawEntry, dates: EntryDates, page: _Page, digest: EntryDigest
) -> Entry | None:
    """The entry, None where there is nothing in it to show."""
    base_url = absolute_link(raw.base_url or "", page.base_url) or page.base_url
    body = _body(raw, base_url)
    link = _link(raw, base_url)
    enclosures = tuple(_enclosures(raw.enclosures, base_url))
    addresses = (link, *(file.url for file in enclosures))
    title = _title(raw.title, body) or _address_as_title(addresses)
    if not title:
        return None
    published, updated = dates.published, dates.updated
    origin, credit = origin_and_credit(raw, page.crediting)
    return Entry(
        digest=digest,
        guid=_guid(raw.guid),
        link=link,
        canonical_url=canonicalise(link) if link else None,
        title=title,
        summary=body.summary,
        content_html=body.html,
        text=body.text,
        author=plain_line(raw.author or page.author or "", is_html=True) or None,
        language=_language(raw, page, language_sample(title, body.text)),
        published_at=published.at if published else None,
        published_precision=published.precision if published else None,
        updated_at=updated.at if updated else None,
        categories=tuple(_categories(raw.categories)),
        enclosures=enclosures,
        rights=plain_line(raw.rights or page.rights or "", is_html=True) or None,
        comments_url=_comments_page(raw.comments_url or "", base_url),
        comment_count=_count(raw.comment_count),
        image_url=absolute_link(raw.image_url or "", base_url),
        origin=origin,
        credit=credit,
    )


def _language(raw: RawEntry, page: _Page, text: str) -> str | None:
    return choose_language(
        entry=raw.language,
        source=page.source.language,
        document=page.language,
        text=text,
    )


def _body(raw: RawEntry, base_url: str | None) -> _Body:
    """The content, or the summary where the content says nothing; and the excerpt."""
    content = _cleaned(raw.content, base_url)
    summary = _cleaned(raw.summary, base_url)
    body = content if content.text else summary if summary.text else None
    if body is None:  # pictures alone, or nothing
        return content if content.html else summary
    return replace(body, summary=excerpt(summary.text or body.text))


def _cleaned(text: RawText | None, base_url: str | None) -> _Body:
    if text is None:
        return _Body()
    words = unwrapped(text.value)
    html = words if text.is_html else paragraphs(words)
    cleaned = clean_html(html, base_url=base_url)
    return _Body(html=cleaned, text=html_to_text(cleaned))


def _title(title: RawText | None, body: _Body) -> str:
    """The entry's title, else the first words of its text, "" without either."""
    own = plain_line(unwrapped(title.value), is_html=title.is_html) if title else ""
    return own or shorten(one_line(body.text), LONGEST_BORROWED_TITLE)


def _address_as_title(addresses: Iterable[str | None]) -> str:
    """The first address without what all have in common, "" without any.

    Pictures and broadcasts come without a word; their readers see them all the same.
    """
    first = next((address for address in addresses if address), "")
    return shorten(one_line(_SCHEME.sub("", first).rstrip("/")), LONGEST_BORROWED_TITLE)


def _link(raw: RawEntry, base_url: str | None) -> str | None:
    """The entry's link, else its guid where that is an address by itself."""
    link = absolute_link(raw.link or "", base_url)
    if link is None and raw.guid_is_link:
        return absolute_link(raw.guid or "", None)
    return link


def _comments_page(words: str, base_url: str | None) -> str | None:
    """The page of the entry's comments; None where a remark stands in its place."""
    return absolute_link(words, base_url) if len(words.split()) == 1 else None


def _guid(guid: str | None) -> EntryGuid | None:
    trimmed = writable(guid or "").strip()
    if len(trimmed) > LONGEST_GUID:
        trimmed = f"sha256:{hashlib.sha256(trimmed.encode()).hexdigest()}"
    return EntryGuid(trimmed) if trimmed else None


def _categories(categories: Iterable[str]) -> Iterator[str]:
    """The categories that say something, each once, in the order of the document."""
    lines = (plain_line(category, is_html=True) for category in categories)
    return (line for line in dict.fromkeys(lines) if line)


def _enclosures(
    enclosures: Iterable[Enclosure], base_url: str | None
) -> Iterator[Enclosure]:
    """The enclosures that have an address; a type or a length that is none is None."""
    for enclosure in enclosures:
        url = absolute_link(enclosure.url, base_url)
        if url is not None:
            media_type = one_line(enclosure.media_type or "").lower()
            yield Enclosure(
                url=url,
                media_type=media_type if _MEDIA_TYPE.fullmatch(media_type) else None,
                length=_count(enclosure.length),
            )


def _count(number: int | None) -> int | None:
    """The number, None where it counts nothing or is too large to be kept."""
    return number if 0 <= (number or 0) <= _LARGEST_NUMBER else None
