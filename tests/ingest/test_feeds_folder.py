"""Every document under tests/feeds/, with what it says as data beside it."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from ingest.formats.choose import parse_document
from ingest.formats.page import parse_page
from ingest.formats.raw import RawDocument, RawEntry
from ingest.formats.sitemap import parse_sitemap
from ingest.formats.snapshot import parse_snapshot
from ingest.source import PageSelectors

FOLDER = Path(__file__).parents[1] / "feeds"
DOCUMENTS = sorted(
    path
    for suffix in ("xml", "txt", "html", "jsonfeed")
    for path in FOLDER.glob(f"*/*.{suffix}")
)


def read(path: Path, expected: dict[str, Any]) -> RawDocument:
    body = path.read_bytes()
    match path.parent.name:
        case "snapshot":
            return parse_snapshot(body)
        case "sitemap":
            return parse_sitemap(body, content_type=None)
        case "page":
            selectors = PageSelectors(**expected.pop("selectors"))
            return parse_page(body, content_type=None, selectors=selectors)
    return parse_document(body, content_type=None)


def said(document: RawDocument) -> dict[str, Any]:
    """The document as an expectation writes it: texts as strings, spans in seconds."""
    values = asdict(document)
    values["further"] = list(values["further"])
    pace = values.pop("pace")
    for span in ("ttl", "update_period"):
        values[span] = pace[span] and pace[span].total_seconds()
    for numbers in ("skip_hours", "skip_days"):
        values[numbers] = sorted(pace[numbers])
    values["update_base"] = pace["update_base"]
    values["entries"] = [_said_of(entry) for entry in document.entries]
    return values


def _said_of(entry: RawEntry) -> dict[str, Any]:
    values = entry._asdict()
    for name in ("title", "summary", "content"):
        values[name] = values[name] and values[name].value
    values["categories"] = list(entry.categories)
    values["enclosures"] = [list(asdict(file).values()) for file in entry.enclosures]
    return values


@pytest.mark.parametrize(
    "path",
    sorted(DOCUMENTS),
    ids=[str(path.relative_to(FOLDER)) for path in sorted(DOCUMENTS)],
)
def test_a_document_says(path: Path) -> None:
    expected = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    entries = expected.pop("entries")

    document = said(read(path, expected))

    assert {name: document[name] for name in expected} == expected
    assert len(document["entries"]) == len(entries)
    for entry, wanted in zip(document["entries"], entries, strict=True):
        assert {name: entry[name] for name in wanted} == wanted
