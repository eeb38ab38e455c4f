"""New articles join stories as they are recorded, before a restart and after."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from ingest.entry import CanonicalUrl, Entry, EntryGuid, Precision
from ingest.pace.schedule import PollPolicy
from store.article import ArticleDossier, ArticleId
from store.database.upgrade import open_database
from store.errors import StoreError
from store.identify.stories import LIVE_FOR
from store.record import Recorder
from tests.factories import LONG_TEXT, NOW, make_entry, make_polled
from tests.store.conftest import Shelf

BORDER = (
    "Mali and Algeria reopen their border",
    "Algeria and Mali: border reopens after three years",
    "Trucks cross the reopened border of Mali and Algeria",
)
HARBOUR = "Dakhla harbour: fishermen strike over quotas"


def entry(title: str, name: str, **changes: object) -> Entry:
    """A headline of this moment, without a text."""
    plain = {"language": "en", "text": "", "summary": "", "published_at": None}
    return make_entry(
        guid=EntryGuid(name),
        canonical_url=CanonicalUrl(f"https://paper.example/{name}"),
        title=title,
        **(plain | changes),
    )


def stories(shelf: Shelf) -> list[int | None]:
    """The story of each article in the order they were stored."""
    with shelf.database.read() as connection:
        rows = connection.execute(text("SELECT story_id FROM article ORDER BY id"))
        return list(rows.scalars())


def gists(shelf: Shelf) -> list[int]:
    """The articles of which it is kept what they said."""
    with shelf.database.read() as connection:
        rows = connection.execute(text("SELECT article FROM gist ORDER BY article"))
        return list(rows.scalars())


def dossier(shelf: Shelf, number: int) -> ArticleDossier:
    found = shelf.library.find_article(ArticleId(number))
    assert found is not None
    return found


def test_an_article_founds_a_story_or_joins_one(shelf: Shelf) -> None:
    shelf.record(entry(BORDER[0], "a"), entry(HARBOUR, "b"))
    shelf.record(entry(BORDER[1], "c"), source="daily8")

    assert stories(shelf) == [1, 2, 2]


def test_within_a_document_the_last_entry_is_the_first_to_tell(shelf: Shelf) -> None:
    shelf.record(*(entry(title, str(n)) for n, title in enumerate(BORDER)))

    assert stories(shelf) == [1, 1, 1]
    assert dossier(shelf, 1).article.title == BORDER[2]


def test_a_revision_keeps_the_story(shelf: Shelf) -> None:
    shelf.record(entry(BORDER[0], "a"))
    shelf.record(entry(HARBOUR, "b"))

    shelf.record(entry(HARBOUR, "a"))

    assert stories(shelf) == [1, 2]


def test_a_copy_joins_the_story_of_its_original(shelf: Shelf) -> None:
    shelf.record(entry(BORDER[0], "a", text=LONG_TEXT))

    shelf.record(entry(HARBOUR, "b", text=LONG_TEXT), source="daily8")

    assert stories(shelf) == [1, 1]


def test_a_copy_in_the_same_document_joins_too(shelf: Shelf) -> None:
    shelf.record(
        entry(HARBOUR, "b", text=LONG_TEXT), entry(BORDER[0], "a", text=LONG_TEXT)
    )

    assert stories(shelf) == [1, 1]


def test_a_copy_of_what_is_over_founds_a_story(shelf: Shelf) -> None:
    shelf.record(entry(BORDER[0], "a", text=LONG_TEXT))

    shelf.record(
        entry(HARBOUR, "b", text=LONG_TEXT), now=NOW + LIVE_FOR + timedelta(hours=1)
    )

    assert stories(shelf) == [1, 2]


def test_a_story_is_dated_by_what_its_articles_say(shelf: Shelf) -> None:
    old = entry(
        BORDER[0],
        "a",
        published_at=NOW - timedelta(days=30),
        published_precision=Precision.SECOND,
    )
    shelf.record(old)

    shelf.record(entry(BORDER[1], "b"))

    assert stories(shelf) == [1, 2]


def test_what_was_said_is_forgotten_when_the_story_is_over(shelf: Shelf) -> None:
    shelf.record(entry(BORDER[0], "a"))
    shelf.record(entry(HARBOUR, "b"), now=NOW + timedelta(days=2))

    shelf.record(entry("Rain in Tunis", "c"), now=NOW + timedelta(days=4))

    assert gists(shelf) == [2, 3]
    assert stories(shelf) == [1, 2, 3]


DOCUMENTS = [
    [entry(BORDER[0], "a"), entry(HARBOUR, "b", text=LONG_TEXT)],
    [entry(BORDER[1], "c"), entry("Dakhla fishermen end strike", "d")],
    [entry("Rain in Tunis", "e"), entry(BORDER[2], "f")],
    [entry("Border of Mali closed", "g"), entry("More rain in Tunis", "h")],
    [entry("Border of Mali and Algeria open", "i"), entry("Tunis: rain", "j")],
    [entry(HARBOUR, "k"), entry("Trucks wait at border of Mali", "l")],
]


HOURS = (0, 3, 6, 80, 84, 90)


def test_a_restart_before_each_poll_changes_no_story(
    shelf: Shelf, tmp_path: Path
) -> None:
    recorder = Recorder(shelf.database, shelf.rules)
    with open_database(f"sqlite:///{tmp_path / 'other.db'}") as database:
        restarted = Shelf(database)
        for hour, document in zip(HOURS, DOCUMENTS, strict=True):
            now = NOW + timedelta(hours=hour)
            recorder.record_poll(
                "yabiladi", make_polled(*document), policy=PollPolicy(), now=now
            )
            restarted.record(*document, now=now)

            assert shelf.rows() == restarted.rows()
    assert stories(shelf) == [1, 2, 1, 2, 2, 6, 7, 8, 7, 8, 8, 12]


def test_what_was_not_kept_is_not_remembered(shelf: Shelf) -> None:
    recorder = Recorder(shelf.database, shelf.rules)
    recorder.record_poll(
        "yabiladi", make_polled(entry(HARBOUR, "a")), policy=PollPolicy(), now=NOW
    )
    with shelf.database.write() as connection:
        connection.execute(text("ALTER TABLE article_words RENAME TO gone"))
    with pytest.raises(StoreError):
        recorder.record_poll(
            "yabiladi", make_polled(entry(BORDER[0], "b")), policy=PollPolicy(), now=NOW
        )
    with shelf.database.write() as connection:
        connection.execute(text("ALTER TABLE gone RENAME TO article_words"))

    recorder.record_poll(
        "yabiladi", make_polled(entry(BORDER[1], "c")), policy=PollPolicy(), now=NOW
    )

    assert stories(shelf) == [1, 2]
    assert gists(shelf) == [1, 2]


def test_stories_that_another_process_stored_are_joined(shelf: Shelf) -> None:
    first, second = (Recorder(shelf.database, shelf.rules) for _ in range(2))
    for recorder, one in (
        (first, entry(HARBOUR, "a")),
        (second, entry(BORDER[0], "b")),
        (first, entry(BORDER[1], "c")),
    ):
        recorder.record_poll("yabiladi", make_polled(one), policy=PollPolicy(), now=NOW)

    assert stories(shelf) == [1, 2, 2]


def test_a_dossier_names_the_other_articles_of_the_story(shelf: Shelf) -> None:
    shelf.record(entry(BORDER[0], "a"))
    shelf.record(entry(HARBOUR, "b"))
    shelf.record(entry(BORDER[1], "c", origin="daily8"), source="daily8")

    found = dossier(shelf, 1)

    (mate,) = found.related
    assert found.article.story == 1
    assert (mate.id, mate.origin, mate.origin_title) == (3, "daily8", "Daily8")
    assert (mate.title, mate.language, mate.is_same_story) == (BORDER[1], "en", True)


def test_the_nearest_of_another_story_are_named_while_it_is_live(shelf: Shelf) -> None:
    crossing = "Officers stamped passports by hand while drivers waited in tents. " * 5
    match = "Two goals in stoppage time sent the visitors home without a point. " * 5
    shelf.record(entry("Algeria and Mali meet at the border", "a", text=crossing))
    shelf.record(entry("Mali beat Algeria when the two meet", "b", text=match))

    related = dossier(shelf, 1).related
    shelf.record(entry(HARBOUR, "c"), now=NOW + timedelta(days=4))

    assert [(one.id, one.is_same_story) for one in related] == [(2, False)]
    assert dossier(shelf, 1).related == ()


def test_a_headline_of_common_words_is_near_to_nothing(shelf: Shelf) -> None:
    shelf.record(entry("What is it?", "a"), entry(HARBOUR, "b"))

    assert dossier(shelf, 2).related == ()


def test_an_article_of_before_stories_has_none(shelf: Shelf) -> None:
    shelf.record(entry(HARBOUR, "a"))
    with shelf.database.write() as connection:
        connection.execute(text("UPDATE article SET story_id = NULL"))

    found = dossier(shelf, 1)

    assert (found.article.story, found.related) == (None, ())


def test_two_processes_tell_the_same_stories_as_one(shelf: Shelf) -> None:
    one, other = (Recorder(shelf.database, shelf.rules) for _ in range(2))
    for number, title in enumerate([BORDER[0], HARBOUR, *BORDER[1:]]):
        document = make_polled(entry(title, str(number)))
        recorder = one if number % 2 else other
        recorder.record_poll("yabiladi", document, policy=PollPolicy(), now=NOW)

    assert stories(shelf) == [1, 2, 1, 1]
