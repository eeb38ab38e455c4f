"""Feeds of tags, sources, languages and stories: what they are called and show."""

from __future__ import annotations

import httpx
import pytest

from publish.common_feeds import each_common_feed, find_rules, is_sure
from publish.edition import Edition
from publish.feed_name import ALL_ARTICLES, FeedKind, FeedName
from publish.render import Renderer
from publish.web.app import build_app
from store.article import Article, ArticleId
from store.choice import Choice, ChosenBy, search_log
from tests.publish.factories import make_article, make_edition, make_rules
from tests.publish.fakes import FakeArticles
from tests.publish.validity import find_faults_in_atom, find_faults_in_rss

MALI = make_article(7, title="Bamako <waits>", language="fr")
COPY = make_article(8, title="Bamako waits, again", duplicate_of=ArticleId(7))
GAS = FeedName(FeedKind.SEARCH, "gas")
FEEDS = {
    "a saved search": ("searches/gas", "search/gas", "Gas"),
    "a tag": ("tags/mali", "tag/mali", "Mali"),
    "a source": ("sources/paper", "source/paper", "The Paper"),
    "a configured language": ("languages/fr", "language/fr", "Articles in French"),
    "a language of an article": ("languages/de", "language/de", "Articles in German"),
    "a story": ("stories/7", "story/7", "Bamako <waits>"),
    "everything": ("all", "all", "Everything"),
}
NOWHERE = {
    "an unknown tag": "/tags/morocco.rss",
    "an unknown source": "/sources/nobody.rss",
    "an unknown search": "/searches/mali.rss",
    "a language without articles": "/languages/nl.rss",
    "no language": "/languages/french.rss",
    "a language in capitals": "/languages/FR.rss",
    "an unknown story": "/stories/9.rss",
    "story 0": "/stories/0.rss",
    "a negative story": "/stories/-1.atom",
    "a story in Arabic digits": "/stories/%D9%A1.rss",
    "a story with a leading zero": "/stories/07.rss",
    "a story with a plus": "/stories/+7.rss",
    "a story with a newline": "/stories/7%0a.rss",
    "a story beyond 64 bits": "/stories/9999999999999999999.rss",
    "a story of ten thousand digits": f"/stories/{'9' * 10_000}.rss",
    "a tag of ten thousand characters": f"/tags/{'a' * 10_000}.json",
    "a way up": "/tags/..%2fall.rss",
    "an encoded slash": "/sources/a%2fpaper.rss",
    "a NUL": "/sources/paper%00.rss",
    "bytes that are no text": "/tags/%ff.rss",
    "everything in no format": "/all.xml",
    "everything of something": "/all/mali.rss",
    "a format that is none": "/tags/mali.xml",
    "a slash too many": "/tags/mali/.rss",
}


def make_common() -> tuple[Edition, FakeArticles]:
    """An edition with a search; an article that is everywhere, and a copy of it."""
    edition = make_edition(
        searches={"gas": make_rules("gas", name=GAS, title="Gas")},
        languages=frozenset({"fr"}),
    )
    articles = FakeArticles({search_log("gas"): (MALI,), "mali-algeria": ()})
    for by, value in (
        (ChosenBy.TAG, "mali"),
        (ChosenBy.SOURCE, "paper"),
        (ChosenBy.LANGUAGE, "fr"),
        (ChosenBy.LANGUAGE, "de"),
        (ChosenBy.STORY, "7"),
        (ChosenBy.NOTHING, ""),
    ):
        articles.chosen[Choice(by, value)] = (MALI, COPY)
    return edition, articles


def make_client(edition: Edition, articles: FakeArticles) -> httpx.AsyncClient:
    app = build_app(Renderer(edition, articles, fresh_for=0))
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    return httpx.AsyncClient(
        transport=transport, base_url="https://news.example.org", trust_env=False
    )


