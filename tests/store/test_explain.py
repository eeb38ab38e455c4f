from __future__ import annotations

from dataclasses import replace

import pytest

from config.expression_parser import parse_expression
from store.article import Place, Strength, TagHit, TagMatch
from store.classify.article_name import ArticleName, read_article_name
from store.classify.explain import Explained, explain
from store.classify.ranking import score
from tests.store.subjects import make_subject

TITLE = "Mali and Algeria"
TAGS = (
    TagMatch(
        tag="mali",
        strength=Strength.ABOUT,
        hits=(TagHit(place=Place.TITLE, start=0, end=4),),
    ),
)
TOPICS = {
    "sahel": parse_expression("about:mali OR about:niger"),
    "north": parse_expression("topic:sahel -football"),
}


def told(written: str) -> Explained:
    subject = make_subject(title=TITLE, text="In Mali.", about=frozenset({"mali"}))
    return explain(parse_expression(written), subject, tags=TAGS, topics=TOPICS)


def lines(explained: Explained) -> list[tuple[str, bool]]:
    """Every part in the order written."""
    parts = [line for part in explained.parts for line in lines(part)]
    return [(explained.written, explained.holds), *parts]


def test_every_part_says_whether_it_holds() -> None:
    assert lines(told("topic:north lang:en")) == [
        ("AND", True),
        ("topic:north", True),
        ("AND", True),
        ("topic:sahel", True),
        ("OR", True),
        ("about:mali", True),
        ("about:niger", False),
        ("NOT", True),
        ("football", False),
        ("lang:en", True),
    ]


def test_a_clause_quotes_where_it_hits() -> None:
    word, tag = told("mali"), told("about:mali")

    assert [passage.text for passage in word.passages] == [TITLE, "In Mali."]
    assert [passage.hits for passage in word.passages] == [((0, 4),), ((3, 7),)]
    assert tag.hits == TAGS[0].hits
    assert told("about:niger").passages == ()


NAMES = {
    "a number": ("17", ArticleName(number=17)),
    "a uid": ("0123456789abcdef01234567", ArticleName(uid="0123456789abcdef01234567")),
    "a tag: URI": (
        "tag:news.example,2026:article/0123456789abcdef01234567",
        ArticleName(uid="0123456789abcdef01234567"),
    ),
    "no article has so large a number": ("9" * 30, ArticleName()),
    "words are no name": ("mali", ArticleName()),
    "figures of another script are no number": ("٣", ArticleName()),
}


@pytest.mark.parametrize("case", NAMES.values(), ids=NAMES.keys())
def test_article_name(case: tuple[str, ArticleName]) -> None:
    written, meant = case

    assert read_article_name(written) == meant


def test_an_address_is_a_link_or_a_page_of_ours() -> None:
    page = read_article_name("https://news.example/articles/17/")
    link = read_article_name("https://news.example/2026/17")

    assert page.number == 17
    assert page.url is not None
    assert link.number is None
    assert link.url == "https://news.example/2026/17"


def test_the_title_counts_more_than_the_text_and_a_short_text_more() -> None:
    ranks = [
        score({}, 100),
        score({Place.TEXT: 1}, 10_000),
        score({Place.TEXT: 1}, 100),
        score({Place.TEXT: 9}, 100),
        score({Place.TITLE: 1}, 100),
        score({Place.TITLE: 1, Place.TEXT: 1}, 100),
    ]

    assert ranks == sorted(ranks)
    assert len(set(ranks)) == len(ranks)


def test_a_category_of_the_publisher_is_quoted() -> None:
    hit = TagHit(place=Place.CATEGORY, start=6, end=11)
    tag = TagMatch(tag="sahel", strength=Strength.ABOUT, hits=(hit,))
    subject = replace(
        make_subject(about=frozenset({"sahel"})), categories=("Sport", "Sahel")
    )

    explained = explain(parse_expression("about:sahel"), subject, tags=[tag], topics={})

    (passage,) = explained.passages
    assert passage.place is Place.CATEGORY
    assert [passage.text[start:end] for start, end in passage.hits] == ["Sahel"]
