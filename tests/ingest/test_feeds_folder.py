"""Every document under tests/feeds/, with what it says as data beside it."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from ingest.formats.choose import parse_document
from ingest.formats.raw import RawDocument
from ingest.formats.snapshot import parse_snapshot

FOLDER = Path(__file__).parents[1] / "feeds"
DOCUMENTS = sorted(FOLDER.glob("*/*.xml")) + sorted(FOLDER.glob("*/*.txt"))


def read(path: Path) -> RawDocument:
    body = path.read_bytes()
    if path.suffix == ".txt":
        return parse_snapshot(body)
    return parse_document(body, content_type=None)


def said(document: RawDocument) -> dict[str, Any]:
    """The document as an expectation writes it: texts as strings, spans in seconds."""
    values = asdict(document)
    ttl = values.pop("pace")["ttl"]
    values["ttl"] = ttl and ttl.total_seconds()
    for entry in values["entries"]:
        for name in ("title", "summary", "content"):
            entry[name] = entry[name] and entry[name]["value"]
        entry["categories"] = list(entry["categories"])
        entry["enclosures"] = [list(file.values()) for file in entry["enclosures"]]
    return values


@pytest.mark.parametrize(
    "path", DOCUMENTS, ids=[str(path.relative_to(FOLDER)) for path in DOCUMENTS]
)
def test_a_document_says(path: Path) -> None:
    expected = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    entries = expected.pop("entries")

    document = said(read(path))

    assert {name: document[name] for name in expected} == expected
    assert len(document["entries"]) == len(entries)
    for entry, wanted in zip(document["entries"], entries, strict=True):
        assert {name: entry[name] for name in wanted} == wanted
