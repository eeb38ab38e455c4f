"""The publisher's own categories as tags."""

import pytest

from store.article import Place, Strength, TagHit, TagMatch
from store.classify.categories import add_category_tags, read_category_tags

MEANINGS = read_category_tags(
    {
        "yabiladi": {"Sahara": "western-sahara", "Défense": "defence"},
        "other": {"Sahara": "sahel"},
        "none": {},
    }
)
MENTIONED = TagMatch(
    tag="defence",
    strength=Strength.MENTIONS,
    hits=(TagHit(place=Place.TEXT, start=3, end=9),),
)


def add(*categories: str, tags: tuple[TagMatch, ...] = ()) -> dict[str, TagMatch]:
    found = add_category_tags(tags, categories, [MEANINGS["yabiladi"]])
    return {match.tag: match for match in found}


CATEGORIES = {
    "as written": (["Sahara"], {"western-sahara"}),
    "in another case and without its accent": (["DEFENSE"], {"defence"}),
    "a category that means nothing": (["Sport"], set()),
    "a part of a category": (["Sahara Sport"], set()),
    "two": (["Sahara", "Défense"], {"western-sahara", "defence"}),
}


@pytest.mark.parametrize(("categories", "tags"), CATEGORIES.values(), ids=CATEGORIES)
def test_a_category_gives_its_tag(categories: list[str], tags: set[str]) -> None:
    assert set(add(*categories)) == tags


def test_what_stands_under_a_category_is_about_its_tag() -> None:
    found = add("Sport", "Sahara")["western-sahara"]

    assert found.strength is Strength.ABOUT
    (hit,) = found.hits
    assert "Sport\nSahara"[hit.start : hit.end] == "Sahara"
    assert hit.place is Place.CATEGORY


def test_the_words_of_the_text_stay_reasons() -> None:
    found = add("Défense", tags=(MENTIONED,))["defence"]

    assert found.strength is Strength.ABOUT
    assert [hit.place for hit in found.hits] == [Place.TEXT, Place.CATEGORY]


def test_tags_stay_in_the_order_of_their_slugs() -> None:
    assert list(add("Sahara", tags=(MENTIONED,))) == ["defence", "western-sahara"]


def test_a_source_that_says_nothing_means_nothing() -> None:
    assert set(MEANINGS) == {"yabiladi", "other"}
