"""The rules of a valid feed, written down from the specifications and the validator.

Each check returns what is wrong, one finding a line; an empty list is a valid feed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

from lxml import etree

from tests.publish.validator_rules import find_document_faults

ATOM = "{http://www.w3.org/2005/Atom}"
DC = "{http://purl.org/dc/elements/1.1/}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}"
MEDIA = "{http://search.yahoo.com/mrss/}"
HISTORY = "{http://purl.org/syndication/history/1.0}"
XML = "{http://www.w3.org/XML/1998/namespace}"
_GRAMMAR = etree.RelaxNG(etree.parse(Path(__file__).parent / "schemas" / "atom.rng"))
_LINK = f"{ATOM}link"
_URI = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:[0-9a-zA-Z;/?:@&=+$.\-_!~*'()%,#]+")
_TAG_URI = re.compile(
    r"tag:([a-z0-9._-]+@)?[a-z0-9.-]+,\d{4}(-\d\d(-\d\d)?)?"
    r":[0-9a-zA-Z;/?:@&=+$.\-_!~*'()%,]*"
)
_FILE = re.compile(r"https?://([A-Za-z0-9-]+\.)+[A-Za-z0-9-]+(:\d+)?/.*")
_RFC_822 = re.compile(
    r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d "
    r"(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} "
    r"\d\d:\d\d:\d\d [+-]\d{4}"
)
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
_MEDIA_TYPE = re.compile(r"[\w.+-]+/[\w.+-]+", re.ASCII)
_READS_AS_HTML = re.compile(r"</\w")
_BAD_CHARACTERS = re.compile("[\x7f-\x9f\ufffd]")


def read(document: bytes) -> Any:
    """The root element; raises where the document is not well-formed."""
    return etree.fromstring(document)


def find_faults_in_rss(document: bytes, self_url: str) -> list[str]:
    """What a validator would say of an RSS 2.0 document at an address."""
    channel = read(document).find("channel")
    return [
        *_character_faults(document),
        *find_document_faults(document),
        *_channel_faults(channel, self_url),
        *_repeated("guid", [guid.text for guid in channel.findall("item/guid")]),
        *(fault for item in channel.findall("item") for fault in _item_faults(item)),
    ]


def find_faults_in_atom(document: bytes, self_url: str) -> list[str]:
    """What a validator would say of an Atom document at an address."""
    feed = read(document)
    _GRAMMAR.validate(feed)
    entries = feed.findall(f"{ATOM}entry")
    return [
        *(str(error) for error in _GRAMMAR.error_log),
        *_character_faults(document),
        *find_document_faults(document),
        *_atom_feed_faults(feed, self_url),
        *_repeated("id", [each.findtext(f"{ATOM}id") for each in entries]),
        *_repeated("updated", [each.findtext(f"{ATOM}updated") for each in entries]),
        *(fault for entry in entries for fault in _entry_faults(entry)),
    ]


def _character_faults(document: bytes) -> Iterator[str]:
    if _BAD_CHARACTERS.search(document.decode()):
        yield "characters of a wrong charset"
    if b"&lt;" in document or b"&amp;" in document:
        yield "CharacterData: < and & are not hexadecimal"


def _channel_faults(channel: Any, self_url: str) -> Iterator[str]:
    for name in ("title", "link", "description"):
        yield from _required(channel, name)
    for name, count in Counter(child.tag for child in channel).items():
        if name not in ("item", _LINK) and count > 1:
            yield f"DuplicateElement: channel/{name}"
    yield from _self_faults(channel, self_url)
    if channel.findtext("link") == self_url:
        yield "ChannelLinkIsSelf"
    yield from _date_faults(channel, "lastBuildDate")
    yield from _plain_faults(channel, "title", "description")
    yield from _language_faults(channel.find("language"))


def _item_faults(item: Any) -> Iterator[str]:
    for name in ("title", "link", "guid"):
        yield from _required(item, name)
    for name, count in Counter(child.tag for child in item).items():
        if name not in ("category", f"{MEDIA}content") and count > 1:
            yield f"DuplicateElement: item/{name}"
    if item.find("author") is not None:
        yield "author without an address"
    yield from _identity_faults(item)
    yield from _order_faults([child.tag for child in item])
    yield from _date_faults(item, "pubDate")
    yield from _plain_faults(item, "title", "source", "category", f"{DC}creator")
    for enclosure in item.findall("enclosure"):
        yield from _enclosure_faults(enclosure.get("url"), enclosure)
    yield from _media_faults(item)


def _media_faults(item: Any) -> Iterator[str]:
    """What is wrong with the files and the picture of an item (Media RSS 1.5.1)."""
    for content in item.findall(f"{MEDIA}content"):
        yield from _enclosure_faults(content.get("url"), content)
        if not content.get("fileSize", "0").isdigit():
            yield "InvalidIntegerAttribute"
    for thumbnail in item.findall(f"{MEDIA}thumbnail"):
        if set(thumbnail.attrib) != {"url"} or not _FILE.fullmatch(
            thumbnail.get("url")
        ):
            yield f"InvalidURLAttribute: {thumbnail.attrib}"


def _identity_faults(item: Any) -> Iterator[str]:
    yield from _uri_faults([item.findtext("link", "")])
    yield from _uri_faults([each.text for each in item.findall("comments")])
    yield from _uri_faults([each.get("url", "") for each in item.findall("source")])
    guid = item.find("guid")
    if guid.get("isPermaLink") != "false" or not _TAG_URI.fullmatch(guid.text):
        yield f"InvalidPermalink: {guid.text}"


def _order_faults(names: list[str]) -> Iterator[str]:
    content = f"{CONTENT}encoded"
    if content in names and "description" not in names[: names.index(content)]:
        yield "NeedDescriptionBeforeContent"


def _atom_feed_faults(feed: Any, self_url: str) -> Iterator[str]:
    yield from _self_faults(feed, self_url)
    if feed.find(f"{ATOM}author/{ATOM}name") is None:
        yield "MissingElement: author"
    names = [child.tag for child in feed]
    if f"{ATOM}entry" in names:
        rest = names[names.index(f"{ATOM}entry") :]
        if set(rest) != {f"{ATOM}entry"}:
            yield "MisplacedMetadata"


def _self_faults(feed: Any, self_url: str) -> Iterator[str]:
    """What is wrong with the links of a document, among them those of its archive."""
    links = [(link.get("rel"), link.get("href")) for link in feed.iterfind(_LINK)]
    if [href for rel, href in links if rel == "self"] != [self_url]:
        yield f"SelfDoesntMatchLocation: {links}"
    for rel, count in Counter(rel for rel, _ in links).items():
        if count > 1 and rel != "hub":
            yield f"DuplicateAtomLink: {rel}"
    is_archive = feed.find(f"{HISTORY}archive") is not None
    if is_archive != ("current" in dict(links)):
        yield f"an archive page without a way to its feed, or the reverse: {links}"


def _entry_faults(entry: Any) -> Iterator[str]:
    for name in ("title", "summary", f"author/{ATOM}name"):
        yield from _required(entry, f"{ATOM}{name}")
    for name in ("id", "title", "updated"):
        yield from _required(entry.find(f"{ATOM}source"), f"{ATOM}{name}")
    schemes = [each.get("scheme", "") for each in entry.findall(f"{ATOM}category")]
    for uri in (entry.findtext(f"{ATOM}id"), *schemes):
        if not _TAG_URI.fullmatch(uri):
            yield f"InvalidTAG: {uri}"
    for content in entry.findall(f"{ATOM}content"):
        if content.get("type") != "html":
            yield "ContainsUndeclaredHTML"
    yield from _link_faults(entry.findall(f"{ATOM}link"))
    yield from _media_faults(entry)
    yield from _plain_faults(entry, f"{ATOM}title", f"{ATOM}summary")


def _link_faults(links: list[Any]) -> Iterator[str]:
    if [link.get("rel") for link in links].count("alternate") != 1:
        yield "DuplicateAtomLink"
    yield from _uri_faults([link.get("href") for link in links])
    for link in links:
        if link.get("rel") == "enclosure":
            yield from _enclosure_faults(link.get("href"), link)


def _uri_faults(addresses: list[str]) -> Iterator[str]:
    for address in addresses:
        if not _URI.fullmatch(address):
            yield f"InvalidFullLink: {address}"


def _required(parent: Any, name: str) -> Iterator[str]:
    if not parent.findtext(name, "").strip(" \t\n"):
        yield f"MissingElement: {name}"


def _date_faults(parent: Any, name: str) -> Iterator[str]:
    text = parent.findtext(name)
    if text is None:
        return
    # parsedate_to_datetime knows no names of days; strftime's must be the right one.
    day = f"{parsedate_to_datetime(text):%a}"
    if not _RFC_822.fullmatch(text) or not text.startswith(day):
        yield f"InvalidRFC2822Date: {text}"


def _plain_faults(parent: Any, *names: str) -> Iterator[str]:
    for name in names:
        for element in parent.findall(name):
            if _READS_AS_HTML.search(element.text or ""):
                yield f"ContainsHTML: {name}"
            if len(element):
                yield f"UndefinedElement in {name}"


def _language_faults(element: Any) -> Iterator[str]:
    if element is not None and not _LANGUAGE.fullmatch(element.text or ""):
        yield f"InvalidLanguage: {element.text}"


def _enclosure_faults(url: str, element: Any) -> Iterator[str]:
    if not _FILE.fullmatch(url):
        yield f"InvalidURLAttribute: {url}"
    if not _MEDIA_TYPE.fullmatch(element.get("type", "")):
        yield "InvalidMIMEAttribute"
    if not element.get("length", "0").isdigit():
        yield "InvalidIntegerAttribute"


def _repeated(name: str, values: list[Any]) -> Iterator[str]:
    for value, count in Counter(values).items():
        if count > 1:
            yield f"DuplicateValue: {name} {value}"
