"""Feeds that break every rule, over time: what they carry and what is kept of it.

Each case is a series of documents of sources, a number of hours apart, and the titles
of the articles that there are in the end, each with how often it was revised.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest

from ingest.entry import Entry, EntryGuid
from ingest.normalise.canonical_url import canonicalise
from store.article import ArticleDossier, ArticleId
from tests.factories import NOW, make_entry
from tests.store.conftest import Shelf

MEETING = (
    "The ministers of both countries met in Rabat on Monday to talk about trade, the "
    "border and the gas pipeline, the first such meeting since relations were broken."
)
MEETING_EDITED = MEETING.replace("broken.", "broken off, and agreed to meet again.")
RAIN = (
    "Rain is expected over the whole north of the country until late on Friday, with "
    "snow above two thousand metres and strong winds along the Atlantic coast."
)
SUN = (
    "After a cold start the sun will shine everywhere, say the forecasters, who see "
    "no cloud before the middle of next week and warn of frost in the high plains."
)
RATES = (
    "The dirham traded at {} to the dollar and at {} to the euro on the day, with {} "
    "million changing hands between the banks in {} deals."
)
TALKS = "Ministers meet in Rabat for talks"


@dataclass(frozen=True, slots=True, kw_only=True)
class Poll:
    """What a source carried, so many hours after the first poll."""

    entries: tuple[Entry, ...]
    at: float = 0
    source: str = "yabiladi"


def entry(
    title: str,
    text: str = MEETING,
    *,
    guid: str | None = None,
    link: str | None = None,
    day: float | None = None,
) -> Entry:
    """An entry, published so many days after the first poll; without a date if None."""
    return make_entry(
        title=title,
        text=text,
        summary="",
        guid=guid and EntryGuid(guid),
        link=link,
        canonical_url=link and canonicalise(link),
        published_at=None if day is None else _moment(day * 24),
    )


def _moment(hours: float) -> datetime:
    return NOW + timedelta(hours=hours)


def poll(*entries: Entry, at: float = 0, source: str = "yabiladi") -> Poll:
    return Poll(entries=entries, at=at, source=source)


SITE = "https://a.example"
GOOGLE = "https://news.google.com/rss/articles"
CASES: dict[str, tuple[list[Poll], dict[str, int]]] = {
    "a changed headline is a revision": (
        [
            poll(entry("Ministers meet", guid="a", link=f"{SITE}/1")),
            poll(entry("Ministers agree", guid="a", link=f"{SITE}/1"), at=1),
        ],
        {"Ministers agree": 1},
    ),
    "a corrected mistake in a title and its address is a revision": (
        [
            poll(entry("Minsters meet in Rabat", guid="a", link=f"{SITE}/minsters")),
            poll(
                entry("Ministers meet in Rabat", guid="a", link=f"{SITE}/ministers"),
                at=1,
            ),
        ],
        {"Ministers meet in Rabat": 1},
    ),
    "a guid that changes at each edit leaves the address": (
        [
            poll(entry(TALKS, guid="a-1", link=f"{SITE}/1")),
            poll(entry(TALKS, MEETING_EDITED, guid="a-2", link=f"{SITE}/1"), at=1),
            poll(entry("They met", MEETING_EDITED, guid="a-3", link=f"{SITE}/1"), at=2),
        ],
        {"They met": 2},
    ),
    "a guid and an address issued anew for the same text are a sighting": (
        [
            poll(entry(TALKS, guid="a", link=f"{SITE}/1")),
            poll(entry(TALKS, guid="b", link=f"{SITE}/2"), at=1),
        ],
        {TALKS: 0},
    ),
    "numbers used as guids each day anew are new articles": (
        [
            poll(
                entry("Rain", RAIN, guid="1", link=f"{SITE}/rain"),
                entry(TALKS, guid="2", link=f"{SITE}/talks"),
            ),
            poll(
                entry("Sun", SUN, guid="1", link=f"{SITE}/sun"),
                entry("Rain", RAIN, guid="2", link=f"{SITE}/rain"),
                at=24,
            ),
        ],
        {"Rain": 0, TALKS: 0, "Sun": 0},
    ),
    "numbers used as guids without addresses are new articles too": (
        [
            poll(entry("Rain", RAIN, guid="1")),
            poll(entry("Sun", SUN, guid="1"), at=24),
        ],
        {"Rain": 0, "Sun": 0},
    ),
    "a column under one number and one title has an article for each text": (
        [
            poll(entry("Weather", RAIN, guid="1", day=0)),
            poll(entry("Weather", SUN, guid="1", day=1), at=24),
        ],
        {"Weather": 0, "Weather ": 0},
    ),
    "no guids at all leave the address": (
        [
            poll(entry(TALKS, link=f"{SITE}/1"), entry("Rain", RAIN, link=f"{SITE}/2")),
            poll(entry("They met", link=f"{SITE}/1"), at=1),
        ],
        {"They met": 1, "Rain": 0},
    ),
    "the home page as everybody's guid names nobody": (
        [
            poll(
                entry(TALKS, guid=SITE, link=f"{SITE}/1"),
                entry("Rain", RAIN, guid=SITE, link=f"{SITE}/2"),
            ),
            poll(entry("Sun", SUN, guid=SITE, link=f"{SITE}/3"), at=1),
        ],
        {TALKS: 0, "Rain": 0, "Sun": 0},
    ),
    "the home page as the only guid and address of a document names nobody": (
        [
            poll(entry("Rain", RAIN, guid=f"{SITE}/", link=f"{SITE}/")),
            poll(entry("Sun", SUN, guid=f"{SITE}/", link=f"{SITE}/"), at=24),
        ],
        {"Rain": 0, "Sun": 0},
    ),
    "a guid for each fetch leaves the address": (
        [
            poll(entry(TALKS, guid=f"fetch-{hour}", link=f"{SITE}/1"), at=hour)
            for hour in range(5)
        ],
        {TALKS: 0},
    ),
    "a guid and an address for each fetch leave title and text": (
        [
            poll(
                entry(TALKS, guid=f"fetch-{hour}", link=f"{SITE}/read?ticket={hour}"),
                at=hour,
            )
            for hour in (0, 24, 48, 72, 96, 120)
        ],
        {TALKS: 0},
    ),
    "sessions in addresses do not count": (
        [
            poll(entry(TALKS, link=f"{SITE}/1;jsessionid=A1")),
            poll(entry(TALKS, link=f"{SITE}/1;jsessionid=B2"), at=1),
        ],
        {TALKS: 0},
    ),
    "a title alone, with all keys anew, is known by being its own": (
        [
            poll(entry(TALKS, "", guid="a", link=f"{SITE}/1")),
            poll(entry(TALKS, "", guid="b", link=f"{SITE}/2"), at=1),
        ],
        {TALKS: 0},
    ),
    "a title alone that a column has each day names an article a day": (
        [
            poll(entry("Weather", "", guid="a", link=f"{SITE}/1", day=0)),
            poll(entry("Weather", "", guid="b", link=f"{SITE}/2", day=1), at=24),
        ],
        {"Weather": 0, "Weather ": 0},
    ),
    "a live page is revised each hour": (
        [
            poll(entry(f"Live: talks, hour {hour}", guid="live", link=f"{SITE}/live"))
            for hour in range(4)
        ],
        {"Live: talks, hour 3": 3},
    ),
    "a live page is revised though each hour has a guid and a text": (
        [
            poll(entry("Live: rain", RAIN, guid="1", link=f"{SITE}/live", day=0)),
            poll(entry("Live: sun", SUN, guid="2", link=f"{SITE}/live", day=0), at=1),
        ],
        {"Live: sun": 1},
    ),
    "a column at one address has an article for each day's text": (
        [
            poll(entry("Weather", RAIN, guid="1", link=f"{SITE}/weather", day=0)),
            poll(
                entry("Weather", SUN, guid="2", link=f"{SITE}/weather", day=7), at=168
            ),
            poll(
                entry("Weather", SUN, guid="3", link=f"{SITE}/weather", day=7), at=169
            ),
        ],
        {"Weather": 0, "Weather ": 0},
    ),
    "a weekly column under one title has an article for each text": (
        [
            poll(entry("Editorial", RAIN, guid="1", link=f"{SITE}/e1", day=0)),
            poll(entry("Editorial", SUN, guid="2", link=f"{SITE}/e2", day=1), at=24),
        ],
        {"Editorial": 0, "Editorial ": 0},
    ),
    "rates of a template under one title are articles of their own": (
        [
            poll(
                entry(
                    "Exchange rates of the day",
                    RATES.format(9 + day, 10 + day, 311 * (day + 1), 44 + day),
                    guid=f"r{day}",
                    link=f"{SITE}/r{day}",
                    day=day,
                ),
                at=24 * day,
            )
            for day in range(2)
        ],
        {"Exchange rates of the day": 0, "Exchange rates of the day ": 0},
    ),
    "an update by an agency is a revision": (
        [
            poll(entry(TALKS, guid="a", link=f"{SITE}/1", day=0)),
            poll(
                entry(
                    f"UPDATE 1-{TALKS}",
                    MEETING + " " + RAIN,
                    guid="b",
                    link=f"{SITE}/2",
                    day=0.1,
                ),
                at=2,
            ),
        ],
        {f"UPDATE 1-{TALKS}": 1},
    ),
    "one guid over two sources is two articles": (
        [
            poll(entry("Rain", RAIN, guid="1", link=f"{SITE}/1")),
            poll(
                entry("Sun", SUN, guid="1", link="https://b.example/1"), source="daily8"
            ),
        ],
        {"Rain": 0, "Sun": 0},
    ),
    "the same publication under a new date is a sighting": (
        [
            poll(entry(TALKS, guid="a", link=f"{SITE}/1", day=0)),
            poll(entry(TALKS, guid="a", link=f"{SITE}/1", day=30), at=720),
        ],
        {TALKS: 0},
    ),
    "a publication issued anew after weeks is kept beside the first": (
        [
            poll(entry(TALKS, guid="a", link=f"{SITE}/1", day=0)),
            poll(entry(TALKS, guid="b", link=f"{SITE}/2", day=30), at=720),
        ],
        {TALKS: 0, f"{TALKS} ": 0},
    ),
    "schemes, www and AMP do not count": (
        [
            poll(entry(TALKS, link="http://www.a.example/news/1")),
            poll(entry(TALKS, link="https://a.example/news/1"), at=1),
            poll(entry(TALKS, link="https://a.example/amp/news/1"), at=2),
        ],
        {TALKS: 0},
    ),
    "an aggregator's opaque guids and its titles with the publisher": (
        [
            poll(
                entry(f"{TALKS} - Le Soir", "", guid="CBMi1", link=f"{GOOGLE}/CBMi1"),
                entry(f"{TALKS} - Le Jour", "", guid="CBMi2", link=f"{GOOGLE}/CBMi2"),
            ),
            poll(
                entry("They met - Le Soir", "", guid="CBMi1", link=f"{GOOGLE}/CBMi1"),
                at=1,
            ),
        ],
        {"They met - Le Soir": 1, f"{TALKS} - Le Jour": 0},
    ),
    "posts of a live page under one address but with guids of their own": (
        [
            poll(
                entry("14:00 They arrive", RAIN, guid="1", link=f"{SITE}/live#1"),
                entry("15:00 They sit down", SUN, guid="2", link=f"{SITE}/live#2"),
            ),
        ],
        {"14:00 They arrive": 0, "15:00 They sit down": 0},
    ),
}


def kept(shelf: Shelf) -> list[ArticleDossier]:
    """Every article there is."""
    found: list[ArticleDossier] = []
    while one := shelf.library.find_article(ArticleId(len(found) + 1)):
        found.append(one)
    return found


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_what_is_kept(shelf: Shelf, case: tuple[list[Poll], dict[str, int]]) -> None:
    polls, expected = case

    for one in polls:
        shelf.record(*one.entries, source=one.source, now=_moment(one.at))

    assert sorted(
        (each.article.title, len(each.revisions)) for each in kept(shelf)
    ) == sorted((title.strip(), count) for title, count in expected.items())


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_what_is_kept_is_kept_once(
    shelf: Shelf, case: tuple[list[Poll], dict[str, int]]
) -> None:
    polls, _ = case

    for one in polls:
        shelf.record(*one.entries, source=one.source, now=_moment(one.at))
        before = shelf.rows()
        shelf.record(*one.entries, source=one.source, now=_moment(one.at))

        assert shelf.rows() == before
