"""Articles as far as a search must read them to decide whether they match."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection, select

from config.expression import Expression, Field
from config.expression_parser import each_clause
from store.article import ArticleId, TagMatch
from store.classify.decide import Facts, build_subject
from store.classify.matching import MatchSubject
from store.database import tables
from store.database.articles import load_carriers_of, load_tags

_article = tables.article.c


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """An article that may match, with those of its tags that are asked for."""

    id: ArticleId
    subject: MatchSubject
    tags: tuple[TagMatch, ...]


def load_candidates(
    connection: Connection, numbers: Sequence[int], expression: Expression
) -> Iterator[Candidate]:
    """These articles in the order given, with all that the expression asks of one.

    Tags and carriers are left out where it asks for none, and what articles only show
    always is: of hundreds that match, a search shows twenty.
    """
    asked = {clause.field for clause in each_clause(expression)}
    has_tags = not asked.isdisjoint((Field.ABOUT, Field.MENTIONS))
    tags = load_tags(connection, numbers) if has_tags else {}
    carriers = load_carriers_of(connection, numbers) if Field.SOURCE in asked else {}
    facts = _load_facts(connection, numbers)
    for number in numbers:
        found, origin = tags.get(number, ()), facts[number].sources
        sources = origin | carriers.get(number, frozenset())
        yield Candidate(
            id=ArticleId(number),
            subject=build_subject(replace(facts[number], sources=sources), found),
            tags=found,
        )


def _load_facts(connection: Connection, numbers: Sequence[int]) -> dict[int, Facts]:
    rows = connection.execute(
        select(
            _article.id,
            _article.title,
            _article.text,
            _article.language,
            _article.author,
            _article.link,
            _article.moment,
            _article.origin,
        ).where(_article.id.in_(numbers))
    )
    return {
        row.id: Facts(
            title=row.title,
            text=row.text,
            language=row.language,
            author=row.author,
            link=row.link,
            at=row.moment,
            sources=frozenset({row.origin}),
            categories=(),
        )
        for row in rows
    }
