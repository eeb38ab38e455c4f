"""Subscribing to the hubs of sources, over real sockets of loopback."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from structlog.testing import capture_logs

from ingest.pace.schedule import PollPolicy
from publish.websub.signature import is_signed, sign
from rekkas.stretched import StretchedPolicies
from store.classify.decide import Rules
from store.classify.tagging import build_tagger
from store.database.sources import SourceName
from store.database.upgrade import open_database
from store.prepare import prepare_store
from store.subscription import Subscription
from store.subscriptions import Subscriptions
from tests.end_to_end.service import rss
from tests.factories import NOW
from tests.ports import free_port
from tests.rekkas.push_server import Asked, PushServer, Says, push_server
from tests.rekkas.pushing import Pushing, pushing

FEED = rss("Paper", {"1": "Polled"})
HUSH = "hush"


class Publisher:
    """A source at /feed with a hub at /hub, or elsewhere by redirects."""

    def __init__(self) -> None:
        self.server: PushServer
        self.redirects: dict[str, tuple[int, str]] = {}

    async def __call__(self, asked: Asked) -> Says:
        if asked.path in self.redirects:
            status, target = self.redirects[asked.path]
            return Says(status=status, headers={"Location": target})
        if asked.method == "POST":
            return Says(status=202)
        hub, own = self.server.url("/hub"), self.server.url("/self")
        links = f'<{hub}>; rel="hub", <{own}>; rel="self"'
        return Says(body=FEED, headers={"Link": links, "Content-Type": "text/xml"})


class Subscribed:
    """A service that has asked a hub, in whose place the test speaks."""

    def __init__(
        self, service: Pushing, form: dict[str, str], events: list[Any]
    ) -> None:
        self.service, self.form, self.events = service, form, events

    async def verify(self, **changes: str) -> httpx.Response:
        """What the service answers to the question of the hub."""
        question = {
            "hub.mode": "subscribe",
            "hub.topic": self.form["hub.topic"],
            "hub.challenge": "abc",
            "hub.lease_seconds": "864000",
            **{f"hub.{name}": value for name, value in changes.items()},
        }
        return await self.service.client.get(self.callback, params=question)

    async def deliver(self, body: bytes, **headers: str) -> httpx.Response:
        """What the service answers to news; signed unless the headers say else."""
        signature = {"X-Hub-Signature": sign(self.form["hub.secret"], body)}
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return await self.service.client.post(
            self.callback,
            content=body,
            headers={"Content-Type": "application/rss+xml", **signature, **named},
        )

    @property
    def callback(self) -> str:
        """Where the hub was told to call."""
        return self.form["hub.callback"]

    async def titles(self) -> str:
        """What the topic feed shows."""
        return (await self.service.client.get("/topics/paper.rss")).text


@asynccontextmanager
async def subscribed(
    folder: Path, publisher: Publisher | None = None, **source: Any
) -> AsyncIterator[Subscribed]:
    """A service that has polled a source with a hub, and asked the hub."""
    publisher = publisher or Publisher()
    port = free_port()
    with capture_logs() as events:
        async with push_server(publisher) as server:
            publisher.server = server
            async with pushing(
                folder,
                {"subscribe": True},
                port=port,
                server={"base_url": f"http://127.0.0.1:{port}/"},
                fetch={
                    "allow_private": ["127.0.0.1"],
                    "per_host": {"spacing": "0s"},
                },
                sources={"paper": {"url": server.url("/feed"), **source}},
                topics={"paper": {"title": "Paper", "match": "source:paper"}},
            ) as service:
                await service.until_logged(events, "hub_asked")
                asked = [one for one in server.asked if one.method == "POST"]
                yield Subscribed(service, asked[-1].form, events)


async def test_the_hub_of_a_source_is_asked_and_what_it_brings_is_kept(
    tmp_path: Path,
) -> None:
    async with subscribed(tmp_path) as hub:
        confirmed = await hub.verify()
        taken = await hub.deliver(rss("Paper", {"2": "Pushed"}))
        shown = await hub.titles()

    assert hub.form["hub.mode"] == "subscribe"
    assert hub.form["hub.topic"].endswith("/self")
    assert hub.form["hub.lease_seconds"] == "864000"
    assert len(hub.form["hub.secret"]) >= 32
    assert len(hub.callback.rpartition("/")[2]) >= 22  # 128 bits in base 64
    assert (confirmed.status_code, confirmed.text) == (200, "abc")
    assert taken.status_code == 200
    assert "Pushed" in shown
    assert "Polled" in shown
    for hidden in (hub.form["hub.secret"], hub.callback.rpartition("/")[2]):
        assert hidden not in str(hub.events)


async def test_only_what_was_asked_for_is_confirmed(tmp_path: Path) -> None:
    async with subscribed(tmp_path) as hub:
        other = await hub.verify(topic="https://other.example/")
        ended = await hub.verify(mode="unsubscribe")
        long = await hub.verify(challenge="x" * 5000)
        stranger = await hub.service.client.get("/websub/callback/unknown")
        gone = await hub.service.client.post("/websub/callback/unknown")
        denied = await hub.verify(mode="denied")

    statuses = [one.status_code for one in (other, ended, long, stranger, gone, denied)]
    assert statuses == [404, 404, 404, 404, 410, 200]


async def test_what_is_not_signed_by_the_hub_is_passed_over(tmp_path: Path) -> None:
    body = rss("Paper", {"2": "Pushed"})
    async with subscribed(tmp_path) as hub:
        await hub.verify()
        wrong = await hub.deliver(body, X_Hub_Signature="sha256=00")
        missing = await hub.deliver(body, X_Hub_Signature="")
        other = await hub.deliver(body, X_Hub_Signature=sign("other", body))
        shown = await hub.titles()

    assert {one.status_code for one in (wrong, missing, other)} == {200}
    assert "Pushed" not in shown


async def test_a_delivery_is_bounded_and_what_is_no_feed_harms_nothing(
    tmp_path: Path,
) -> None:
    async with subscribed(tmp_path) as hub:
        await hub.verify()
        long = await hub.deliver(b"x" * (15 * 1024 * 1024 + 1))
        nothing = await hub.deliver(b"<html>no feed</html>")
        shown = await hub.titles()

    assert (long.status_code, nothing.status_code) == (413, 200)
    assert "Polled" in shown


async def test_a_subscription_outlives_a_restart_and_is_renewed(tmp_path: Path) -> None:
    async with subscribed(tmp_path) as hub:
        await hub.verify(lease_seconds="86400")
        hub.service.clock.move(timedelta(hours=20))
        await hub.service.until_logged(hub.events, "hub_asked", 2)

    assert [one["event"] for one in hub.events].count("hub_asked") == 2


def test_while_a_hub_calls_polls_are_few_but_go_on(tmp_path: Path) -> None:
    policies = {slug: PollPolicy() for slug in ("pushed", "asked", "polled")}
    policies["slow"] = PollPolicy(every=timedelta(days=1))
    with open_database(f"sqlite:///{tmp_path}/rekkas.db") as database:
        names = [SourceName(slug=slug, title=slug, home=None) for slug in policies]
        rules = Rules(tagger=build_tagger({}, publisher_names=()), topics={})
        prepare_store(database, names, rules, now=NOW)
        subscriptions = Subscriptions(database, policies)
        for slug in ("pushed", "asked", "slow"):
            lease_until = None if slug == "asked" else NOW + timedelta(days=1)
            subscriptions.keep(make_subscription(slug, lease_until))
        kept = Subscriptions(database, ["pushed", "asked", "slow"])
        fewer = Subscriptions(database, ["pushed"])

    def every(slug: str, at: datetime) -> timedelta | None:
        return StretchedPolicies(policies, kept, lambda: at)[slug].every

    assert every("pushed", NOW) == timedelta(hours=6)
    assert every("pushed", NOW + timedelta(days=1)) is None
    assert every("slow", NOW) == timedelta(days=1)
    assert every("asked", NOW) is None
    assert every("polled", NOW) is None
    assert len(StretchedPolicies(policies, kept, lambda: NOW)) == 4
    assert fewer.of_source("slow") is None
    assert not fewer.wants("slow")


def make_subscription(slug: str, lease_until: datetime | None) -> Subscription:
    return Subscription(
        source=slug,
        hub="https://hub.example/",
        topic=f"https://{slug}.example/",
        token=slug,
        secret=HUSH,
        due_at=NOW,
        lease_until=lease_until,
    )


async def test_a_source_may_be_left_out(tmp_path: Path) -> None:
    publisher, port = Publisher(), free_port()
    with capture_logs() as events:
        async with push_server(publisher) as server:
            publisher.server = server
            source = {"url": server.url("/feed")}
            async with pushing(
                tmp_path,
                {"subscribe": True},
                port=port,
                server={"base_url": f"http://127.0.0.1:{port}/"},
                sources={"other": source, "paper": {**source, "push": False}},
                fetch={
                    "allow_private": ["127.0.0.1"],
                    "per_host": {"spacing": "0s"},
                },
            ) as service:
                await service.until_logged(events, "source_polled", 2)
                await service.until_logged(events, "hub_asked")

    assert {one["source"] for one in events if one["event"] == "hub_asked"} == {"other"}


REDIRECTS = {
    "201: the topic moved for now": ({"/feed": (302, "/moved")}, "/hub"),
    "202: the topic moved for good": ({"/feed": (301, "/moved")}, "/hub"),
    "203: the hub moved for now": ({"/hub": (307, "/other")}, "/other"),
    "204: the hub moved for good": ({"/hub": (308, "/other")}, "/other"),
}


@pytest.mark.parametrize(
    ("redirects", "hub_path"), REDIRECTS.values(), ids=REDIRECTS.keys()
)
async def test_redirects_lead_to_the_hub(
    tmp_path: Path, redirects: dict[str, tuple[int, str]], hub_path: str
) -> None:
    publisher = Publisher()
    publisher.redirects = redirects
    async with subscribed(tmp_path, publisher) as hub:
        asked = [one for one in publisher.server.asked if one.method == "POST"]

    assert asked[-1].path == hub_path
    assert asked[-1].form == hub.form


@pytest.mark.parametrize("method", ["sha1", "sha256", "sha384", "sha512"])
def test_every_method_of_signing_is_known(method: str) -> None:
    digest = hmac.new(HUSH.encode(), b"body", getattr(hashlib, method)).hexdigest()

    assert is_signed(HUSH, b"body", f"{method}={digest}")
    assert not is_signed(HUSH, b"other", f"{method}={digest}")
    assert not is_signed(HUSH, b"body", f"md5={digest}")
    assert not is_signed(HUSH, b"body", f"{method}=é")
    assert not is_signed(HUSH, b"body", None)
