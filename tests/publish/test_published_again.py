"""What publishers write, read and published again: valid, whatever its dialect."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from config.values import ContentChoice
from ingest.entry import Entry
from ingest.normalise.document import normalise_document
from publish.feed import FeedFormat
from publish.formats.atom import render_atom
from publish.formats.rss import render_rss
from store.article import Article
from tests.factories import NOW
from tests.ingest.normalise_factories import make_source
from tests.ingest.payloads import PAYLOADS
from tests.ingest.test_feeds_folder import DOCUMENTS, FOLDER
from tests.ingest.test_feeds_folder import read as read_raw
from tests.publish.factories import make_article, make_feed
from tests.publish.validity import find_faults_in_atom, find_faults_in_rss

_SAME = (
    *("title", "summary", "content_html", "author", "language", "published_at"),
    *("published_precision", "updated_at", "enclosures", "rights", "comments_url"),
    *("image_url", "link"),
)


def as_article(number: int, entry: Entry) -> Article:
    """The entry as if it had been stored."""
    said: dict[str, Any] = {name: getattr(entry, name) for name in _SAME}
    return make_article(number, first_seen_at=NOW, **said)


@pytest.mark.parametrize(
    "path", DOCUMENTS, ids=lambda one: str(one.relative_to(FOLDER))
)
def test_a_document_of_any_dialect_is_valid_when_published_again(path: Path) -> None:
    expected = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    document = normalise_document(
        read_raw(path, expected),
        source=make_source(),
        base_url="https://gazette.example/feed",
        now=NOW,
    )
    articles = [as_article(*each) for each in enumerate(document.entries, start=1)]

    feed = make_feed(*articles, content=ContentChoice.FULL)

    rss, atom = (feed.address_in(each) for each in (FeedFormat.RSS, FeedFormat.ATOM))
    assert find_faults_in_rss(render_rss(feed), rss) == []
    assert find_faults_in_atom(render_atom(feed), atom) == []


@pytest.mark.parametrize("payload", PAYLOADS.values(), ids=PAYLOADS)
def test_hostile_html_leaves_a_feed_valid(payload: str) -> None:
    feed = make_feed(
        make_article(content_html=f"<p>a {payload} b</p>", language="ar"),
        content=ContentChoice.FULL,
    )

    assert find_faults_in_rss(render_rss(feed), feed.address_in(FeedFormat.RSS)) == []
