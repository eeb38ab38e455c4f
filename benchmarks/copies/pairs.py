"""Labelled pairs of texts: copies of each other, and others that only look so."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any
from zlib import crc32

from benchmarks.copies.alterations import ALTERATIONS
from benchmarks.copies.own_texts import OWN_TEXTS
from benchmarks.copies.templates import KINDS, report, with_footer

SHORTEST = 45
"""Words of a text that is altered: less, and its third is too short to be judged."""

_UNRELATED = 1.75
"""Pairs that judges scored below say the same; some of them are copies."""
_REPORTS = 40
_FOOTED = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A text with its headline and language."""

    language: str
    title: str
    text: str

    @property
    def is_held_out(self) -> bool:
        """Whether it is kept for judging, not for choosing: a half, by its words."""
        return crc32(self.text.encode()) % 2 == 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two pieces, whether the second is a copy of the first, and what was done."""

    kind: str
    is_copy: bool
    first: Piece
    second: Piece


def own_pieces() -> list[Piece]:
    """The articles that come with the benchmark."""
    return [
        Piece(language=language, title=title, text=text)
        for language, texts in OWN_TEXTS.items()
        for title, text in texts.items()
    ]


def radio_pieces(rows: Sequence[dict[str, Any]]) -> list[Piece]:
    """The articles of the Arabic corpus, each text once."""
    by_text = {row["text"]: row["title"] for row in rows}
    return [
        Piece(language="ar", title=title, text=text) for text, title in by_text.items()
    ]


def judged_pairs(rows: Sequence[dict[str, Any]]) -> list[Pair]:
    """Pairs of which judges said that they do not say the same."""
    return [
        Pair(
            kind="related" if row["overall"] < 3 else "unrelated",
            is_copy=False,
            first=_judged(row, "text1"),
            second=_judged(row, "text2"),
        )
        for row in rows
        if row["overall"] >= _UNRELATED
    ]


def judged_pieces(rows: Sequence[dict[str, Any]]) -> list[Piece]:
    """The first text of each judged pair."""
    return [_judged(row, "text1") for row in rows]


def _judged(row: dict[str, Any], column: str) -> Piece:
    text = row[column]
    return Piece(language=row["language"], title=text[:60], text=text)


def copies_of(pieces: Sequence[Piece]) -> Iterator[Pair]:
    """Each piece that is long enough with every alteration of it."""
    for number, piece in enumerate(pieces):
        if len(piece.text.split()) < SHORTEST:
            continue
        chance = random.Random(number)  # noqa: S311 - the same copies at every run
        for kind, alter in ALTERATIONS.items():
            copy = Piece(
                language=piece.language,
                title=f"{piece.title} ({kind})",
                text=alter(piece.text, piece.language, chance),
            )
            if len(copy.text.split()) >= SHORTEST:
                yield Pair(kind=kind, is_copy=True, first=piece, second=copy)


def template_pairs() -> Iterator[Pair]:
    """Reports of one template with other numbers, days and names."""
    chance = random.Random(1)  # noqa: S311 - the same reports at every run
    for language, kinds in KINDS.items():
        for kind in kinds:
            for _ in range(_REPORTS):
                yield Pair(
                    kind=f"template: {kind}",
                    is_copy=False,
                    first=_report(kind, language, chance),
                    second=_report(kind, language, chance),
                )


def _report(kind: str, language: str, chance: random.Random) -> Piece:
    return Piece(language=language, title=kind, text=report(kind, language, chance))


def footer_pairs(pieces: Sequence[Piece]) -> Iterator[Pair]:
    """Neighbours in the corpus, hence of one topic, over the same closing lines."""
    for language in KINDS:
        spoken = [piece for piece in pieces if piece.language == language]
        neighbours = pairwise(spoken[:_FOOTED])
        for first, second in neighbours:
            yield Pair(
                kind="same footer",
                is_copy=False,
                first=_footed(first),
                second=_footed(second),
            )


def _footed(piece: Piece) -> Piece:
    return Piece(
        language=piece.language,
        title=piece.title,
        text=with_footer(piece.text, piece.language),
    )


def neighbour_pairs(pieces: Sequence[Piece]) -> Iterator[Pair]:
    """Neighbours in a corpus that is sorted by topic."""
    for first, second in pairwise(pieces):
        if first.language == second.language and first.title != second.title:
            yield Pair(kind="same topic", is_copy=False, first=first, second=second)
