"""Polls a played source as the daemon does: real sockets and database, our clock."""

from __future__ import annotations

import tempfile
from collections.abc import Awaitable, Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from config.settings import Settings
from ingest.fetch.addresses import IpAddress
from rekkas import compose, configured_sources
from rekkas.report import Facts, describe
from store.article import Article
from store.database.upgrade import open_database
from store.library import Library
from store.prepare import prepare_store
from store.record import Recorder
from tests.scenarios.server import Answer, Request, Stage, playing

START = datetime(2026, 11, 23, 12, tzinfo=UTC)
HOST = "news.example"
OTHER_HOST = "other.example"
LOOPBACK: tuple[IpAddress, ...] = (ip_address("127.0.0.1"),)
_MOST_ARTICLES = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Played:
    """What came of the visits: a report of each, what was asked, what is kept."""

    reports: Sequence[Facts]
    requests: Sequence[Request]
    articles: Sequence[Article]

    @property
    def last(self) -> Facts:
        """The report of the last visit."""
        return self.reports[-1]

    @property
    def titles(self) -> list[str]:
        """The titles that are kept, the first recorded first."""
        return [article.title for article in self.articles]


@dataclass(frozen=True, slots=True, kw_only=True)
class Play:
    """A source's misdeeds: what each path answers, and how often it is visited.

    `{port}` in a text answer or an address stands for the server's port. `names` says
    what a host resolves to at each look-up, the last again and again.
    """

    feed: Sequence[Answer] = ()
    elsewhere: Mapping[str, Sequence[Answer]] = field(default_factory=dict)
    visits: int = 1
    every: timedelta = timedelta(days=2)
    url: str = "http://news.example:{port}/feed"
    names: Mapping[str, Sequence[str]] = field(default_factory=dict)
    fetch: Mapping[str, Any] = field(default_factory=dict)
    source: Mapping[str, Any] = field(default_factory=dict)


async def perform(play: Play) -> Played:
    """Visit the source as often as the play says, each visit long after the last."""
    stage = Stage(parts={})
    async with playing(stage):
        stage.parts = _at_port(play, stage.port)
        with tempfile.TemporaryDirectory() as folder:
            return await _visit(play, stage, Path(folder))


async def _visit(play: Play, stage: Stage, folder: Path) -> Played:
    settings = _settings(play, stage.port)
    rules = compose.build_rules(settings)
    moment = [START]
    path = folder / "rekkas.db"
    path.write_bytes(_empty_database())
    with open_database(f"sqlite:///{path}") as database:
        prepare_store(
            database, configured_sources.source_names(settings), rules, now=START
        )
        library = Library(database)
        reading = ThreadPoolExecutor(1)
        poller = compose.build_poller(
            settings,
            (Recorder(database, rules), library),
            compose.build_tools(
                settings.fetch,
                reading,
                clock=lambda: moment[0],
                resolver=_resolver(play),
            ),
            clock=lambda: moment[0],
        )
        reports = []
        try:
            for _ in range(play.visits):
                reports.append(describe(await poller.poll("played")))
                moment[0] += play.every
        finally:
            await poller.close()
            reading.shutdown(wait=False, cancel_futures=True)
        kept = [library.find_article(number) for number in _numbers()]  # type: ignore[arg-type]  # any number may be asked for
        articles = [dossier.article for dossier in kept if dossier]
    return Played(reports=reports, requests=stage.requests, articles=articles)


@cache
def _empty_database() -> bytes:
    """A migrated database without rows, made once for all plays."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "rekkas.db"
        open_database(f"sqlite:///{path}").close()
        return path.read_bytes()


def _numbers() -> range:
    return range(1, _MOST_ARTICLES)


def _at_port(play: Play, port: int) -> dict[str, list[Answer]]:
    parts = {"/feed": play.feed, **play.elsewhere}
    mark, number = b"{port}", str(port).encode()
    return {
        path: [
            one.replace(mark, number) if isinstance(one, bytes) else one
            for one in answers
        ]
        for path, answers in parts.items()
    }


def _settings(play: Play, port: int) -> Settings:
    fetch = {
        "per_host": {"spacing": "0s"},
        "deadline": "6s",
        "allow_private": [f"{HOST}:{port}", f"{OTHER_HOST}:{port}"],
    }
    url = play.url.replace("{port}", str(port))
    source = {"url": url, "language": "en", **play.source}
    return Settings.model_validate(
        {"fetch": {**fetch, **play.fetch}, "sources": {"played": source}}
    )


def _resolver(play: Play) -> Callable[[str], Awaitable[tuple[IpAddress, ...]]]:
    lookups: dict[str, int] = {}

    async def resolve(host: str) -> tuple[IpAddress, ...]:
        if host in play.names:
            count = lookups.get(host, 0)
            lookups[host] = count + 1
            answers = play.names[host]
            found = answers[min(count, len(answers) - 1)]
            return tuple(ip_address(one) for one in found.split())
        if host in (HOST, OTHER_HOST):
            return LOOPBACK
        return (ip_address(host),)

    return resolve
