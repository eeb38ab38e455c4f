from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings

from config.expression import Expression
from ingest.entry import Entry
from store.article import ArticleId
from store.classify.decide import build_subject, facts_of
from store.classify.matching import decide_match
from store.database import articles
from store.database.upgrade import open_database
from tests.factories import make_numbered
from tests.properties.test_matching_properties import EXPRESSIONS
from tests.store.conftest import Shelf

WORDS = """
    mali Mali's Algérie algeriennes migrants migrant migration القضية المغرب وبالمغرب
    للهجرة western-sahara fr l' ! + a+b n'djamena ½ ٣ 3.5 ﷺ 𝒜 \u200f e\u0301
""".split()  # noqa: SIM905 - a list of quoted words of both directions is unreadable
STARTS = datetime(2025, 6, 20, tzinfo=UTC)


def texts() -> Iterator[Entry]:
    """Thirty articles in five languages, each with a few of the words."""
    for number in range(30):
        chosen = [WORDS[(number * 7 + step * step) % len(WORDS)] for step in range(6)]
        yield make_numbered(
            number,
            title=f"{chosen[0]} {chosen[1]}",
            text=" ".join(chosen[2:]),
            language=("en", "fr", "ar", "es", None)[number % 5],
            published_at=None if number % 4 == 0 else STARTS + timedelta(days=number),
            author=chosen[2] if number % 3 else None,
        )


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    path: Path = tmp_path_factory.mktemp("search") / "rekkas.db"
    with open_database(f"sqlite:///{path}") as database:
        filled = Shelf(database)
        filled.record(*texts())
        yield filled


@pytest.mark.property
@settings(deadline=None, max_examples=200)
@given(EXPRESSIONS)
def test_search_finds_what_matches_and_nothing_else(
    shelf: Shelf, expression: Expression
) -> None:
    with shelf.database.read() as connection:
        matching = {
            article.id
            for article, carriers in articles.load_articles(
                connection, map(ArticleId, range(1, 31))
            )
            if decide_match(
                expression, build_subject(facts_of(article, carriers), article.tags)
            )
        }

    found = [one.article for one in shelf.library.search(expression, limit=100)]

    assert {article.id for article in found} == matching
    moments = [article.published_at or article.first_seen_at for article in found]
    assert moments == sorted(moments, reverse=True)
