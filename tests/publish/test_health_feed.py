"""What an operator reads of her sources."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import httpx
import pytest

from publish.common_feeds import each_common_feed
from publish.feed_name import FeedKind
from publish.render import Renderer
from publish.web.app import build_app
from store.configuration_trouble import ConfigurationTrouble, trouble_of
from store.health_change import Condition, HealthChange
from tests.publish.factories import make_edition
from tests.publish.fakes import FakeArticles
from tests.publish.validity import find_faults_in_atom, find_faults_in_rss

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
LATER = datetime(2026, 11, 23, 12, 0, 1, tzinfo=UTC)
BASE = "https://news.example.org"
NEWS = {
    Condition.OK: "The Paper is well again",
    Condition.MOVED: "The Paper has moved",
    Condition.EMPTY: "The Paper has no entries any more",
    Condition.SILENT: "The Paper has gone silent",
    Condition.BLOCKED: "The Paper refuses us",
    Condition.FAILING: "The Paper is broken",
    Condition.GONE: "The Paper is gone for good",
}


def make_change(**changes: object) -> HealthChange:
    values: dict[str, object] = {
        "source": "paper",
        "noted_at": NOON,
        "condition": Condition.FAILING,
        "since": datetime(2026, 11, 23, 9, 30, tzinfo=UTC),
        "advice": "its server answers 500 <html>",
    }
    return HealthChange(**(values | changes))  # type: ignore[arg-type]  # a test's own


BROKEN = trouble_of(
    ["rekkas.yaml:1:34: topics.mali.match", "more.yaml:2:1: <b>"], now=LATER
)
WHOLE = trouble_of([], now=LATER + timedelta(hours=1))


def make_client(
    *changes: HealthChange,
    is_on: bool = True,
    configuration: tuple[ConfigurationTrouble, ...] = (),
) -> httpx.AsyncClient:
    articles = FakeArticles({})
    articles.health, articles.configuration = changes, configuration
    edition = make_edition(has_health_feed=is_on)
    app = build_app(Renderer(edition, articles, fresh_for=0))
    transport = httpx.ASGITransport(app)
    return httpx.AsyncClient(transport=transport, base_url=BASE, trust_env=False)


async def test_an_item_says_what_since_when_and_what_to_do() -> None:
    feed = (await make_client(make_change()).get("/health.json")).json()

    assert (feed["title"], feed["feed_url"]) == (
        "Health of the sources",
        f"{BASE}/health.json",
    )
    (item,) = feed["items"]
    assert item["id"] == (
        "tag:news.example.org,2026:health/paper/20261123T120000.000000Z"
    )
    assert item["title"] == "The Paper is broken"
    assert item["url"] == f"{BASE}/sources/paper"
    assert "Source paper, since 23 November 2026, 09:30 UTC." in item["content_text"]
    assert "its server answers 500 <html>" in item["content_text"]
    assert item["tags"] == ["failing"]


@pytest.mark.parametrize(("condition", "title"), NEWS.items())
async def test_every_condition_has_its_words(condition: Condition, title: str) -> None:
    client = make_client(make_change(condition=condition, advice=""))

    (item,) = (await client.get("/health.json")).json()["items"]

    assert item["title"] == title
    assert "Nothing is to be done." in item["content_text"]


async def test_a_source_that_is_no_more_configured_has_no_page_to_link_to() -> None:
    client = make_client(make_change(source="former"))

    (item,) = (await client.get("/health.json")).json()["items"]

    assert (item["title"], item["url"]) == ("former is broken", f"{BASE}/")


async def test_a_broken_configuration_is_told_by_what_is_to_be_mended() -> None:
    client = make_client(configuration=(BROKEN,))

    (item,) = (await client.get("/health.json")).json()["items"]

    assert item["id"] == (
        "tag:news.example.org,2026:health/configuration/20261123T120001.000000Z"
    )
    assert item["title"] == "The configuration is broken"
    assert item["date_published"] == "2026-11-23T12:00:01+00:00"
    assert item["tags"] == ["configuration"]
    assert (
        "Read 23 November 2026, 12:00 UTC. An earlier configuration is in force. "
        "`rekkas check` says what is wrong with this one: 2 problems, at "
        "rekkas.yaml:1:34: topics.mali.match; more.yaml:2:1: <b>."
    ) in item["content_text"]


async def test_of_thousands_of_problems_the_first_are_named() -> None:
    many = [f"rekkas.yaml:{line}:1: sources.s{line}" for line in range(20_000)]
    client = make_client(configuration=(trouble_of(many, now=NOON),))

    (item,) = (await client.get("/health.json")).json()["items"]

    assert "20,000 problems" in item["content_text"]
    assert item["content_text"].endswith("sources.s19; and 19,980 more.")


async def test_a_configuration_that_is_whole_again_is_told() -> None:
    client = make_client(configuration=(WHOLE,))

    (item,) = (await client.get("/health.json")).json()["items"]

    assert item["title"] == "The configuration is whole again"
    assert "Nothing is to be done." in item["content_text"]


async def test_sources_and_the_configuration_are_told_by_time() -> None:
    latest = make_change(noted_at=LATER + timedelta(hours=1), condition=Condition.OK)
    client = make_client(latest, make_change(), configuration=(BROKEN,))

    items = (await client.get("/health.json")).json()["items"]

    assert [item["title"] for item in items] == [
        "The Paper is well again",
        "The configuration is broken",
        "The Paper is broken",
    ]


async def test_both_together_are_no_more_than_a_feed_may_have() -> None:
    hours = [NOON + timedelta(hours=each) for each in range(60)]
    client = make_client(
        *(make_change(noted_at=each) for each in reversed(hours)),
        configuration=tuple(trouble_of(["a:1:1: b"], now=each) for each in hours[::-1]),
    )

    items = (await client.get("/health.json")).json()["items"]

    assert len(items) == 50
    assert items[-1]["date_published"] == "2026-11-24T23:00:00+00:00"


@pytest.mark.parametrize(
    "changes", [(), (make_change(), make_change(source="x", noted_at=LATER))]
)
async def test_the_health_feed_is_valid(changes: tuple[HealthChange, ...]) -> None:
    client = make_client(*changes, configuration=(WHOLE,) if changes else ())

    rss, atom = await client.get("/health.rss"), await client.get("/health.atom")
    page = await client.get("/health", headers={"accept": "text/html"})

    assert find_faults_in_rss(rss.content, f"{BASE}/health.rss") == []
    assert find_faults_in_atom(atom.content, f"{BASE}/health.atom") == []
    assert page.status_code == 200


@pytest.mark.parametrize("path", ["/health.rss", "/health.atom", "/health"])
async def test_nobody_reads_of_it_unless_the_operator_says_so(path: str) -> None:
    client = make_client(make_change(), is_on=False)

    response = await client.get(path)

    assert (response.status_code, response.text) == (404, "not found\n")
    assert (await client.get("/health/live")).text == "ok\n"


def test_no_list_of_feeds_names_it() -> None:
    feeds = each_common_feed(make_edition(has_health_feed=True))

    assert FeedKind.HEALTH not in {rules.name.kind for rules in feeds}


async def test_a_reader_that_can_add_gets_the_latest_change_alone() -> None:
    articles = FakeArticles({})
    articles.health = (make_change(),)
    edition = make_edition(has_health_feed=True)
    app = build_app(Renderer(edition, articles, fresh_for=0))
    client = httpx.AsyncClient(
        transport=httpx.ASGITransport(app), base_url=BASE, trust_env=False
    )
    before = await client.get("/health.rss")
    well = make_change(condition=Condition.OK, noted_at=NOON + timedelta(hours=1))
    articles.health = (well, make_change())
    articles.change += 1

    asked = {"A-IM": "feed", "If-None-Match": before.headers["etag"]}
    news = await client.get("/health.rss", headers=asked)

    assert news.status_code == 226
    assert "is well again" in news.text
    assert "is broken" not in news.text
