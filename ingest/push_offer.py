"""The hub at which news of a document can be subscribed to (WebSub, 4).

Decides from the answer's Link headers and the beginning of its document; subscribing
is the work of whoever has an address to be called at.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any
from urllib.parse import urljoin, urlsplit

_BEGINNING_BYTES = 64 * 1024  # feeds and pages name their hub before all else
_LARGEST_JSON = 1024 * 1024  # bytes; it has to be read to its end
_LONGEST_URL = 2048
_LINK = re.compile(r'<([^<>"]*)>((?:[^,"<]|"[^"]*")*)')  # RFC 8288, 3
_REL = re.compile(r';\s*rel\s*=\s*(?:"([^"]*)"|([^\s;"]+))', re.IGNORECASE)
_ELEMENT = re.compile(r"<(?:[A-Za-z0-9]{1,20}:)?link\s([^<>]*)>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""(rel|href)\s*=\s*(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)
_ENTRY = re.compile(r"<(?:[A-Za-z0-9]{1,20}:)?(?:item|entry)[\s>]", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class HubOffer:
    """A hub, and the topic that it knows the document by."""

    hub: str
    topic: str


def find_offer(link_header: str, document: bytes, url: str) -> HubOffer | None:
    """The first hub that is offered and the topic; None where there is none.

    What HTTP says counts more than what the document says. A topic that neither
    names is the address that answered.
    """
    said = [*_in_header(link_header), *_in_document(document)]
    hub, topic = _first(said, "hub", url), _first(said, "self", url)
    return HubOffer(hub=hub, topic=topic or url) if hub else None


def _first(links: list[tuple[str, str]], rel: str, base: str) -> str | None:
    found = (_absolute(base, href) for rels, href in links if rel in rels.split())
    return next(filter(None, found), None)


def _absolute(base: str, href: str) -> str | None:
    try:
        url = urljoin(base, href.strip())
        is_web = urlsplit(url).scheme in ("http", "https") and urlsplit(url).hostname
    except ValueError:
        return None
    is_named = bool(href.strip()) and len(url) <= _LONGEST_URL
    return url if is_web and is_named else None


def _in_header(value: str) -> Iterator[tuple[str, str]]:
    for href, parameters in _LINK.findall(value):
        if rel := _REL.search(parameters):
            yield (rel[1] or rel[2] or "").lower(), href


def _in_document(document: bytes) -> Iterator[tuple[str, str]]:
    text = document[:_BEGINNING_BYTES].decode("utf-8", "replace")
    if text.lstrip("\ufeff \t\r\n").startswith("{"):
        yield from _in_json(document)
        return
    entry = _ENTRY.search(text)
    for attributes in _ELEMENT.findall(text[: entry.start()] if entry else text):
        values = {
            name.lower(): unescape(quoted or single)
            for name, quoted, single in _ATTRIBUTE.findall(attributes)
        }
        yield values.get("rel", "").lower(), values.get("href", "")


def _in_json(document: bytes) -> Iterator[tuple[str, str]]:
    """The hubs of a JSON Feed, which may stand anywhere in it."""
    if len(document) > _LARGEST_JSON:
        return
    try:
        feed = json.loads(document)
    except (ValueError, RecursionError):
        return
    for hub in _hubs(feed):
        yield "hub", hub
    if isinstance(feed.get("feed_url"), str):
        yield "self", feed["feed_url"]


def _hubs(feed: dict[str, Any]) -> Iterator[str]:
    hubs = feed.get("hubs")
    for hub in hubs if isinstance(hubs, list) else ():
        if isinstance(hub, dict) and str(hub.get("type")).lower() == "websub":
            yield str(hub.get("url", ""))
