"""A changed vocabulary reaches what is stored, and the topics follow."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from config.expression import Clause, Field, Form
from config.tag_settings import TagSettings
from store.article import ArticleId, Strength
from store.classify.decide import Rules
from store.classify.tagging import build_tagger
from store.once import Once
from store.redecide import decide_next
from store.retag import PIECE, retag_some
from tests.factories import NOW, make_numbered
from tests.store.conftest import Shelf, about

LATER = NOW + timedelta(hours=1)


def rules_of(shelf: Shelf, vocabulary: str, **names: str) -> Rules:
    """The topics of the shelf, and tags with one name each."""
    tags = {
        slug: TagSettings.model_validate(
            {"title": slug, "kind": "place", "names": {"en": [name]}}
        )
        for slug, name in names.items()
    }
    tagger = build_tagger(tags, publisher_names=())
    return replace(shelf.rules, tagger=tagger, vocabulary=vocabulary)


def retag_all(shelf: Shelf, rules: Rules) -> None:
    """Do what a service does beside everything else."""
    while retag_some(shelf.database, rules):
        pass
    while decide_next(shelf.database, rules, now=LATER):
        pass


def tags_of(shelf: Shelf, number: int) -> dict[str, Strength]:
    dossier = shelf.library.find_article(ArticleId(number))
    assert dossier is not None
    return {match.tag: match.strength for match in dossier.article.tags}


def fill(shelf: Shelf) -> None:
    shelf.record(
        make_numbered(2, title="Bamako today"), make_numbered(1, title="Morocco today")
    )


def test_a_new_name_tags_what_was_stored_before(shelf: Shelf) -> None:
    fill(shelf)

    retag_all(shelf, rules_of(shelf, "new", mali="Bamako", morocco="Morocco"))

    assert tags_of(shelf, 1) == {"morocco": Strength.ABOUT}
    assert tags_of(shelf, 2) == {"mali": Strength.ABOUT}


def test_topics_follow_the_tags(shelf: Shelf) -> None:
    fill(shelf)

    retag_all(shelf, rules_of(shelf, "new", mali="Bamako", morocco="Fez"))

    assert shelf.titles("mali") == ["Bamako today"]
    assert shelf.titles("morocco") == []


def test_an_article_that_comes_back_to_a_topic_keeps_its_place(shelf: Shelf) -> None:
    fill(shelf)
    (before,) = shelf.library.latest_publications("morocco", limit=9, once=Once())

    retag_all(shelf, rules_of(shelf, "new", morocco="Fez"))
    retag_all(shelf, rules_of(shelf, "old", morocco="Morocco"))

    (after,) = shelf.library.latest_publications("morocco", limit=9, once=Once())
    assert after.position == before.position
    assert after.matched_at == before.matched_at


def test_a_topic_of_something_else_is_left_alone(shelf: Shelf) -> None:
    fill(shelf)
    rules = rules_of(shelf, "new", mali="Bamako")
    before = shelf.titles("morocco")

    retag_all(shelf, replace(rules, topics={"mali": about("mali")}))

    assert shelf.titles("morocco") == before


def test_the_same_vocabulary_again_changes_nothing(shelf: Shelf) -> None:
    fill(shelf)
    rules = rules_of(shelf, "new", mali="Bamako")
    retag_all(shelf, rules)
    before = shelf.rows()

    retag_all(shelf, rules)

    assert shelf.rows() == before


def test_other_words_for_the_same_tags_let_nothing_be_rendered_anew(
    shelf: Shelf,
) -> None:
    fill(shelf)
    before = shelf.library.change_number()

    retag_all(shelf, rules_of(shelf, "new", mali="Mali", morocco="Morocco"))

    assert shelf.library.change_number() == before


def test_what_is_recorded_later_is_not_tagged_twice(shelf: Shelf) -> None:
    rules = rules_of(shelf, "new", mali="Bamako")
    retag_all(shelf, rules)

    fill(shelf)
    before = shelf.rows()
    retag_all(shelf, rules)

    assert shelf.rows() == before


def test_a_large_store_is_done_in_pieces_and_a_stop_loses_none(shelf: Shelf) -> None:
    count = 2 * PIECE + 1
    shelf.record(*(make_numbered(n, title=f"Bamako {n}") for n in range(count)))
    rules = rules_of(shelf, "new", mali="Bamako")

    assert retag_some(shelf.database, rules)
    assert tags_of(shelf, PIECE) == {"mali": Strength.ABOUT}
    assert tags_of(shelf, PIECE + 1) == {}

    retag_all(shelf, rules)
    assert tags_of(shelf, count) == {"mali": Strength.ABOUT}
    assert len(shelf.titles("mali")) == 50


def test_the_first_piece_is_tagged_when_the_store_is_prepared(shelf: Shelf) -> None:
    fill(shelf)

    shelf.prepare(rules_of(shelf, "new", mali="Bamako", morocco="Fez"), now=LATER)

    assert shelf.titles("mali") == ["Bamako today"]
    assert shelf.titles("morocco") == []


def test_topics_that_ask_for_no_tag_are_not_decided_again(shelf: Shelf) -> None:
    fill(shelf)
    words = Clause(
        field=Field.TEXT, form=Form.WORD, value="rain", written="rain", column=1
    )
    shelf.prepare(replace(shelf.rules, topics={"rain": words}), now=LATER)
    rules = rules_of(shelf, "new", mali="Bamako")

    assert not retag_some(shelf.database, rules)

    assert decide_next(shelf.database, rules, now=LATER) is None
