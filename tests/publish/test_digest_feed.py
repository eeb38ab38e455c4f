"""The digests of a topic as a feed."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from publish.edition import Edition
from publish.feed_name import FeedKind, FeedName
from publish.render import Renderer
from publish.web.app import build_app
from store.digest import Digest, DigestEntry, Period
from tests.publish.factories import make_edition, make_rules
from tests.publish.fakes import FakeArticles
from tests.publish.validity import find_faults_in_atom, find_faults_in_rss

BASE = "https://news.example.org"
SUNDAY = Period(
    name="2026-11-22",
    starts_at=datetime(2026, 11, 22, tzinfo=UTC),
    ends_at=datetime(2026, 11, 23, tzinfo=UTC),
)
WEEK = Period(
    name="2026-W46",
    starts_at=datetime(2026, 11, 9, tzinfo=UTC),
    ends_at=datetime(2026, 11, 16, tzinfo=UTC),
)
ENTRIES = (
    DigestEntry(
        article=1,
        title="Bamako <waits> & hopes",
        link="https://paper.example/1?a=1&b=2",
        source="The <Paper>",
        language="en",
    ),
    DigestEntry(article=2, title="مالي", link=None, source="One", language="ar"),
    DigestEntry(
        article=3, title="x", link="javascript:alert(1)", source="y", language=None
    ),
)


def make_digest(period: Period = SUNDAY, **changes: Any) -> Digest:
    values: dict[str, Any] = {"topic": "mali", "count": 3, "entries": ENTRIES}
    return Digest(period=period, **(values | changes))


def make_digested(*, first: str = "mali") -> Edition:
    rules = make_rules("mali", title="Mali")
    name = FeedName(FeedKind.DIGEST, "mali")
    digests = make_rules(
        "mali",
        name=name,
        first_name=FeedName(FeedKind.DIGEST, first),
        title="Mali: daily digest",
    )
    return make_edition(rules, digests={"mali": digests})


def make_client(*digests: Digest, edition: Edition | None = None) -> httpx.AsyncClient:
    articles = FakeArticles({"mali": ()})
    articles.digests["mali"] = digests
    app = build_app(Renderer(edition or make_digested(), articles, fresh_for=0))
    transport = httpx.ASGITransport(app)
    return httpx.AsyncClient(transport=transport, base_url=BASE, trust_env=False)


async def test_an_item_lists_titles_and_links_as_harmless_html() -> None:
    client = make_client(make_digest())

    feed = (await client.get("/topics/mali/digest.json")).json()

    (item,) = feed["items"]
    assert feed["title"] == "Mali: daily digest"
    assert item["id"] == "tag:news.example.org,2026:digest/mali/2026-11-22"
    assert item["url"] == f"{BASE}/topics/mali"
    assert item["title"] == "22 November 2026: 3 articles"
    assert item["date_published"] == "2026-11-23T00:00:00+00:00"
    html = item["content_html"]
    assert 'href="https://paper.example/1?a=1&amp;b=2"' in html
    assert "Bamako &lt;waits&gt; &amp; hopes</a> (The &lt;Paper&gt;)" in html
    assert '<li dir="rtl">' in html
    assert f'href="{BASE}/articles/2"' in html
    assert f'href="{BASE}/articles/3"' in html
    assert "javascript" not in html


async def test_a_week_and_what_it_leaves_out_are_said() -> None:
    client = make_client(make_digest(WEEK, count=5), make_digest(count=1))

    items = (await client.get("/topics/mali/digest.json")).json()["items"]

    assert [item["title"] for item in items] == [
        "The week from 9 November 2026: 5 articles",
        "22 November 2026: 1 article",
    ]
    assert "And 2 more." in items[0]["content_html"]


@pytest.mark.parametrize("digests", [(), (make_digest(), make_digest(WEEK))])
async def test_a_digest_feed_is_valid(digests: tuple[Digest, ...]) -> None:
    client = make_client(*digests)
    place = f"{BASE}/topics/mali/digest"

    rss, atom = await client.get(f"{place}.rss"), await client.get(f"{place}.atom")

    assert find_faults_in_rss(rss.content, f"{place}.rss") == []
    assert find_faults_in_atom(atom.content, f"{place}.atom") == []


async def test_it_has_a_page_that_names_its_feeds() -> None:
    client = make_client(make_digest())

    page = await client.get("/topics/mali/digest", headers={"accept": "text/html"})
    feed = await client.get(
        "/topics/mali/digest", headers={"accept": "application/atom+xml"}
    )

    assert f'href="{BASE}/topics/mali/digest.rss"' in page.text
    assert 'href="../../style.css"' in page.text
    assert feed.headers["content-location"] == "digest.atom"


async def test_after_a_change_of_name_it_is_the_same_digest() -> None:
    client = make_client(make_digest(), edition=make_digested(first="old"))

    atom = await client.get("/topics/mali/digest.atom")

    assert "<id>tag:news.example.org,2026:digest/old</id>" in atom.text
    assert "<id>tag:news.example.org,2026:digest/old/2026-11-22</id>" in atom.text


@pytest.mark.parametrize(
    "path",
    [
        "/topics/western-sahara/digest.rss",
        "/topics/mali/digest.xml",
        "/topics/mali/digest.rss/",
        "/topics/mali/digests.rss",
        "/tags/mali/digest.rss",
    ],
)
async def test_only_topics_that_want_one_have_a_digest(path: str) -> None:
    response = await make_client(make_digest()).get(path)

    assert (response.status_code, response.text) == (404, "not found\n")
