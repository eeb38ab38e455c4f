"""RSS 0.9x, 1.0 and 2.0, Atom 0.3 and 1.0, by whichever reader can.

What is well-formed and plain is `well_formed`'s, and `forgiving` reads all else.
"""

from __future__ import annotations

from dataclasses import replace
from enum import Enum

from ingest.formats.charset import decode_document
from ingest.formats.forgiving import read_whole
from ingest.formats.mended_xml import mended_xml
from ingest.formats.raw import NotAFeedError, RawDocument
from ingest.formats.well_formed.documents import read_well_formed
from ingest.formats.whole_xml import whole_xml
from ingest.formats.xml_text import declares_entities, writable_xml


class Reader(Enum):
    """Who read a feed, and after what."""

    FAST = "as it is written"
    MENDED = "after mending its mark-up"
    FORGIVING = "by feedparser, as it is not well-formed"


def parse_feed(body: bytes, *, content_type: str | None) -> RawDocument:
    """What a feed says, in its own order.

    A well-formed one is read fast; whatever else there is feedparser makes the best of,
    with the same meaning. Characters that XML forbids are dropped, so that one costs no
    more than itself. Declarations of entities are refused unread: they serve attacks
    only.

    Raises:
        NotAFeedError: the bytes are no feed.
    """
    return parse_and_tell(body, content_type=content_type)[0]


def parse_and_tell(
    body: bytes, *, content_type: str | None
) -> tuple[RawDocument, Reader]:
    """What a feed says, and who read it.

    Raises:
        NotAFeedError: the bytes are no feed.
    """
    document = read_well_formed(body)  # whatever is UTF-8 is nothing else
    if document is not None:
        return document, Reader.FAST
    text = writable_xml(decode_document(body, content_type=content_type))
    if declares_entities(text):
        raise NotAFeedError("it declares XML entities, which no feed needs")
    written = text.encode("utf-8")
    document = read_well_formed(written) if written != body else None
    if document is not None:
        return document, Reader.FAST
    whole = whole_xml(mended_xml(text))
    document = read_well_formed(whole.text.encode("utf-8"))
    if document is not None:
        return replace(document, is_cut=whole.is_cut), Reader.MENDED
    return read_whole(whole), Reader.FORGIVING
