from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from config.expression import Clause, Expression, Field, Form
from ingest.entry import Entry
from store.article import ArticleId
from store.classify.decide import build_subject, facts_of
from store.classify.matching import decide_match
from store.database import articles
from store.database.search import FEW, find_candidates, find_candidates_from
from store.database.upgrade import open_database
from tests.factories import make_numbered
from tests.properties.test_matching_properties import EXPRESSIONS, grown
from tests.store.conftest import KINDS, Shelf, make_url

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


@pytest.fixture(scope="module", params=KINDS)
def shelf(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Shelf]:
    folder = tmp_path_factory.mktemp("search")
    with (
        make_url(request.param, folder, request, has_tables=True) as url,
        open_database(url) as database,
    ):
        filled = Shelf(database)
        entries = list(texts())
        filled.record(*entries)
        filled.record(*entries[::3], source="daily8")
        yield filled


def clauses(field: Field, *values: str) -> st.SearchStrategy[Expression]:
    """Clauses that some of the articles answer to."""
    return st.sampled_from(
        [
            Clause(field=field, form=Form.WORD, value=value, written=value, column=1)
            for value in values
        ]
    )


ANSWERED = st.one_of(
    EXPRESSIONS,
    clauses(Field.SOURCE, "yabiladi", "daily8", "nobody"),
    clauses(Field.ABOUT, "mali", "morocco"),
    clauses(Field.MENTIONS, "mali", "morocco"),
    clauses(Field.LANGUAGE, "fr", "ar"),
    clauses(Field.ANY, "migrant", "mali"),
)
MIXED: st.SearchStrategy[Expression] = st.recursive(ANSWERED, grown, max_leaves=6)


@pytest.mark.property
@settings(deadline=None, max_examples=120)
@given(MIXED, st.sampled_from([0, 3, FEW]))
def test_every_way_of_searching_finds_what_matches_and_nothing_else(
    shelf: Shelf, expression: Expression, few: int
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

        candidates = [
            candidate.id
            for candidate in find_candidates(connection, expression, few=few)
            if decide_match(expression, candidate.subject)
        ]
        numbers = find_candidates_from(connection, [expression], above=4, limit=100)

    shown = [one.article for one in shelf.library.search(expression, limit=100)]

    found = [article.id for article in shown]
    assert found == candidates
    assert set(found) == matching
    assert {number for number in matching if number > 4} <= set(numbers)
    moments = [article.published_at or article.first_seen_at for article in shown]
    assert moments == sorted(moments, reverse=True)
