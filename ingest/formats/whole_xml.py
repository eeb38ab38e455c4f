"""Mended XML -> a whole document, as far as that can be known from its tags.

Namespaces that nobody declared get the addresses that custom has for their prefixes,
what is cut off ends behind its last whole entry, and what stands behind the document
goes. Whether the outcome is well-formed is for a parser to say.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from ingest.formats.well_formed.names import customary_namespace

_ROOT = re.compile(
    r"""(?:\s|<!--[^-]*+(?:-(?!->)[^-]*+)*+-->|<[?!][^<>]*+>)*+
        (?P<start><(?P<name>(?:\w+:)?(?P<kind>rss|rdf|feed))(?=[\s>])[^<>]*+)>""",
    re.IGNORECASE | re.VERBOSE,
)
_PREFIX = re.compile(r"</?([A-Za-z_][\w.-]*):")
_PREFIX_OF_ATTRIBUTE = re.compile(
    r"""\s(?!xmlns)([A-Za-z_][\w.-]*):[\w.-]+\s*+=\s*+["']"""
)
_DECLARED = re.compile(r"\sxmlns:([\w.-]+)\s*=")
_ENTRY_END = re.compile(r"</(?:\w+:)?(?:item|entry)\s*>", re.IGNORECASE)
_CHANNEL_END = "</channel>"


class Whole(NamedTuple):
    """A document, and whether it is only the beginning of what somebody sent."""

    text: str
    is_cut: bool = False


def whole_xml(mended: str) -> Whole:
    """The whole document; the same where it cannot be told what belongs to it."""
    root = _ROOT.match(mended)
    if root is None or root["start"].endswith("/"):
        return Whole(mended)
    end = _end(mended, root["name"])
    if end is None:
        return Whole(mended)
    inner = mended[root.end("start") : end.position]
    declared = _declarations(mended)
    return Whole(f"{root['start']}{declared}{inner}{end.tags}", end.is_cut)


class _End(NamedTuple):
    """Where a document is left off, and the tags that end it."""

    position: int
    tags: str
    is_cut: bool = False


def _end(mended: str, name: str) -> _End | None:
    """Where the document ends; None where not even one entry of it is whole."""
    root_end = re.compile(rf"</{re.escape(name)}\s*>")
    ended = max((one.start() for one in root_end.finditer(mended)), default=-1)
    if ended >= 0:
        return _End(ended, f"</{name}>")
    channel_end = mended.rfind(_CHANNEL_END)
    entry_end = max((one.end() for one in _ENTRY_END.finditer(mended)), default=-1)
    is_rss = name.lower().endswith("rss")
    if is_rss and channel_end >= max(entry_end, 0):
        return _End(channel_end, f"{_CHANNEL_END}</{name}>")
    if entry_end < 0 or _is_quoted(mended, entry_end):
        return None
    return _End(entry_end, f"{_CHANNEL_END if is_rss else ''}</{name}>", is_cut=True)


def _is_quoted(mended: str, position: int) -> bool:
    """Whether what stands there is what an article says of feeds."""
    begun = mended.rfind("<![CDATA[", 0, position)
    return begun > mended.rfind("]]>", 0, position)


def _declarations(mended: str) -> str:
    """Declarations of the prefixes that are used and not declared, as attributes."""
    used = {*_PREFIX.findall(mended), *_PREFIX_OF_ATTRIBUTE.findall(mended)}
    missing = sorted(used - {"xml", *_DECLARED.findall(mended)})
    addresses = ((prefix, customary_namespace(prefix)) for prefix in missing)
    return "".join(f' xmlns:{prefix}="{address}"' for prefix, address in addresses)
