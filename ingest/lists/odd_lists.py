"""Lists that are no well-formed OPML -> their sources; only this imports listparser.

listparser forgives broken XML and knows lists of other kinds: FOAF, iGoogle. It keeps
neither languages nor pages, so it gets only what nothing else reads.
"""

from __future__ import annotations

import re

import listparser

from ingest.lists.listed import LeftOut, ListedSource, Outline, read_outline

DEEPEST_NESTING = 100
"""Outlines within outlines; listparser copies all their names for every feed."""

_OUTLINE = re.compile(r"<(/?)outline\b([^<>]*+)")


def read_odd_list(text: str) -> list[ListedSource | LeftOut]:
    """The sources that can be made out; none where nothing looks like a list."""
    if _depth(text) > DEEPEST_NESTING:
        return []
    try:
        # Bytes, since a text that begins like an address would be fetched; the mark
        # says which charset they are in, whatever the document declares.
        parsed = listparser.parse(b"\xef\xbb\xbf" + text.encode("utf-8", "replace"))
    except LookupError:  # seen where tags were mixed up
        return []
    return [
        read_outline(
            Outline(
                title=feed.title,
                url=feed.url,
                categories=tuple(map(tuple, feed.get("categories", ()))),
            )
        )
        for feed in parsed.feeds
    ]


def _depth(text: str) -> int:
    """How deep outlines stand within outlines."""
    depth = deepest = 0
    for tag in _OUTLINE.finditer(text):
        if tag[1]:
            depth -= 1
        elif not tag[2].endswith("/"):
            depth += 1
            deepest = max(deepest, depth)
    return deepest
