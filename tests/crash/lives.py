"""Lives of a service, each ended by a kill, and what must be true after each."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

import yaml
from sqlalchemy import text

from store.database.engine import Database
from store.database.upgrade import open_database
from store.keeping import check_database
from tests.crash.killable import KillableServer
from tests.crash.press import Press
from tests.crash.site import SITE, find_torn_files, publishing
from tests.crash.witness import TOPIC, Witness, reading, subscribe, subscriber
from tests.end_to_end.service import (
    LOOPBACK,
    rekkas,
    running,
    serving,
)
from tests.ports import free_port

_FULL_LIFE_SECONDS = 2.5  # from a start to the third round of polls
_AFTER_A_VISIT_SECONDS = 0.25  # what came is read, kept, rendered and told in these
_LONGEST_LIFE_SECONDS = 2.5  # a server that is dead lets nothing be asked
_PATIENCE_SECONDS = 60.0
_PUBLISHES = 0.3  # how often a folder is published into meanwhile
_SERVER_DIES = 0.4  # how often the server of the database is killed, too


@dataclass(slots=True)
class Course:
    """A service over papers that publish all the time, and who watches from outside.

    `deaths` says at which instant each life ended, for whoever has to repeat one.
    """

    folder: Path
    url: str
    press: Press
    configuration: Path
    callback: str
    witness: Witness
    server: KillableServer | None = None
    deaths: list[str] = field(default_factory=list)
    is_subscribed: bool = False

    def live_and_die(self, chance: Random) -> None:
        """Let the service run, and kill it at an instant that chance chooses."""
        with (
            running(self.folder, self.configuration) as service,
            reading(service, self.witness),
        ):
            if not self.is_subscribed:
                service.wait_for(f"/topics/{TOPIC}.rss", "<item")
                subscribe(service, self.callback)
                self.is_subscribed = True
            with self._publishing(chance), self._database_dying(chance):
                self.deaths.append(self._wait_for_death(chance))
                service.process.send_signal(signal.SIGKILL)
                service.process.wait()

    def _wait_for_death(self, chance: Random) -> str:
        """Until the instant: after a time, or just after some visit to a paper."""
        if chance.random() < 0.5:
            seconds = chance.uniform(0, _FULL_LIFE_SECONDS)
            self.press.wait_for_visit(1_000_000, seconds=seconds)
            return f"{seconds:.3f} s after the start"
        visits = chance.randint(1, 3 * len(self.press.papers))
        self.press.wait_for_visit(visits, seconds=_LONGEST_LIFE_SECONDS)
        seconds = chance.uniform(0, _AFTER_A_VISIT_SECONDS)
        self.press.wait_for_visit(1_000_000, seconds=seconds)
        return f"{seconds:.3f} s after visit {visits}"

    @contextmanager
    def _publishing(self, chance: Random) -> Iterator[None]:
        """Now and then publish into a folder meanwhile, to be killed as well."""
        if chance.random() >= _PUBLISHES or not self.is_subscribed:
            yield
            return
        with publishing(self.folder, self.configuration):
            yield

    @contextmanager
    def _database_dying(self, chance: Random) -> Iterator[None]:
        """Now and then kill the server of the database, too.

        It comes back before the service dies, or only after.
        """
        fate = chance.random()
        if self.server is not None and fate < _SERVER_DIES:
            self.deaths.append(f"[the server's: {self._wait_for_death(chance)}]")
            self.server.kill()
            if fate < _SERVER_DIES / 2:
                self.server.start()
        yield
        if self.server is not None:
            self.server.start()

    def check(self) -> None:
        """Hold what must be true after a kill."""
        known = self.press.acknowledged() | self.witness.titles
        with open_database(self.url) as database:
            stored = titles(database)
            flaws = [str(flaw) for flaw in check_database(database)]
        torn = find_torn_files(self.folder / SITE)
        assert not flaws, self.tell(flaws)
        assert not torn, self.tell(torn)
        assert len(stored) == len(set(stored)), self.tell(doubled(stored))
        assert known <= set(stored), self.tell(sorted(known - set(stored)))
        assert not self.witness.contradictions, self.tell(self.witness.contradictions)
        assert not self.witness.doubled(), self.tell(self.witness.doubled())

    def finish(self) -> None:
        """Let the last run bring everything, and hold that it did, once each."""
        self.press.stop_publishing()
        wanted = self.press.published()
        with (
            running(self.folder, self.configuration) as service,
            reading(service, self.witness),
        ):
            service.wait_for(f"/topics/{TOPIC}.rss", "<item")
            self._wait_until_stored(wanted)
            code = service.stop()
        assert code == 0, service.log.read_text()
        published = rekkas(self.folder, "publish", "--out", SITE)
        assert published.returncode == 0, published.stderr
        self.check()
        with open_database(self.url) as database:
            stored, carried = titles(database), publications(database)
        assert sorted(stored) == sorted(wanted), self.tell(sorted(wanted ^ set(stored)))
        assert sorted(carried) == sorted(wanted), self.tell(doubled(carried))
        assert "Traceback" not in service.log.read_text(), service.log.read_text()

    def _wait_until_stored(self, wanted: set[str]) -> None:
        for _ in range(int(_PATIENCE_SECONDS / 0.2)):
            with open_database(self.url) as database:
                if wanted <= set(titles(database)):
                    return
            self.press.wait_for_visit(1_000_000, seconds=0.2)
        raise AssertionError(self.tell("the last run did not bring everything"))

    def summary(self) -> str:
        """How much happened, for whoever reads the output of a long run."""
        witness, killed = self.witness, self.server.kills if self.server else 0
        return (
            f"{len(self.press.published())} articles, visits {self.press.outcomes()}, "
            f"{witness.readings} readings, {witness.deliveries} deliveries, "
            f"{killed} kills of the database's server"
        )

    def tell(self, found: object) -> str:
        """What was found, and by which deaths."""
        return f"{found}\nafter deaths at: {'; '.join(self.deaths)}"


@contextmanager
def begin_course(
    folder: Path, database: str | KillableServer, *, papers: int = 4
) -> Iterator[Course]:
    """Papers, a subscriber and a service that is configured and does not run yet."""
    server = None if isinstance(database, str) else database
    url = database if isinstance(database, str) else database.url
    press, witness = Press(papers, batch=5), Witness()
    with (
        serving(press.handler) as address,
        serving(subscriber(witness)) as callback,
    ):
        yield Course(
            folder=folder,
            url=url,
            press=press,
            configuration=_write_configuration(folder, url, address, papers),
            callback=f"{callback}/told",
            witness=witness,
            server=server,
        )


def _write_configuration(folder: Path, url: str, address: str, papers: int) -> Path:
    settings: dict[str, Any] = {
        "storage": {"url": url},
        "include": ["catalogue:tags"],
        "server": {"listen": f"127.0.0.1:{free_port()}", "admin_listen": None},
        "websub": {"hub": "embedded"},
        "fetch": {
            "per_host": {"spacing": "0s", "concurrency": 8},
            "allow_private": list(LOOPBACK),
        },
        "sources": {
            f"paper-{number}": {
                "url": f"{address}/{number}",
                "language": "en",
                "every": "1s",
            }
            for number in range(papers)
        },
        "topics": {TOPIC: {"title": "Both", "match": "about:morocco about:mali"}},
    }
    path = folder / "rekkas.yaml"
    path.write_text(yaml.safe_dump(settings))
    return path


def titles(database: Database) -> list[str]:
    """The title of every article."""
    with database.read() as connection:
        return list(connection.execute(text("SELECT title FROM article")).scalars())


def publications(database: Database) -> list[str]:
    """The title of every publication in the topic."""
    query = "SELECT title FROM publication JOIN article ON article.id = article"
    with database.read() as connection:
        return list(connection.execute(text(query)).scalars())


def doubled(several: list[str]) -> list[str]:
    """What is there more than once."""
    return sorted({one for one in several if several.count(one) > 1})
