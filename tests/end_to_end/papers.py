"""Papers that publish for weeks, each with a bad habit of real ones.

Every event has a name of its own that stands in each headline and text about it, so
that a reader of a topic feed can tell which event an item is about.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import format_datetime
from html import escape
from random import Random

_WINDOW = 15  # entries in a document
_SYLLABLES = ("ba", "do", "fi", "ga", "ku", "la", "mo", "ne", "ri", "so", "ta", "zu")
_TEXT = """
    the council of the town said on its first evening that work would begin before
    winter and that every family would be heard while engineers measure walls roads
    wells and fields along a river which farmers merchants teachers and drivers cross
    each week to reach markets schools clinics and mills beyond hills of red stone
"""
_VERBS = ("opens", "closes", "plans", "rebuilds", "questions", "celebrates")


@dataclass(slots=True)
class Event:
    """Something that happened: its name, where, and what papers write of it."""

    name: str
    place: str
    text: str


@dataclass(slots=True)
class Item:
    """What one paper has of an event; `revisions` counts its changed headlines."""

    event: Event
    number: int
    published_at: datetime
    headline: str
    text: str
    revisions: int = 0


def invent_event(random: Random, known: set[str]) -> Event:
    """An event with a name that no other has."""
    while (name := "".join(random.choices(_SYLLABLES, k=4)).title()) in known:
        continue
    known.add(name)
    place = random.choice(("Mali", "Tunisia"))
    words = random.choices(_TEXT.split(), k=70)
    words[10], words[40] = name, f"{place} {name}"
    return Event(name=name, place=place, text=" ".join(words))


@dataclass(slots=True)
class Paper:
    """A source: what it carries now, and how it spoils its feed."""

    slug: str
    spoil: Callable[[Item, datetime], tuple[str | None, str]]
    items: list[Item] = field(default_factory=list)
    _count: int = 0

    def publish(self, event: Event, at: datetime, random: Random) -> Item:
        """Print the event as news of the paper's own."""
        verb = random.choice(_VERBS)
        return self._print(event, at, f"{event.place} {verb} {event.name}", event.text)

    def reprint(self, event: Event, at: datetime) -> None:
        """Print another paper's text, with a dateline, under a headline of its own."""
        text = f"BAMAKO (Agency) - {event.text} (Agency)"
        self._print(event, at, f"Report from {event.place}: {event.name}", text)

    def revise(self, random: Random) -> None:
        """Change a headline that is still carried."""
        item = random.choice(self.items[:_WINDOW])
        item.headline = f"{item.headline}, says {random.choice(_VERBS)[:-1]}er"
        item.revisions += 1

    def _print(self, event: Event, at: datetime, headline: str, text: str) -> Item:
        self._count += 1
        item = Item(event, self._count, at, headline, text)
        self.items.insert(0, item)
        return item

    def document(self, now: datetime) -> bytes:
        """The feed as it is served at this moment."""
        items = "".join(self._write(item, now) for item in self.items[:_WINDOW])
        return (
            '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel>'
            f"<title>{self.slug}</title><link>https://{self.slug}.example/</link>"
            f"<description>News</description>{items}</channel></rss>"
        ).encode()

    def _write(self, item: Item, now: datetime) -> str:
        guid, link = self.spoil(item, now)
        return (
            f"<item><title>{escape(item.headline)}</title><link>{escape(link)}</link>"
            + (f'<guid isPermaLink="false">{guid}</guid>' if guid else "")
            + f"<pubDate>{format_datetime(item.published_at)}</pubDate>"
            f"<description>{escape(item.text)}</description></item>"
        )


def honest(item: Item, now: datetime) -> tuple[str | None, str]:
    """A guid and a link that stay."""
    return f"honest-{item.number}", f"https://honest.example/{item.number}"


def without_guids(item: Item, now: datetime) -> tuple[str | None, str]:
    """No guid, and a link that tells of each visit."""
    return None, f"https://tracker.example/{item.number}?utm_source=rss&utm_id={now:%H}"


def reissuing(item: Item, now: datetime) -> tuple[str | None, str]:
    """A new guid each day for the same article."""
    return f"{item.number}-{now:%d}", f"https://reissuer.example/news/{item.number}"


def numbering(item: Item, now: datetime) -> tuple[str | None, str]:
    """Guids that are places in the document's year, used again after a hundred."""
    return str(item.number % 100), f"https://numbers.example/story-{item.number}.html"


def moving(item: Item, now: datetime) -> tuple[str | None, str]:
    """Links that go from http to https and to the phone's host and back."""
    host = ("http://www", "https://www", "https://m")[now.hour % 3]
    return f"moving-{item.number}", f"{host}.moving.example/{item.number}/"
