from __future__ import annotations

from sqlalchemy import delete, select, update

from store.article import ArticleId
from store.catching_up import catch_up_some
from store.database import tables
from store.identify.originals import DuplicateRules
from store.once import Once
from tests.factories import LONG_TEXT, make_numbered
from tests.store.conftest import Shelf


def make_old(shelf: Shelf) -> None:
    """Let what is stored be as if it had been before copies and stories were kept."""
    with shelf.database.write() as connection:
        for table in (tables.gist, tables.signature, tables.story):
            connection.execute(delete(table))
        connection.execute(update(tables.article).values(story_id=None))


def catch_up(
    shelf: Shelf, at_most: int = 2, rules: DuplicateRules | None = None
) -> int:
    """How many pieces there were."""
    pieces = 1
    while catch_up_some(shelf.database, rules or shelf.duplicates, at_most=at_most):
        pieces += 1
    return pieces


def stories(shelf: Shelf) -> list[int | None]:
    with shelf.database.read() as connection:
        column = tables.article.c
        found = select(column.story_id).order_by(column.id)
        return list(connection.execute(found).scalars())


def fill(shelf: Shelf) -> None:
    """Two copies of one text, and three articles of which two have no text."""
    shelf.record(make_numbered(1, title="Mali one", text=LONG_TEXT))
    shelf.record(make_numbered(2, title="Mali two", text=LONG_TEXT), source="daily8")
    for number in (3, 4, 5):
        shelf.record(make_numbered(number, title=f"Mali {number}", text="Brief."))
    make_old(shelf)


def test_old_articles_have_stories_of_their_own_and_copies_that_of_their_original(
    shelf: Shelf,
) -> None:
    fill(shelf)

    assert catch_up(shelf) == 3
    assert stories(shelf) == [1, 1, 3, 4, 5]
    assert catch_up(shelf) == 1


def test_what_comes_later_is_known_for_a_copy_of_an_old_article(shelf: Shelf) -> None:
    fill(shelf)

    catch_up(shelf)
    shelf.record(make_numbered(6, title="Mali six", text=LONG_TEXT), source="daily8")

    dossier = shelf.library.find_article(ArticleId(6))
    assert dossier is not None
    assert dossier.article.duplicate_of == 1


def test_nothing_changes_in_what_was_published(shelf: Shelf) -> None:
    fill(shelf)

    def published() -> object:
        found = shelf.library.latest_publications(
            "mali", limit=9, once=Once(by_story=True)
        )
        return [(one.position, one.article.uid, one.matched_at) for one in found]

    before, number = published(), shelf.library.change_number()
    catch_up(shelf)

    assert published() == before
    assert shelf.library.change_number() == number


def test_an_article_that_has_its_sketch_keeps_it(shelf: Shelf) -> None:
    shelf.record(make_numbered(1, title="Mali one", text=LONG_TEXT))
    before = shelf.rows()["signature"]
    with shelf.database.write() as connection:
        connection.execute(update(tables.article).values(story_id=None))

    catch_up(shelf)

    assert before
    assert shelf.rows()["signature"] == before


def test_sketches_are_those_of_articles_that_are_stored_now(shelf: Shelf) -> None:
    for number in range(1, 30):
        shelf.record(make_numbered(number, title=f"Mali {number}", text=LONG_TEXT))
    before = shelf.rows()["signature"]
    make_old(shelf)

    catch_up(shelf, at_most=7)

    assert shelf.rows()["signature"] == before


def test_a_source_that_knows_no_copies_is_not_sketched(shelf: Shelf) -> None:
    fill(shelf)

    catch_up(shelf, rules=DuplicateRules(threshold=None))

    assert shelf.rows()["signature"] == []
    assert stories(shelf) == [1, 1, 3, 4, 5]
