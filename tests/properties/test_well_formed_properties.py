"""Whatever the fast reader takes for itself, it reads as feedparser's adapter does."""

from __future__ import annotations

import pytest
from hypothesis import event, given

from ingest.formats.feed import read_forgivingly
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


def _read_with_feedparser(text: str) -> RawDocument | None:
    try:
        return None if declares_entities(text) else read_forgivingly(text)
    except NotAFeedError:
        return None
