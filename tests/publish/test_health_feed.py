"""What an operator reads of her sources."""

from __future__ import annotations

from datetime import UTC, datetime

import httpx
import pytest

from publish.common_feeds import each_common_feed
from publish.feed_name import FeedKind
from publish.render import Renderer
from publish.web.app import build_app
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


def make_client(*changes: HealthChange, is_on: bool = True) -> httpx.AsyncClient:
    articles = FakeArticles({})
    articles.health = changes
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


@pytest.mark.parametrize(
    "changes", [(), (make_change(), make_change(source="x", noted_at=LATER))]
)
async def test_the_health_feed_is_valid(changes: tuple[HealthChange, ...]) -> None:
    client = make_client(*changes)

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
