"""How long a search takes among a million articles.

Fills a database in a temporary folder: articles of a hundred words, drawn as words are
in a language (the n-th commonest once for every n), in twenty sources and five years,
one in ten about each of five tags. Prints for each kind of search the time to its
first twenty articles: by rank when a search meets them first, by date when they are in
memory since. Another number of articles may be given as an argument, and behind it the
address of an empty PostgreSQL database to be filled in place of a SQLite file.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import accumulate, islice
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from typing import Any

from config.expression_parser import parse_expression
from store.article import ArticleId, Order
from store.classify.words import Words
from store.database import articles, sources, word_index
from store.database.engine import Database
from store.database.sources import SourceName
from store.database.upgrade import open_database
from store.library import Library

ARTICLES = 1_000_000
_TIMES_EACH = 25
_AT_A_TIME = 5_000
_TEXTS = 10_000  # bodies that articles share; each has words of its own beside them
_VOCABULARY = 40_000
_RARE = 40_000  # words of which an article has two: each in some 50 of a million
_TAGS = ("mali", "algeria", "migration", "libya", "tunisia")
_NOW = datetime(2026, 11, 23, tzinfo=UTC)
_SPAN = timedelta(days=5 * 365)


class Generator:
    """Articles that look like news to an index, the same at every run."""

    def __init__(self, count: int) -> None:
        self._count = count
        self._dice = random.Random(20261123)  # noqa: S311 - no secret
        self.common = [self._word() for _ in range(_VOCABULARY)]
        self.rare = [f"{self._word()}{self._word()}" for _ in range(_RARE)]
        self._weights = list(accumulate(1 / rank for rank in range(1, _VOCABULARY + 1)))
        self.pairs: list[str] = []  # of words that stand in one article
        self.texts = [" ".join(self._draw(100)) for _ in range(_TEXTS)]
        self._forms = [Words.of(text, "fr").forms for text in self.texts]

    def _draw(self, size: int) -> list[str]:
        return self._dice.choices(self.common, cum_weights=self._weights, k=size)

    def _word(self) -> str:
        syllables = self._dice.randint(2, 4)
        return "".join(
            self._dice.choice("bdfglmnprstv") + self._dice.choice("aeiou")
            for _ in range(syllables)
        )

    def rows(self) -> Iterator[tuple[dict[str, Any], frozenset[str]]]:
        """A row of the article table and the forms of its words, for each article."""
        for number in range(1, self._count + 1):
            which = self._dice.randrange(_TEXTS)
            pair = " ".join(self._dice.choices(self.rare, k=2))
            own = " ".join((*self._draw(6), pair))
            if len(self.pairs) < _TIMES_EACH:
                self.pairs.append(pair)
            yield (
                self._row(number, own, self.texts[which]),
                self._forms[which] | Words.of(own, "fr").forms,
            )

    def _row(self, number: int, title: str, text: str) -> dict[str, Any]:
        seen_at = _NOW - _SPAN * (1 - number / self._count)
        return {
            "id": number,
            "uid": f"{number:024x}",
            "canonical_url": None,
            "title_key": title,
            "carrier": _source(number),
            "origin": _source(number),
            "link": f"https://example.org/{number}",
            "title": title,
            "summary": text[:200],
            "content_html": f"<p>{text}</p>",
            "text": text,
            "language": "fr",
            "published_at": seen_at - timedelta(seconds=self._dice.randint(0, 90_000)),
            "published_precision": "second",
            "first_seen_at": seen_at,
            "content_digest": f"{number:064x}",
            "categories": [],
            "enclosures": [],
        }

    def tag_rows(self, number: int) -> list[dict[str, Any]]:
        """The tags of an article: on average half a one."""
        return [
            {"article": number, "tag": tag, "strength": "about", "hits": []}
            for tag in _TAGS
            if self._dice.random() < 0.1
        ]


def _source(number: int) -> str:
    return f"source-{number % 20}"


def fill(database: Database, generator: Generator) -> None:
    """Write every article of the generator, some thousands a transaction."""
    with database.write() as connection:
        names = [
            SourceName(slug=_source(number), title=_source(number), home=None)
            for number in range(20)
        ]
        sources.save_names(connection, names)
    rows = generator.rows()
    while some := list(islice(rows, _AT_A_TIME)):
        numbers = [row["id"] for row, _ in some]
        with database.write() as connection:
            articles.add_rows(
                connection,
                {
                    "article": [row for row, _ in some],
                    "sighting": [_sighting(row) for row, _ in some],
                    "article_tag": [
                        tag for number in numbers for tag in generator.tag_rows(number)
                    ],
                },
            )
            word_index.index_words(
                connection, {ArticleId(row["id"]): forms for row, forms in some}
            )


def _sighting(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "source": row["origin"],
        "entry_key": row["link"],
        "article": row["id"],
        "first_seen_at": row["first_seen_at"],
        "last_seen_at": row["first_seen_at"],
    }


def searches(generator: Generator) -> dict[str, Callable[[int], str]]:
    """For each kind of search, its n-th expression; no two are the same."""
    rare, common = generator.rare, generator.common
    phrases = list(_phrases(generator))
    return {
        "one rare word": lambda n: rare[n],
        "two rare words": lambda n: generator.pairs[n],
        "one rare word or another": lambda n: f"{rare[n]} OR {rare[n + 500]}",
        "a phrase": lambda n: phrases[n],
        "about: and a rare word": lambda n: f"about:mali {rare[n]}",
        "source: and a rare word": lambda n: f"source:source-3 {rare[n]}",
        "a prefix": lambda n: f"{rare[n][:7]}*",
        "a rare word, not another": lambda n: f"{rare[n]} -{common[50]}",
        "WALKED a common word": lambda n: common[n],
        "WALKED two common words": lambda n: f"{common[n]} {common[n + 30]}",
        "WALKED about: two tags": lambda n: f"about:mali about:{_TAGS[1 + n % 4]}",
        "WALKED source:": lambda n: f"source:source-{n % 20}",
        "WALKED about: and a word": lambda n: f"about:mali {common[n + 100]}",
    }


def _phrases(generator: Generator) -> Iterator[str]:
    """Three words that follow each other in a text; one is not of the commonest."""
    common = frozenset(generator.common[:1000])
    for text in generator.texts:
        words = text.split()[40:43]
        if not common.issuperset(words):
            yield f'"{" ".join(words)}"'


def measure(search: Callable[[str], object], expressions: Sequence[str]) -> list[float]:
    """Milliseconds of each search."""
    taken = []
    for expression in expressions:
        begins = time.perf_counter()
        search(expression)
        taken.append((time.perf_counter() - begins) * 1000)
    return taken


def report(name: str, taken: Sequence[float]) -> None:
    """A line: half of the searches took no longer, nineteen of twenty no longer."""
    print(f"{name:42} {median(taken):9.1f} {quantiles(taken, n=20)[-1]:9.1f}")


def main(count: int, url: str | None = None) -> None:
    """Fill a database and print what searching it takes."""
    with TemporaryDirectory() as folder:
        generator = Generator(count)
        with open_database(url or f"sqlite:///{folder}/rekkas.db") as database:
            begins = time.perf_counter()
            fill(database, generator)
            seconds = time.perf_counter() - begins
            print(f"{count} articles in {seconds:.0f} s, {database.place}")
            print(f"{'milliseconds':42} {'p50':>9} {'p95':>9}")
            _print_searches(Library(database), generator)


def _print_searches(library: Library, generator: Generator) -> None:
    for name, expression in searches(generator).items():
        for order in Order:
            taken = measure(
                lambda text: library.search(
                    parse_expression(text),
                    order=order,  # noqa: B023 - called before it changes
                    limit=20,
                ),
                [expression(number) for number in range(_TIMES_EACH)],
            )
            report(f"{name}, by {order.value}", taken)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else ARTICLES, *sys.argv[2:3])
