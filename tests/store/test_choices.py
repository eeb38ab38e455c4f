from __future__ import annotations

import pytest

from config.expression_parser import parse_expression
from store.article import ArticleId
from store.choice import Choice, ChosenBy, search_log
from store.library import Library
from tests.factories import LONG_TEXT, make_numbered
from tests.store.conftest import Shelf, make_rules

STORIED = "Mali and Algeria reopen their border"


@pytest.fixture
def filled(shelf: Shelf) -> Shelf:
    """Five articles: of two sources, three languages, with a copy and a story."""
    for entry, source in (
        (make_numbered(1, title="Mali one", text=LONG_TEXT), "yabiladi"),
        (make_numbered(2, title="Maroc deux", language="fr"), "yabiladi"),
        (make_numbered(3, title=STORIED, text="Officers stamped."), "yabiladi"),
        (make_numbered(4, title="Mali one anew", text=LONG_TEXT), "daily8"),
        (
            make_numbered(5, title="Wetter", language="de", text="In Mali, once."),
            "daily8",
        ),
    ):
        shelf.record(entry, source=source)
    return shelf


CHOICES = {
    "everything": (
        Choice(ChosenBy.NOTHING),
        ["Wetter", STORIED, "Maroc deux", "Mali one"],
    ),
    "what is about a tag, not what mentions it": (
        Choice(ChosenBy.TAG, "mali"),
        [STORIED, "Mali one"],
    ),
    "what a source wrote or carried, with its own of two copies": (
        Choice(ChosenBy.SOURCE, "daily8"),
        ["Wetter", "Mali one anew"],
    ),
    "what is in a language": (Choice(ChosenBy.LANGUAGE, "fr"), ["Maroc deux"]),
    "a language of nobody": (Choice(ChosenBy.LANGUAGE, "nl"), []),
    "a tag of nobody": (Choice(ChosenBy.TAG, "' OR 1"), []),
    "a story of no number that is given": (Choice(ChosenBy.STORY, "9" * 18), []),
}


def titles(library: Library, choice: Choice, *, collapse: bool = True) -> list[str]:
    found = library.latest_chosen(choice, limit=9, collapse=collapse)
    return [each.article.title for each in found]


@pytest.mark.parametrize("case", CHOICES.values(), ids=CHOICES.keys())
def test_a_choice_has_the_articles_stored_last_and_copies_once(
    case: tuple[Choice, list[str]], filled: Shelf
) -> None:
    choice, expected = case

    assert titles(filled.library, choice) == expected


def test_without_collapse_every_copy_shows(filled: Shelf) -> None:
    found = titles(filled.library, Choice(ChosenBy.TAG, "mali"), collapse=False)

    assert found == ["Mali one anew", STORIED, "Mali one"]


def test_a_choice_is_bounded_and_its_positions_are_the_numbers_of_articles(
    filled: Shelf,
) -> None:
    found = filled.library.latest_chosen(
        Choice(ChosenBy.NOTHING), limit=2, collapse=True
    )

    assert [(each.position, each.article.id) for each in found] == [(5, 5), (3, 3)]
    assert [each.matched_at for each in found] == [
        each.article.first_seen_at for each in found
    ]


def test_a_story_has_all_its_articles(filled: Shelf) -> None:
    dossier = filled.library.find_article(ArticleId(3))
    assert dossier is not None

    found = titles(
        filled.library,
        Choice(ChosenBy.STORY, f"{dossier.article.story}"),
        collapse=False,
    )

    mates = [each.title for each in dossier.related if each.is_same_story]
    assert sorted(found) == sorted([STORIED, *mates])


def test_what_another_source_wrote_belongs_to_who_carried_it(shelf: Shelf) -> None:
    shelf.record(make_numbered(1, title="Mali one", origin="daily8"))

    for source in ("yabiladi", "daily8"):
        assert titles(shelf.library, Choice(ChosenBy.SOURCE, source)) == ["Mali one"]


def test_a_saved_search_is_decided_and_logged_as_a_topic_of_its_own(
    shelf: Shelf,
) -> None:
    shelf.record(make_numbered(1, title="Mali one"), make_numbered(2, title="Maroc"))
    rules = {
        "mali": parse_expression("maroc"),
        search_log("mali"): parse_expression("mali"),
    }

    shelf.prepare(make_rules(**rules))
    shelf.record(make_numbered(3, title="Mali three"), make_numbered(4, title="Rabat"))

    assert shelf.titles(search_log("mali")) == ["Mali three", "Mali one"]
    assert shelf.titles("mali") == ["Maroc"]
