"""JSON Feed 1.0 and 1.1 (jsonfeed.org), read as it is found, not as it should be.

A value of the wrong kind counts as missing; an item that is no object is left out.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any

from ingest.entry import Enclosure
from ingest.formats.raw import NotAFeedError, RawDocument, RawEntry, RawText

_VERSION = "jsonfeed.org/version/"
# Seen: the number alone for the specification's address, and no version at all.
_NUMBER = re.compile(r"1(?:\.[01])?")
_ADDRESSES = {"feed_url", "home_page_url"}
_ITEMS = re.compile(r"""["']items["']\s*:\s*\[""")
_NOT_BETWEEN = re.compile(r"[^\s,]")
_DECODER = json.JSONDecoder(strict=False)  # line breaks in texts are no reason to fail

_Object = Mapping[str, Any]


def parse_json_feed(body: bytes) -> RawDocument:
    """What a JSON Feed says, in its own order.

    Raises:
        NotAFeedError: the bytes are no JSON, or JSON of another kind.
    """
    feed, is_cut = _read(body.decode(json.detect_encoding(body), "replace"))
    items = feed.get("items")
    if not isinstance(items, list) or not _is_feed(feed):
        raise NotAFeedError("it is JSON, but no JSON Feed: version or items is missing")
    return RawDocument(
        title=_word(feed, "title"),
        language=_word(feed, "language"),
        link=_word(feed, "home_page_url"),
        author=", ".join(_authors(feed)) or None,
        entries=tuple(_entry(item) for item in items if isinstance(item, dict)),
        is_cut=is_cut,
    )


def _read(text: str) -> tuple[_Object, bool]:
    """The document, and whether it is only the beginning of one."""
    try:
        value = _DECODER.decode(text)
    except (ValueError, RecursionError) as error:
        beginning = _beginning(text)
        if beginning is None:
            raise NotAFeedError(f"it is no JSON that can be read ({error})") from error
        return beginning, True
    if not isinstance(value, dict):
        raise NotAFeedError("it is JSON, but no JSON Feed")
    return value, False


def _beginning(text: str) -> _Object | None:
    """What stands before the items, and the items up to the first that is broken."""
    found = _ITEMS.search(text)
    if found is None:
        return None
    try:
        feed = _DECODER.decode(f"{text[: found.end()]}]}}")
    except (ValueError, RecursionError):
        return None
    return {**feed, "items": list(_whole_items(text, found.end()))}


def _whole_items(text: str, start: int) -> Iterator[Any]:
    with suppress(ValueError, RecursionError):
        while found := _NOT_BETWEEN.search(text, start):
            item, start = _DECODER.raw_decode(text, found.start())
            yield item


def _is_feed(feed: _Object) -> bool:
    version = _word(feed, "version") or ""
    return (
        _VERSION in version
        or _NUMBER.fullmatch(version) is not None
        or not _ADDRESSES.isdisjoint(feed)
    )


def _entry(item: _Object) -> RawEntry:
    return RawEntry(
        guid=_identifier(item),
        link=_word(item, "url") or _word(item, "external_url"),
        title=_text(item, "title", is_html=False),
        summary=_text(item, "summary", is_html=False),
        content=_text(item, "content_html", is_html=True)
        or _text(item, "content_text", is_html=False),
        author=", ".join(_authors(item)) or None,
        language=_word(item, "language"),
        published=_word(item, "date_published"),
        updated=_word(item, "date_modified"),
        categories=tuple(tag for tag in _list(item, "tags") if isinstance(tag, str)),
        enclosures=tuple(_enclosures(item)),
        image_url=_image(item),
    )


def _identifier(item: _Object) -> str | None:
    """The id; a number is one too, whatever the specification says of strings."""
    value = item.get("id")
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    return _word(item, "id")


def _authors(item: _Object) -> Iterator[str]:
    """The names of version 1.1's authors, else of version 1's author."""
    for author in _list(item, "authors") or [item.get("author")]:
        if isinstance(author, dict) and (name := _word(author, "name")):
            yield name


def _enclosures(item: _Object) -> Iterator[Enclosure]:
    for file in _list(item, "attachments"):
        if isinstance(file, dict) and (url := _word(file, "url")):
            size = file.get("size_in_bytes")
            is_size = isinstance(size, int) and not isinstance(size, bool) and size >= 0
            yield Enclosure(
                url=url,
                media_type=_word(file, "mime_type"),
                length=size if is_size else None,
            )
    image = _image(item)
    if image:
        yield Enclosure(url=image)


def _image(item: _Object) -> str | None:
    return _word(item, "image") or _word(item, "banner_image")


def _text(item: _Object, key: str, *, is_html: bool) -> RawText | None:
    value = _word(item, key)
    return None if value is None else RawText(value=value, is_html=is_html)


def _word(holder: _Object, key: str) -> str | None:
    value = holder.get(key)
    return value if isinstance(value, str) and value.strip() else None


def _list(holder: _Object, key: str) -> list[Any]:
    value = holder.get(key)
    return value if isinstance(value, list) else []
