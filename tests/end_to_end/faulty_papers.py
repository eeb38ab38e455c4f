"""Papers whose servers fail often and whose articles need not be kept anywhere.

What a paper carries at a moment follows from its name and the moment alone, so that
any number of them can publish for weeks in constant memory.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import format_datetime
from functools import lru_cache
from random import Random

import httpx

from tests.ingest.exchange_factories import make_answer

WINDOW = 40  # articles in a document: more than a paper prints while it fails
LONGEST_OUTAGE = timedelta(hours=1)
_REVISED_AFTER = timedelta(hours=2)
_REPRINTS_EVERY, _REVISES_EVERY = 7, 11
_PLACES = ("Mali", "Tunisia", "Algeria", "Niger", "Morocco", "Libya", "Chad")
_VERBS = ("opens", "closes", "plans", "rebuilds", "questions", "celebrates", "sells")
_WORDS = tuple(
    head + middle + tail
    for head in ("ba", "do", "fi", "gar", "ku", "la", "mon", "ne", "ris", "so", "tal")
    for middle in ("la", "mi", "no", "ru", "ste", "va")
    for tail in ("d", "ge", "m", "ns", "ter", "x")
)


@dataclass(frozen=True, slots=True)
class Paper:
    """A source that has printed an article every so many minutes since `begin`."""

    number: int
    begin: datetime

    @property
    def slug(self) -> str:
        """Its name in the operator's file."""
        return f"paper-{self.number}"

    @property
    def gap(self) -> timedelta:
        """The time from one article to the next."""
        return timedelta(minutes=20 + 7 * (self.number % 13))

    def last_at(self, now: datetime) -> int:
        """The number of the newest article."""
        return (now - self.begin) // self.gap

    def document(self, now: datetime) -> bytes:
        """The feed at this moment, the newest article first."""
        last = self.last_at(now)
        items = "".join(
            self._item(article, now) for article in range(last, last - WINDOW, -1)
        )
        return (
            '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel>'
            f"<title>{self.slug}</title><link>https://{self.slug}.example/</link>"
            f"<description>News</description>{items}</channel></rss>"
        ).encode()

    def etag(self, now: datetime) -> str:
        """Another whenever the document is another."""
        return f'"{self.last_at(now)}.{self.last_at(now - _REVISED_AFTER)}"'

    def _item(self, article: int, now: datetime) -> str:
        printed_at = self.begin + article * self.gap
        event = (self.number, article)
        if article % _REPRINTS_EVERY == 0 and self.number:
            event = (self.number - 1, article)
        headline, text = _write(*event)
        if article % _REVISES_EVERY == 0 and now - printed_at > _REVISED_AFTER:
            headline = f"{headline}, mayor says"
        return (
            f"<item><title>{headline}</title><guid>{self.slug}-{article}</guid>"
            f"<link>https://{self.slug}.example/news/{article}</link>"
            f"<pubDate>{format_datetime(printed_at)}</pubDate>"
            f"<description>{text}</description></item>"
        )


@lru_cache(maxsize=4096)
def _write(paper: int, article: int) -> tuple[str, str]:
    """The headline and the text of an event, other than those of any other."""
    chance = Random(f"{paper} {article}")  # noqa: S311 - the same text each time
    words = chance.choices(_WORDS, k=90)
    place, name = chance.choice(_PLACES), "".join(words[:2]).title()
    words[20] = f"{place} {name}"
    headline = f"{place} {chance.choice(_VERBS)} {name} {words[3]} {words[4]}"
    return headline, " ".join(words)


class Servers:
    """Who answers for every paper: one request in eight meets an hour of trouble."""

    def __init__(self, papers: list[Paper], clock: Callable[[], datetime]) -> None:
        self._papers = {f"{paper.slug}.example": paper for paper in papers}
        self._clock = clock
        self.asked = 0
        self.failed = 0
        self.answered_at: dict[str, list[datetime]] = {}
        """When each paper gave a good answer, by slug."""

    async def __call__(self, request: httpx.Request) -> httpx.Response:
        """The answer to one request, after no time or in the way of a fault."""
        self.asked += 1
        paper, now = self._papers[request.url.host], self._clock()
        hour = (now - paper.begin) // LONGEST_OUTAGE
        chance = Random(f"{paper.number} {hour}")  # noqa: S311 - the same faults
        if chance.random() < 1 / 8:
            self.failed += 1
            return await chance.choice(_FAULTS)(paper, now)
        self.answered_at.setdefault(paper.slug, []).append(now)
        return _answer(paper, now, request.headers.get("If-None-Match"))


def _answer(paper: Paper, now: datetime, known: str | None) -> httpx.Response:
    headers = {"ETag": paper.etag(now), "Content-Type": "application/rss+xml"}
    if known == headers["ETag"]:
        return make_answer(304, headers, pieces=())
    return make_answer(200, headers, pieces=[paper.document(now)])


async def _error(_: Paper, __: datetime) -> httpx.Response:
    return make_answer(500, pieces=[b"out of memory"])


async def _too_often(_: Paper, __: datetime) -> httpx.Response:
    return make_answer(429, {"Retry-After": "900"}, pieces=())


async def _page(_: Paper, __: datetime) -> httpx.Response:
    body = b"<!DOCTYPE html><html><body><p>Back soon</p></body></html>"
    return make_answer(200, {"Content-Type": "text/html"}, pieces=[body])


async def _cut(paper: Paper, now: datetime) -> httpx.Response:
    body = paper.document(now)
    return make_answer(200, pieces=[body[: len(body) // 2], httpx.ReadError("reset")])


async def _half(paper: Paper, now: datetime) -> httpx.Response:
    body = paper.document(now)
    return make_answer(200, pieces=[body[: len(body) // 2]])


async def _refused(_: Paper, __: datetime) -> httpx.Response:
    raise httpx.ConnectError("refused")


async def _silent(_: Paper, __: datetime) -> httpx.Response:
    await asyncio.sleep(3600)  # until the deadline of the exchange cuts it off
    raise AssertionError("no exchange takes so long")


_FAULTS = (_error, _too_often, _page, _cut, _half, _refused, _silent)


def articles_between(paper: Paper, first: datetime, last: datetime) -> Iterator[str]:
    """The guid of each article that the paper printed from one moment to another."""
    for article in range(paper.last_at(first), paper.last_at(last) + 1):
        yield f"{paper.slug}-{article}"
