"""How well copies are told from other texts, and how fast they are looked up.

Copies are made of articles of our own and, where their folder is given as an argument
or stands in ../shared/data, of an Arabic radio's and of pairs that judges scored
(English, French, Arabic): `copies` says how. Thresholds were chosen on the half of the
texts that is called "chosen on"; the other half was only judged. A copy counts as found
where its sketch leads to the original and the texts are alike enough; every pair is
judged as of two sources, which is the laxer rule. Run by `make bench`.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from sqlalchemy import delete, insert
from sqlalchemy import text as sql

from benchmarks.copies.pairs import (
    Pair,
    Piece,
    copies_of,
    footer_pairs,
    judged_pairs,
    judged_pieces,
    neighbour_pairs,
    own_pieces,
    radio_pieces,
    template_pairs,
)
from benchmarks.labelled.rows import load_rows
from store.article import ArticleId
from store.database import signatures, tables
from store.database.engine import Connection
from store.database.upgrade import open_database
from store.identify.near_duplicates import read_wording
from store.identify.originals import USUAL_RULES, ArticleText, Originals, Root

_FOLDER = Path(__file__).parents[2] / "shared" / "data"
_RADIO = Path("arabic") / "ant_articles.jsonl.gz"
_JUDGED = Path("similarity") / "semeval22_pairs.jsonl.gz"
STORED = 20_000
"""Articles that are stored when lookups are measured."""
COPIED = 10
"""One in so many of the articles looked up has its original among them."""
DOCUMENT = 50
"""Entries that are looked up together."""
PASSES = 5
"""The fastest counts, since other work shares the machine."""
_SIZE = sql("SELECT sum(pgsize) FROM dbstat WHERE name LIKE '%signature%'")


def build_pairs(folder: Path) -> list[Pair]:
    """Every labelled pair that can be made of what is there."""
    radio = radio_pieces(load_rows(folder / _RADIO))
    judged = load_rows(folder / _JUDGED)
    pieces = [*own_pieces(), *radio, *judged_pieces(judged)]
    return [
        *copies_of(pieces),
        *template_pairs(),
        *footer_pairs(pieces),
        *neighbour_pairs(radio),
        *judged_pairs(judged),
    ]


def as_article(number: int, piece: Piece) -> ArticleText:
    """The piece as an article of a source of its own."""
    return ArticleText(
        article_id=ArticleId(number),
        carrier=f"source-{number}",
        origin=f"source-{number}",
        title=piece.title,
        wording=read_wording(piece.text),
    )


def is_found(pair: Pair) -> bool:
    """Whether the second piece is taken for a copy of the first."""
    originals = Originals(USUAL_RULES)
    originals.learn(as_article(1, pair.first), None)
    return originals.find(as_article(2, pair.second)) is not None


def show_quality(pairs: Sequence[Pair]) -> None:
    """Precision and recall by language, then what was found by kind."""
    verdicts = [(pair, is_found(pair)) for pair in pairs]
    for half, is_held_out in (("chosen on", False), ("held out", True)):
        for language in ("en", "fr", "ar"):
            some = [
                (pair.is_copy, found)
                for pair, found in verdicts
                if pair.first.is_held_out is is_held_out
                and pair.first.language == language
            ]
            print(f"  {half:9} {language}  {describe(Counter(some))}")
    by_kind: dict[tuple[bool, str], list[bool]] = defaultdict(list)
    for pair, found in verdicts:
        by_kind[pair.is_copy, pair.kind].append(found)
    for (is_copy, kind), found_ones in sorted(by_kind.items(), reverse=True):
        label = "copy " if is_copy else "other"
        print(f"  {label} {kind:24} found {sum(found_ones)} of {len(found_ones)}")


def describe(verdicts: Counter[tuple[bool, bool]]) -> str:
    """Precision and recall of verdicts (is a copy, was found), and of how many."""
    right, missed = verdicts[True, True], verdicts[True, False]
    wrong, others = verdicts[False, True], verdicts[False, False]
    precision = right / max(right + wrong, 1)
    recall = right / max(right + missed, 1)
    return (
        f"precision {precision:.3f}  recall {recall:.3f}  "
        f"({right + missed} copies, {wrong + others} others)"
    )


def make_stored(pieces: Sequence[Piece], size: int) -> list[Piece]:
    """What is stored: some of the pieces, and many with their words in any order."""
    chance = random.Random(1)  # noqa: S311 - the same texts at every run
    stored = list(pieces[::COPIED])
    while len(stored) < size:
        piece = pieces[len(stored) % len(pieces)]
        words = piece.text.split()
        chance.shuffle(words)
        stored.append(replace(piece, text=" ".join(words)))
    return stored


def fill(connection: Connection, stored: Sequence[Piece]) -> int:
    """Store sketches of the pieces; the values that an article takes on average."""
    originals = Originals(USUAL_RULES)
    rows: list[dict[str, int]] = []
    for number, piece in enumerate(stored):
        for value in originals.values_to_keep(read_wording(piece.text)):
            originals.note(value, ArticleId(number))
            rows.append({"value": value, "article": number})
    connection.execute(sql("PRAGMA defer_foreign_keys = ON"))
    connection.execute(insert(tables.signature), rows)
    return len(rows) // len(stored)


def look_up(
    connection: Connection, pieces: Sequence[Piece], stored: Sequence[Piece]
) -> int:
    """Sketch the pieces and look their originals up, as for one document."""
    texts = [as_article(len(stored) + at, one) for at, one in enumerate(pieces)]
    originals = Originals(USUAL_RULES)
    values = frozenset[int]().union(*(text.wording.sketch for text in texts))
    for value, holder in signatures.find_holders(connection, values):
        originals.note(value, holder)
    found = 0
    for text in texts:
        for holder in originals.worth_comparing(text):
            root = Root(article_id=holder, carrier="a")
            originals.put(as_article(holder, stored[holder]), root)
        found += originals.find(text) is not None
    return found


def time_lookups(
    connection: Connection, pieces: Sequence[Piece], stored: Sequence[Piece]
) -> tuple[float, int]:
    """Seconds of CPU for looking all pieces up, and how many originals were found."""
    spent, found = time.process_time(), 0
    for start in range(0, len(pieces), DOCUMENT):
        found += look_up(connection, pieces[start : start + DOCUMENT], stored)
    return time.process_time() - spent, found


def show_speed(pieces: Sequence[Piece], *, size: int = STORED) -> None:
    """Articles a second of CPU, over a database with many sketches."""
    stored = make_stored(pieces, size)
    with tempfile.TemporaryDirectory() as folder:
        database = open_database(f"sqlite:///{folder}/rekkas.db")
        with database, database.write() as connection:
            each = fill(connection, stored)
            occupied = connection.execute(_SIZE).scalar_one() / size
            passes = [time_lookups(connection, pieces, stored) for _ in range(PASSES)]
            connection.execute(delete(tables.signature))  # their articles are none
    spent, found = min(passes)
    words = sum(len(piece.text.split()) for piece in pieces) / len(pieces)
    print(
        f"  {len(pieces) / spent:,.0f} articles of {words:.0f} words a CPU second, "
        f"sketched and looked up among {size:,} ({found} of {len(pieces)} found); "
        f"{each} values and {occupied:,.0f} bytes an article"
    )


def main(folder: Path) -> None:
    """Print what is measured."""
    if not folder.is_dir():
        print(f"there is no folder {folder} of texts: articles of our own only")
    show_quality(build_pairs(folder))
    show_speed([*own_pieces(), *radio_pieces(load_rows(folder / _RADIO))])
    judged = judged_pieces(load_rows(folder / _JUDGED))
    if judged:
        show_speed(judged)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else _FOLDER)
