from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from ingest.entry import EntryDigest
from ingest.formats.raw import RawDocument, RawEntry, RawText
from ingest.normalise.document import normalise_document
from ingest.normalise.entry_digest import entry_digest, surroundings
from ingest.source import FeedAddress, Source

ROOT = Path(__file__).parents[2]
SOURCE = Source(
    slug="gazette", title="G", location=FeedAddress(url="https://g.example/feed")
)
ENTRY = RawEntry(
    guid="1",
    title=RawText(value="Ministers meet"),
    content=RawText(value="<p>In Bamako.</p>"),
)
NOW = datetime(2026, 11, 23, tzinfo=UTC)


def digest(
    entry: RawEntry = ENTRY,
    document: RawDocument | None = None,
    source: Source = SOURCE,
    base_url: str = "https://g.example/feed",
) -> EntryDigest:
    return entry_digest(
        entry, surroundings(document or RawDocument(), source, base_url)
    )


CHANGES: dict[str, dict[str, Any]] = {
    "another title": {"entry": ENTRY._replace(title=RawText(value="Ministers met"))},
    "markup that was text": {
        "entry": ENTRY._replace(title=RawText(value="Ministers meet", is_html=False))
    },
    "the text in another field": {
        "entry": ENTRY._replace(content=None, summary=ENTRY.content)
    },
    "a date": {"entry": ENTRY._replace(published="2026-11-23")},
    "another language of the document": {"document": RawDocument(language="fr")},
    "another author of the document": {"document": RawDocument(author="Jane")},
    "other rights of the document": {"document": RawDocument(rights="CC BY")},
    "another address to start links from": {"base_url": "https://h.example/feed"},
    "another language of the source": {"source": replace(SOURCE, language="ar")},
    "fewer languages to choose from": {"source": replace(SOURCE, languages=("fr",))},
}


@pytest.mark.parametrize("changed", CHANGES.values(), ids=CHANGES)
def test_an_entry_is_read_anew_after(changed: dict[str, Any]) -> None:
    assert digest(**changed) != digest()


SAME: dict[str, dict[str, Any]] = {
    "nothing changed": {},
    "the build date and title of the document": {
        "document": RawDocument(title="Another", link="https://g.example/")
    },
    "comments": {"entry": ENTRY._replace(comment_count=7)},
}


@pytest.mark.parametrize("same", SAME.values(), ids=SAME)
def test_an_entry_reads_as_before_though_it_has_new(same: dict[str, Any]) -> None:
    assert digest(**same) == digest()


def test_every_process_gives_an_entry_the_same_digest() -> None:
    script = (
        "from tests.ingest.test_entry_digest import digest; print(digest(), end='')"
    )

    told = {
        subprocess.run(
            [sys.executable, "-c", script],
            cwd=ROOT,
            env={"PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }

    assert told == {digest()}


def test_half_a_surrogate_pair_has_a_digest() -> None:
    assert digest(RawEntry(guid="\ud800")) != digest()


def test_a_known_entry_is_named_and_not_cleaned() -> None:
    raw = RawDocument(
        entries=(ENTRY, ENTRY._replace(guid="2"), ENTRY._replace(guid="3"))
    )
    first = normalise_document(raw, source=SOURCE, base_url=None, now=NOW)
    known = {first.entries[0].digest, first.entries[2].digest}

    again = normalise_document(raw, source=SOURCE, base_url=None, now=NOW, known=known)

    assert again.entries == (first.entries[1],)
    assert [(one.digest, one.position) for one in again.unchanged] == [
        (first.entries[0].digest, 0),
        (first.entries[2].digest, 1),
    ]
