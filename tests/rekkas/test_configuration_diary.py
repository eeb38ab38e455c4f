"""How readings of the configuration come to be noted while a service runs."""

from __future__ import annotations

import asyncio

from config.errors import Problem
from rekkas.configuration_diary import ConfigurationDiary
from store.configuration_trouble import ConfigurationTrouble, trouble_of
from store.errors import StoreError
from tests.factories import NOW

SECONDS = 10


class Notebook:
    """Takes what is noted, after as many failures as it is told."""

    def __init__(self, *, failures: int = 0) -> None:
        self.tried: list[ConfigurationTrouble] = []
        self.noted: list[ConfigurationTrouble] = []
        self.has_changed = asyncio.Event()
        self._failures = failures
        self._loop = asyncio.get_running_loop()

    def note(self, read: ConfigurationTrouble) -> None:
        self.tried.append(read)
        self._loop.call_soon_threadsafe(self.has_changed.set)
        if len(self.tried) <= self._failures:
            raise StoreError("rekkas.db: no space left")
        self.noted.append(read)

    async def next_try(self) -> None:
        async with asyncio.timeout(SECONDS):
            await self.has_changed.wait()
        self.has_changed.clear()


def diary_in(book: Notebook, *, pause: float = 0.01) -> ConfigurationDiary:
    return ConfigurationDiary(book.note, clock=lambda: NOW, pause=pause)


def problem(key: str, message: str = "unknown key") -> Problem:
    return Problem(
        file="/etc/rekkas/rekkas.yaml", line=3, column=18, key=key, message=message
    )


async def test_a_broken_configuration_is_noted_by_its_places_alone() -> None:
    book = Notebook()
    diary = diary_in(book)
    secret = problem("notify.authorization", "the YAML tag !hunter2 is not read")

    async with diary.kept():
        diary.configuration_read([secret])
        await book.next_try()

    assert book.noted == [
        ConfigurationTrouble(
            noted_at=NOW,
            problems=("rekkas.yaml:3:18: notify.authorization",),
            count=1,
        )
    ]


async def test_what_was_read_before_it_is_kept_is_noted() -> None:
    book = Notebook()
    diary = diary_in(book)
    diary.configuration_read([])

    async with diary.kept():
        await book.next_try()

    assert book.noted == [trouble_of([], now=NOW)]


async def test_while_the_store_fails_the_last_reading_waits() -> None:
    book = Notebook(failures=2)
    diary = diary_in(book)

    async with diary.kept():
        diary.configuration_read([problem("sources")])
        await book.next_try()
        diary.configuration_read([problem("topics")])
        while not book.noted:
            await book.next_try()

    assert [one.problems for one in book.noted] == [("rekkas.yaml:3:18: topics",)]


async def test_what_is_read_just_before_the_end_is_noted() -> None:
    book = Notebook()
    diary = diary_in(book)

    async with diary.kept():
        diary.configuration_read([problem("topics")])

    assert len(book.noted) == 1


async def test_a_store_that_fails_holds_up_no_end() -> None:
    book = Notebook(failures=9)
    diary = diary_in(book, pause=3600)

    async with asyncio.timeout(SECONDS), diary.kept():
        diary.configuration_read([problem("topics")])
        await book.next_try()

    assert book.noted == []
