"""The gates of publishing let nothing through twice that they stopped once."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from publish.addresses import publishable_link
from publish.formats.safe_html import safe_html
from publish.formats.text import label, legal_text, prose
from publish.web.conditional import is_not_modified
from publish.web.wording import quote
from tests.properties.feed_strategies import nasty_texts, times

pytestmark = pytest.mark.property


@given(text=nasty_texts)
def test_clean_text_is_legal_xml_and_stays_as_it_is(text: str) -> None:
    for clean in (legal_text, prose, label):
        cleaned = clean(text)
        element = etree.Element("a")
        element.text = cleaned

        assert clean(cleaned) == cleaned
        assert etree.fromstring(etree.tostring(element)).text == (cleaned or None)


@given(text=nasty_texts)
def test_safe_html_carries_no_script(text: str) -> None:
    html = safe_html(f"<p onclick='{text}'>{text}<script>{text}</script>{text}")

    assert "<script" not in html
    assert "<p onclick" not in html


@given(link=nasty_texts.map("https://paper.example/{}".format))
def test_a_published_link_stays_as_it_is(link: str) -> None:
    published = publishable_link(link)

    assert published is None or publishable_link(published) == published


@given(
    if_none_match=st.none() | st.text(max_size=30),
    if_modified_since=st.none() | st.text(max_size=30),
)
def test_no_header_upsets_the_comparison(
    if_none_match: str | None, if_modified_since: str | None
) -> None:
    answer = is_not_modified(
        if_none_match,
        if_modified_since,
        etag='"0123456789abcdef"',
        last_modified=datetime(2026, 1, 1, tzinfo=UTC),
    )

    assert answer is False or if_none_match in ("*", None)


@given(last_modified=times)
def test_our_own_date_comes_back_as_a_304(last_modified: datetime) -> None:
    header = format_datetime(last_modified, usegmt=True)

    assert is_not_modified(None, header, etag='"a"', last_modified=last_modified)


@given(text=st.text(), start=st.integers(0, 99), length=st.integers(0, 30))
def test_a_quotation_is_words_of_the_text(text: str, start: int, length: int) -> None:
    found = quote(text, start, start + length)

    whole = (found.before + found.hit + found.after).strip("…")
    assert found.hit == text[start : start + length]
    assert "…" in text or whole in text
