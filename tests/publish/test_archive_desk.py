"""Archive pages on their way from the store to readers."""

from __future__ import annotations

from dataclasses import replace

import httpx
import pytest
from structlog.testing import capture_logs

from publish.archive import write_page
from publish.edition import Edition
from publish.render import Renderer
from publish.web.app import build_app
from publish.web.feed_files import read_page_name
from store.archive import PageRules, WritePage
from store.errors import StoreError
from tests.publish.factories import BASE_URL, make_edition, make_publication
from tests.publish.fakes import ENGLISH, FRENCH, SAHARA, FakeArticles, FakePages

RULES = replace(SAHARA, page_size=2)
PAGE = "/topics/western-sahara/archive/1"
TYPES = {
    ".rss": "application/rss+xml; charset=utf-8",
    ".atom": "application/atom+xml; charset=utf-8",
    ".json": "application/feed+json; charset=utf-8",
}
NOWHERE = {
    "a page that is not full": "/topics/western-sahara/archive/2.rss",
    "page 0": "/topics/western-sahara/archive/0.rss",
    "a page of no format": "/topics/western-sahara/archive/1",
    "a page of an unknown format": "/topics/western-sahara/archive/1.xml",
    "a page in Arabic digits": "/topics/western-sahara/archive/%D9%A1.rss",
    "a number beyond 64 bits": f"/topics/western-sahara/archive/{'9' * 20}.rss",
    "a page of an unknown topic": "/topics/unknown/archive/1.rss",
    "a page of a feed without a log": "/tags/mali/archive/1.rss",
    "a page without a number": "/topics/western-sahara/archive/.rss",
}


class BusyPages(FakePages):
    """An archive that cannot be written."""

    def close_pages(self, rules: PageRules, write: WritePage) -> None:
        raise StoreError("rekkas.db: the disk is full")


@pytest.fixture
def edition() -> Edition:
    """A topic with an archive, in pages of two."""
    return make_edition(RULES)


@pytest.fixture
def articles(edition: Edition) -> FakeArticles:
    """A store with one page of it."""
    stored = FakeArticles({"western-sahara": (FRENCH, ENGLISH)})
    page = [make_publication(article) for article in (FRENCH, ENGLISH)]
    stored.archive.pages["western-sahara", 1] = write_page(RULES, page, edition)
    return stored


@pytest.fixture
def client(edition: Edition, articles: FakeArticles) -> httpx.AsyncClient:
    """A client of the whole application."""
    transport = httpx.ASGITransport(build_app(Renderer(edition, articles)))
    return httpx.AsyncClient(transport=transport, base_url=BASE_URL)


@pytest.mark.parametrize(("suffix", "media_type"), TYPES.items(), ids=TYPES)
async def test_a_page_may_be_kept_for_ever(
    client: httpx.AsyncClient, suffix: str, media_type: str
) -> None:
    page = await client.get(PAGE + suffix)

    assert page.status_code == 200
    assert page.headers["content-type"] == media_type
    assert page.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert page.headers["last-modified"] == "Mon, 23 Nov 2026 08:30:15 GMT"


@pytest.mark.parametrize("coding", ["br", "gzip", "identity"])
async def test_a_page_that_a_reader_has_is_not_sent(
    client: httpx.AsyncClient, articles: FakeArticles, coding: str
) -> None:
    headers = {"accept-encoding": coding}
    first = await client.get(f"{PAGE}.rss", headers=headers)
    articles.fails = True
    articles.archive.pages.clear()

    again = await client.get(
        f"{PAGE}.rss", headers=headers | {"if-none-match": first.headers["etag"]}
    )

    assert first.headers.get("content-encoding", "identity") == coding
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["cache-control"] == first.headers["cache-control"]


async def test_a_page_is_made_once_whatever_changes(
    client: httpx.AsyncClient, articles: FakeArticles
) -> None:
    first = await client.get(f"{PAGE}.json")
    articles.change += 1
    articles.archive.pages.clear()

    assert (await client.get(f"{PAGE}.json")).content == first.content


async def test_a_feed_leads_to_the_last_page(client: httpx.AsyncClient) -> None:
    feed = (await client.get("/topics/western-sahara.json")).json()

    assert feed["next_url"] == f"{BASE_URL[:-1]}{PAGE}.json"
    assert (await client.get(feed["next_url"])).json()["feed_url"] == feed["next_url"]


async def test_a_feed_without_a_page_leads_nowhere(
    edition: Edition, client: httpx.AsyncClient, articles: FakeArticles
) -> None:
    articles.archive.pages.clear()

    assert "next_url" not in (await client.get("/topics/western-sahara.json")).json()


@pytest.mark.parametrize("path", NOWHERE.values(), ids=NOWHERE)
async def test_what_is_no_page_is_not_found(
    client: httpx.AsyncClient, path: str
) -> None:
    answer = await client.get(path)

    assert (answer.status_code, answer.text) == (404, "not found\n")
    assert answer.headers["cache-control"] == "no-store"


async def test_a_feed_is_served_while_no_page_can_be_closed(
    client: httpx.AsyncClient, edition: Edition, articles: FakeArticles
) -> None:
    busy = BusyPages()
    busy.pages = articles.archive.pages
    articles.archive = busy
    transport = httpx.ASGITransport(build_app(Renderer(edition, articles)))

    async with httpx.AsyncClient(transport=transport, base_url=BASE_URL) as reader:
        with capture_logs() as logs:
            feed = await reader.get("/topics/western-sahara.json")

    assert feed.json()["next_url"] == f"{BASE_URL[:-1]}{PAGE}.json"
    assert [each["event"] for each in logs] == ["pages_not_closed"]


@pytest.mark.parametrize("file", ["1.rss\n", "01.rss", "1.RSS", "-1.rss", "1.rss.gz"])
def test_no_other_file_is_a_page(file: str) -> None:
    assert read_page_name(file) is None
