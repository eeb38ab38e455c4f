"""Articles as expressions see them, valid by default."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from store.classify.matching import MatchSubject

_SUBJECT = MatchSubject(
    title="A title",
    text="A text.",
    language="en",
    sources=frozenset({"yabiladi"}),
    author=None,
    url=None,
    published_at=datetime(2025, 6, 22, tzinfo=UTC),
    about=frozenset(),
    mentions=frozenset(),
)


def make_subject(**changes: Any) -> MatchSubject:
    return replace(_SUBJECT, **changes)
