"""Whatever the fast reader takes for itself, it reads as feedparser's adapter does."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from hypothesis import event, given
from hypothesis import strategies as st

from ingest.formats.feed import parse_feed
from ingest.formats.forgiving import read_forgivingly
from ingest.formats.raw import NotAFeedError, RawDocument
from ingest.formats.well_formed.documents import read_well_formed
from ingest.formats.xml_text import declares_entities, writable_xml
from tests.properties.document_strategies import written_feeds

pytestmark = pytest.mark.property


@given(written=written_feeds())
def test_both_readers_say_the_same_or_the_fast_one_is_not_sure(written: str) -> None:
    text = writable_xml(written)

    document = read_well_formed(text.encode())

    event("left to feedparser" if document is None else "read fast")
    assert document in (None, _read_with_feedparser(text))


@given(written=written_feeds(), places=st.tuples(st.floats(0, 1), st.floats(0, 1)))
def test_a_spoilt_document_reads_the_same_with_both(
    written: str, places: tuple[float, float]
) -> None:
    """An ampersand in a text, prefixes without namespaces, an end that is missing."""
    text_end = max(written.rfind("</", 0, int(places[0] * len(written))), 0)
    spoilt = f"{written[:text_end]} & {written[text_end:]}" if text_end else written
    spoilt = re.sub(r" xmlns:(?:dc|media|x)=[\"'][^\"']*[\"']", "", spoilt)
    spoilt = spoilt[: int((places[1] + 0.5) * len(spoilt))]
    text = writable_xml(spoilt)

    document = _read_with(lambda: parse_feed(spoilt.encode(), content_type=None))

    assert document == _read_with_feedparser(text)


def _read_with_feedparser(text: str) -> RawDocument | None:
    if declares_entities(text):
        return None
    return _read_with(lambda: read_forgivingly(text))


def _read_with(read: Callable[[], RawDocument]) -> RawDocument | None:
    try:
        return read()
    except NotAFeedError:
        return None
