"""What a configuration that was read is like, noted once by however many read it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from store.configuration_trouble import ConfigurationTrouble, trouble_of
from store.database.upgrade import open_database
from store.library import Library
from store.noting import note_configuration
from tests.factories import NOW
from tests.store.conftest import Shelf

SOUND: list[str] = []
BROKEN = ["rekkas.yaml:1:34: topics.mali.match"]
OTHERWISE = ["rekkas.yaml:7:1: sources.paper.url"]

NOTED: dict[str, tuple[list[list[str]], list[int]]] = {
    "a first sound reading is no news": ([SOUND, SOUND], []),
    "a broken one is, and the end of it": ([SOUND, BROKEN, SOUND, SOUND], [1, 2]),
    "the same problems are told once": ([BROKEN, BROKEN, BROKEN], [0]),
    "others are told, too": ([BROKEN, OTHERWISE, BROKEN], [0, 1, 2]),
    "so are the same when they are back": ([BROKEN, SOUND, BROKEN], [0, 1, 2]),
}


def note(shelf: Shelf, places: list[str], *, hours: int = 0) -> bool:
    read = trouble_of(places, now=NOW + timedelta(hours=hours))
    return note_configuration(shelf.database, read)


@pytest.mark.parametrize("case", NOTED.values(), ids=NOTED.keys())
def test_what_is_noted(case: tuple[list[list[str]], list[int]], shelf: Shelf) -> None:
    readings, expected = case

    noted = [
        hours for hours, read in enumerate(readings) if note(shelf, read, hours=hours)
    ]

    assert noted == expected
    assert shelf.library.configuration_troubles(limit=9) == tuple(
        ConfigurationTrouble(
            noted_at=NOW + timedelta(hours=hours),
            problems=tuple(readings[hours]),
            count=len(readings[hours]),
        )
        for hours in reversed(expected)
    )


def test_readers_of_the_health_feed_get_it_at_once_and_no_copy(shelf: Shelf) -> None:
    before = shelf.library.change_number()

    note(shelf, BROKEN)
    note(shelf, BROKEN, hours=1)

    assert shelf.library.change_number() == before + 1


def test_of_two_readings_at_one_moment_the_latter_is_kept(shelf: Shelf) -> None:
    note(shelf, BROKEN)
    note(shelf, SOUND)

    (told,) = shelf.library.configuration_troubles(limit=9)
    assert told.count == 0


def test_of_many_problems_the_first_are_kept_and_all_are_counted(shelf: Shelf) -> None:
    many = [f"rekkas.yaml:{line}:1: sources.s{line}" for line in range(20_000)]

    is_first = note(shelf, many)
    is_news = note(shelf, many[:19_000])

    assert (is_first, is_news) == (True, True)
    (told,) = shelf.library.configuration_troubles(limit=9)
    assert (told.count, told.problems) == (19_000, tuple(many[:20]))


def test_what_was_told_outlives_a_restart(url: str) -> None:
    with open_database(url) as database:
        note_configuration(database, trouble_of(BROKEN, now=NOW))

    with open_database(url) as database:
        is_news = note_configuration(database, trouble_of(BROKEN, now=NOW))
        told = Library(database).configuration_troubles(limit=9)

    assert not is_news
    assert [one.problems for one in told] == [tuple(BROKEN)]