@pytest.mark.parametrize("case", FEEDS.values(), ids=FEEDS.keys())
async def test_an_item_is_the_same_in_every_feed(case: tuple[str, str, str]) -> None:
    path, uri, title = case
    client = make_client(*make_common())

    feed = (await client.get(f"/{path}.json")).json()
    page = await client.get(f"/{path}", headers={"accept": "text/html"})

    assert feed["title"] == title
    assert feed["feed_url"] == f"https://news.example.org/{path}.json"
    assert feed["home_page_url"] == f"https://news.example.org/{path}"
    assert [item["id"] for item in feed["items"]] == [
        "tag:news.example.org,2026:article/a0000007"
    ]
    atom = await client.get(f"/{path}.atom")
    assert f"<id>tag:news.example.org,2026:{uri}</id>" in atom.text
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert "Bamako &lt;waits&gt;" in page.text


@pytest.mark.parametrize("path", [path for path, _, _ in FEEDS.values()], ids=FEEDS)
async def test_every_feed_is_valid(path: str) -> None:
    client = make_client(*make_common())
    base = f"https://news.example.org/{path}"

    rss, atom = await client.get(f"{base}.rss"), await client.get(f"{base}.atom")

    assert find_faults_in_rss(rss.content, f"{base}.rss") == []
    assert find_faults_in_atom(atom.content, f"{base}.atom") == []


@pytest.mark.parametrize("path", NOWHERE.values(), ids=NOWHERE.keys())
async def test_what_nobody_configured_is_a_short_404(path: str) -> None:
    client = make_client(*make_common())

    response = await client.get(path)

    assert (response.status_code, response.text) == (404, "not found\n")


async def test_a_reader_gets_the_feed_at_the_address_of_its_page() -> None:
    client = make_client(*make_common())

    response = await client.get("/all", headers={"accept": "application/atom+xml"})

    assert response.headers["content-location"] == "all.atom"


def test_what_is_configured_has_a_feed_before_it_has_an_article() -> None:
    edition = make_edition(languages=frozenset({"ar", "fr"}))

    feeds = [rules.name for rules in each_common_feed(edition)]

    assert [name.path for name in feeds] == [
        *("tags/mali", "tags/western-sahara", "sources/paper"),
        *("languages/ar", "languages/fr", "all"),
    ]
    assert all(is_sure(name, edition) for name in feeds)


def test_a_story_shows_all_of_it_and_other_feeds_their_limit() -> None:
    edition = make_edition(limit=3)
    limits = [
        rules.limit
        for name in (ALL_ARTICLES, FeedName(FeedKind.STORY, "7"))
        if (rules := find_rules(name, edition)) is not None
    ]

    assert limits == [3, 1000]


async def test_a_walk_through_all_stories_keeps_few_and_drives_out_no_topic() -> None:
    edition, articles = make_common()
    stories: dict[int, Article] = {n: make_article(n) for n in range(1, 500)}
    for number, article in stories.items():
        articles.chosen[Choice(ChosenBy.STORY, f"{number}")] = (article,)
    renderer = Renderer(edition, articles, fresh_for=0)
    transport = httpx.ASGITransport(build_app(renderer))
    client = httpx.AsyncClient(transport=transport, base_url="https://news.example.org")
    await client.get("/tags/mali.rss")
    for number in stories:
        assert (await client.get(f"/stories/{number}.rss")).status_code == 200
    asked = articles.questions

    await client.get("/tags/mali.rss")
    assert articles.questions == asked
    await client.get("/stories/1.rss")
    assert articles.questions == asked + 1


@pytest.mark.parametrize("path", [path for path, _, _ in FEEDS.values()], ids=FEEDS)
async def test_a_reader_that_can_add_gets_what_is_new_in_every_feed(path: str) -> None:
    edition, articles = make_common()
    client = make_client(edition, articles)
    before = await client.get(f"/{path}.rss")
    later = make_article(8, title="Bamako goes on")
    articles.topics = {log: (*kept, later) for log, kept in articles.topics.items()}
    articles.chosen = {by: (*kept, later) for by, kept in articles.chosen.items()}
    articles.change += 1

    asked = {"A-IM": "feed", "If-None-Match": before.headers["etag"]}
    news = await client.get(f"/{path}.rss", headers=asked)

    assert news.status_code == 226
    assert "Bamako goes on" in news.text
    assert news.text.count("<guid") == 1
