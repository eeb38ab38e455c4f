"""The page for people who write topics: its examples are what happens."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from config.errors import ExpressionError
from config.expansion import expand_topics
from config.expression_parser import parse_expression
from store.classify.matching import decide_match
from tests.store.subjects import make_subject

PAGE = (Path(__file__).parents[2] / "docs" / "topics.md").read_text()
EXAMPLES = re.findall(r"^\| `(.+)` \| ([^|`]+) \| (yes|no) \|$", PAGE, re.MULTILINE)
MISTAKES = re.findall(r"^\| `(.+)` \| (\d+) \| (.+) \|$", PAGE, re.MULTILINE)
TOPICS = {"sahel": parse_expression("about:mali OR about:niger")}


@pytest.mark.parametrize(
    "example", EXAMPLES, ids=[f"{one[0]} in {one[1]}" for one in EXAMPLES]
)
def test_an_example_of_the_page(example: tuple[str, str, str]) -> None:
    written, title, holds = example
    in_french = re.search("[Ll]e |L'|Bamako", title)
    subject = make_subject(
        title=title,
        text="Le gouvernement du Mali" if title == "Bamako vote" else "",
        language="fr" if in_french else "ar" if "أ" in title else "en",
        author="A. Benali",
        url="https://example.org/sport/17",
        published_at=datetime(2025, 6, 1, 12, tzinfo=UTC),
        about=frozenset({"mali"}),
        mentions=frozenset({"mali", "algeria"}),
    )

    reason = decide_match(expand_topics(parse_expression(written), TOPICS), subject)

    assert (reason is not None) is (holds == "yes")


@pytest.mark.parametrize("mistake", MISTAKES, ids=[one[0] for one in MISTAKES])
def test_a_mistake_of_the_page(mistake: tuple[str, str, str]) -> None:
    written, column, words = mistake

    with pytest.raises(ExpressionError, match=re.escape(words)) as raised:
        parse_expression(written)

    assert raised.value.column == int(column)


def test_the_page_has_its_examples() -> None:
    assert len(EXAMPLES) == 39
    assert len(MISTAKES) == 10
