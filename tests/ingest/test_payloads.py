"""Hostile HTML, wherever in an entry it stands, leaves nothing that acts."""

from __future__ import annotations

import pytest

from ingest.formats.raw import RawDocument, RawEntry, RawText
from ingest.normalise.clean_html import clean_html, html_to_text, paragraphs, plain_line
from ingest.normalise.document import normalise_document
from tests.ingest.confusing_payloads import CONFUSING
from tests.ingest.inertness import faults, strangers
from tests.ingest.normalise_factories import NOW, make_source
from tests.ingest.payloads import PAYLOADS

BASE = "https://gazette.example/news/feed"

HOSTILE = PAYLOADS | CONFUSING
each_payload = pytest.mark.parametrize("payload", HOSTILE.values(), ids=HOSTILE.keys())


def test_the_payloads_are_hostile() -> None:
    harmless = [name for name, payload in HOSTILE.items() if not faults(payload)]

    assert len(HOSTILE) == len(PAYLOADS) + len(CONFUSING) >= 350
    # These act in other parsers, or when they are parsed again.
    assert len(harmless) <= len(HOSTILE) // 8


@each_payload
def test_a_payload_is_inert(payload: str) -> None:
    cleaned = clean_html(payload, base_url=BASE)

    assert faults(cleaned) == []
    assert strangers(cleaned) == []
    assert clean_html(cleaned, base_url=BASE) == cleaned


@each_payload
def test_a_payload_between_other_texts_is_inert(payload: str) -> None:
    html = f"<table><tr><td>{payload}</td></tr></table><p title='{payload}'>x</p>"

    assert faults(clean_html(f"<p>one{html}two</p>", base_url=BASE)) == []


@each_payload
def test_a_payload_whose_text_is_written_as_html_is_inert(payload: str) -> None:
    assert faults(paragraphs(html_to_text(payload))) == []
    # Some reader takes a title for HTML after all.
    assert faults(plain_line(payload, is_html=True)) == []


@each_payload
def test_a_payload_in_an_entry_is_inert(payload: str) -> None:
    text = RawText(value=payload)
    entry = RawEntry(title=text, summary=text, content=text, link=payload, guid=payload)

    document = normalise_document(
        RawDocument(entries=(entry,)), source=make_source(), base_url=BASE, now=NOW
    )

    for each in document.entries:
        assert faults(each.content_html) == []
        assert each.link is None or each.link.startswith("https://")
