"""The topics of the snapshot's four articles, shipped and original."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from config.expression_parser import parse_expression
from store.classify.matching import MatchSubject, decide_match
from tests.store.vocabulary import (
    ORIGINAL_SNAPSHOT,
    SHIPPED_SNAPSHOT,
    shipped_settings,
    shipped_tagger,
    snapshot_articles,
    strengths,
)

LEAD, UNHRC, PARLACEN, RWANDA = range(4)
MATRIX = {
    "western-sahara": {PARLACEN, RWANDA},
    "mali-algeria": {LEAD},
    "migration": {UNHRC},
    "algeria-niger-expulsions": {UNHRC},
    "morocco-algeria": {LEAD, PARLACEN, RWANDA},
    "morocco-defence": {RWANDA},
    "morocco-rwanda": {RWANDA},
    "sahel-security": {LEAD},
    "human-rights": {UNHRC},
    "libya": set(),
    "tunisia": set(),
    "mauritania-senegal": set(),
}
# tag: (article, strength, hits or None for any number)
STRENGTHS = {
    "the Tindouf camps only mention the territory": (
        LEAD, "western-sahara", "mentions", 1,
    ),
    "Tunisia is named twice, which is not enough": (LEAD, "tunisia", "mentions", 2),
    "Morocco is named six times": (LEAD, "morocco", "about", 6),
    "the title is about Western Sahara": (PARLACEN, "western-sahara", "about", None),
    "the Polisario is named four times": (RWANDA, "polisario", "about", 4),
    "Western Sahara itself only once": (RWANDA, "western-sahara", "mentions", 1),
    "Libya is only mentioned": (UNHRC, "libya", "mentions", None),
}  # fmt: skip
SNAPSHOTS = {"shipped": SHIPPED_SNAPSHOT, "original": ORIGINAL_SNAPSHOT}


@pytest.fixture(params=tuple(SNAPSHOTS.values()), ids=tuple(SNAPSHOTS))
def articles(request: pytest.FixtureRequest) -> list[tuple[str, str]]:
    path: Path = request.param
    if not path.exists():
        pytest.skip("the original page is not on this machine")
    return snapshot_articles(path)


def subject(title: str, text: str) -> MatchSubject:
    found = strengths(title, text, "en")
    return MatchSubject(
        title=title,
        text=text,
        language="en",
        sources=frozenset({"daily8"}),
        author=None,
        url=None,
        published_at=datetime(2025, 6, 22, tzinfo=UTC),
        about=frozenset(tag for tag, strength in found.items() if strength == "about"),
        mentions=frozenset(found),
    )


@pytest.mark.parametrize("topic", MATRIX)
def test_a_topic_has_exactly_its_articles(
    topic: str, articles: list[tuple[str, str]]
) -> None:
    expression = parse_expression(shipped_settings().topics[topic].match)

    members = {
        index
        for index, (title, text) in enumerate(articles)
        if decide_match(expression, subject(title, text)) is not None
    }

    assert members == MATRIX[topic]


@pytest.mark.parametrize(
    ("article", "tag", "strength", "hits"), STRENGTHS.values(), ids=STRENGTHS
)
def test_a_tag_is_as_strong_as_the_text_makes_it(
    article: int,
    tag: str,
    strength: str,
    hits: int | None,
    articles: list[tuple[str, str]],
) -> None:
    matches = {
        match.tag: match for match in shipped_tagger().tag(*articles[article], "en")
    }

    assert matches[tag].strength.value == strength
    assert hits is None or len(matches[tag].hits) == hits


def test_the_desert_is_not_the_territory(articles: list[tuple[str, str]]) -> None:
    title, text = articles[UNHRC]

    assert "Sahara Desert" in text
    assert "Alarme Phone Sahara" in text
    assert "western-sahara" not in strengths(title, text, "en")
