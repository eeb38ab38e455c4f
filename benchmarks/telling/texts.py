"""The headlines and the pairs of articles that people have judged, from their files."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from benchmarks.labelled.rows import load_rows

_TITLE_CHARACTERS = 160
_TITLE_WORDS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Headline:
    """A headline and the story that it belongs to."""

    title: str
    published_at: datetime
    story: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """An article as a pair has it: its text, cut into title and body."""

    title: str
    body: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two articles; `distance` is what people said, 1 for the same to 4, unrelated."""

    language: str
    articles: tuple[Told, Told]
    distance: float


def read_headlines(path: Path) -> tuple[Headline, ...]:
    """The headlines in order of time."""
    return tuple(
        Headline(
            title=row["title"],
            published_at=datetime.fromisoformat(row["published_at"]),
            story=row["story"],
        )
        for row in load_rows(path)
    )


def read_pairs(path: Path) -> tuple[Pair, ...]:
    """The pairs in the order of the file."""
    return tuple(
        Pair(
            language=row["language"],
            articles=(cut(row["text1"]), cut(row["text2"])),
            distance=row["overall"],
        )
        for row in load_rows(path)
    )


def split_by_story(
    headlines: Sequence[Headline],
) -> tuple[tuple[Headline, ...], tuple[Headline, ...]]:
    """Two parts that share no story; which is whose is settled by the story's name."""
    stories = sorted(
        {one.story for one in headlines},
        key=lambda story: hashlib.sha256(story.encode()).digest(),
    )
    first = frozenset(stories[::2])
    return (
        tuple(one for one in headlines if one.story in first),
        tuple(one for one in headlines if one.story not in first),
    )


def cut(text: str) -> Told:
    """A text with its title: the first line where that is short, else some words."""
    title, _, body = text.strip().partition("\n")
    if len(title) > _TITLE_CHARACTERS:
        return Told(title=" ".join(title.split()[:_TITLE_WORDS]), body=text)
    return Told(title=title, body=body)
