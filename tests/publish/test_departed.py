"""Topics and searches that have another name, or are no more."""

from __future__ import annotations

import httpx
import pytest

from publish.departed import read_place
from publish.edition import Edition
from publish.feed_name import FeedKind, FeedName, topic_feed
from publish.render import Renderer
from publish.selection import select_feed
from publish.web.app import build_app
from store.choice import search_log
from tests.publish.factories import make_edition, make_rules
from tests.publish.fakes import FakeArticles

PLACES = {
    "a page": ("/topics/old", (topic_feed("old"), "")),
    "a feed": ("/topics/old.json", (topic_feed("old"), ".json")),
    "an archive page": (
        "/topics/old/archive/12.atom",
        (topic_feed("old"), "/archive/12.atom"),
    ),
    "a digest": ("/topics/old/digest.rss", (topic_feed("old"), "/digest.rss")),
    "a search": ("/searches/old.rss", (FeedName(FeedKind.SEARCH, "old"), ".rss")),
    "no format": ("/topics/old.xml", None),
    "archive page 0": ("/topics/old/archive/0.rss", None),
    "an archive page in Arabic digits": ("/topics/old/archive/\u0661.rss", None),
    "a way up": ("/topics/../old", None),
    "a line more": ("/topics/old\n", None),
    "a NUL": ("/topics/old\0", None),
    "a name in capitals": ("/topics/OLD", None),
    "a name that is too long": (f"/topics/{'a' * 65}", None),
    "a tag": ("/tags/old", None),
}
MOVED = {
    "/topics/old": "/topics/mali",
    "/topics/old.rss": "/topics/mali.rss",
    "/topics/older.json": "/topics/mali.json",
    "/topics/old/archive/3.atom": "/topics/mali/archive/3.atom",
    "/topics/old/digest.rss": "/topics/mali/digest.rss",
}
BASE = "https://news.example.org"


def make_renamed() -> tuple[Edition, FakeArticles]:
    """The topic Mali, once old and older; a topic and a search that are no more."""
    rules = make_rules("mali", first_name=topic_feed("older"))
    edition = make_edition(
        rules,
        successors={topic_feed(old): rules.name for old in ("older", "old")},
    )
    articles = FakeArticles({"mali": ()})
    articles.departed = frozenset({"gone", "mali", search_log("gas")})
    return edition, articles


@pytest.fixture
def articles() -> FakeArticles:
    """The store behind the application."""
    return make_renamed()[1]


@pytest.fixture
def client(articles: FakeArticles) -> httpx.AsyncClient:
    """A client of the whole application."""
    app = build_app(Renderer(make_renamed()[0], articles, fresh_for=0))
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    return httpx.AsyncClient(transport=transport, base_url=BASE, trust_env=False)


@pytest.mark.parametrize("case", PLACES.values(), ids=PLACES.keys())
def test_an_address_belongs_to_a_topic_or_a_search(
    case: tuple[str, tuple[FeedName, str] | None],
) -> None:
    path, expected = case

    place = read_place(path)

    assert (place and (place.name, place.rest)) == expected


@pytest.mark.parametrize(("old", "new"), MOVED.items(), ids=MOVED.keys())
async def test_a_former_name_leads_to_the_topic_for_good(
    client: httpx.AsyncClient, articles: FakeArticles, old: str, new: str
) -> None:
    response = await client.get(f"{old}?x=<y>", headers={"accept": "text/html"})

    assert (response.status_code, response.text) == (301, "moved for good\n")
    assert response.headers["location"] == BASE + new
    assert response.headers["x-content-type-options"] == "nosniff"
    assert articles.questions == 0


@pytest.mark.parametrize("rest", ["", ".rss", ".atom", ".json", "/archive/1.rss"])
async def test_what_was_taken_away_is_gone_by_its_name(
    client: httpx.AsyncClient, rest: str
) -> None:
    topic = await client.get(f"/topics/gone{rest}")
    search = await client.get(f"/searches/gas{rest}")

    assert (topic.status_code, topic.text) == (
        410,
        "the topic gone is published no more\n",
    )
    assert (search.status_code, search.text) == (
        410,
        "the saved search gas is published no more\n",
    )


@pytest.mark.parametrize(
    "path",
    ["/topics/never.rss", "/topics/mali/archive/9.rss", "/topics/gas", "/tags/gone"],
)
async def test_what_never_was_there_is_not_gone(
    client: httpx.AsyncClient, path: str
) -> None:
    response = await client.get(path)

    assert (response.status_code, response.text) == (404, "not found\n")


async def test_without_the_store_nothing_is_said_to_be_gone_for_good() -> None:
    edition, articles = make_renamed()
    renderer = Renderer(edition, articles)
    articles.fails = True

    assert not renderer.is_departed(topic_feed("gone"))


async def test_other_methods_find_no_topic_that_is_gone(
    client: httpx.AsyncClient,
) -> None:
    assert (await client.post("/topics/gone.rss")).status_code == 405


def test_a_feed_that_was_renamed_stays_the_feed_that_readers_know() -> None:
    edition, _ = make_renamed()

    feed = select_feed(edition.topics["mali"], (), edition)

    assert feed.tag_uri == "tag:news.example.org,2026:topic/older"
    assert feed.url == f"{BASE}/topics/mali"
