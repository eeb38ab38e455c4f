"""What feeds say of the hubs that are told of them."""

from __future__ import annotations

import json
from dataclasses import replace

import httpx
import pytest
from lxml import etree

from config.settings import Settings
from publish.edition import build_edition
from publish.feed import FeedFormat
from publish.press import write_feed
from publish.render import Renderer
from publish.web.app import build_app
from publish.websub.topics import announced_feeds
from tests.publish.factories import BASE_URL, make_edition
from tests.publish.fakes import SAHARA, make_beat
from tests.publish.feeds import FEEDS
from tests.publish.validity import find_faults_in_atom, find_faults_in_rss

HUBS = ("https://a.example/", "https://b.example/?x=1&y=2")
FEED = f"{BASE_URL}topics/western-sahara"
_LINK = "{http://www.w3.org/2005/Atom}link"


@pytest.fixture
def client() -> httpx.AsyncClient:
    """A client of an application whose feeds have hubs."""
    articles = make_beat()[1]
    renderer = Renderer(make_edition(SAHARA, hubs=HUBS), articles, fresh_for=0)
    transport = httpx.ASGITransport(build_app(renderer))
    return httpx.AsyncClient(
        transport=transport, base_url=BASE_URL.rstrip("/"), trust_env=False
    )


@pytest.mark.parametrize("suffix", ["rss", "atom", "json"])
async def test_every_answer_names_the_hubs_and_itself_once(
    client: httpx.AsyncClient, suffix: str
) -> None:
    whole = await client.get(f"{FEED}.{suffix}")
    head = await client.head(f"{FEED}.{suffix}")
    tag = {"If-None-Match": whole.headers["etag"]}
    unchanged = await client.get(f"{FEED}.{suffix}", headers=tag)

    for answer, status in ((whole, 200), (head, 200), (unchanged, 304)):
        assert answer.status_code == status
        assert answer.headers["link"] == (
            '<https://a.example/>; rel="hub", <https://b.example/?x=1&y=2>; rel="hub", '
            f'<{FEED}.{suffix}>; rel="self"'
        )


async def test_a_feed_in_place_of_a_page_names_its_own_address(
    client: httpx.AsyncClient,
) -> None:
    answer = await client.get(FEED, headers={"Accept": "application/atom+xml"})

    assert answer.headers["link"].endswith(f'<{FEED}.atom>; rel="self"')


async def test_pages_have_no_hubs(client: httpx.AsyncClient) -> None:
    assert "link" not in (await client.get("/")).headers


@pytest.mark.parametrize("suffix", ["rss", "atom"])
async def test_documents_link_to_their_hubs(
    client: httpx.AsyncClient, suffix: str
) -> None:
    root = etree.fromstring((await client.get(f"{FEED}.{suffix}")).content)

    links = [
        (one.get("rel"), one.get("href"))
        for one in root.iterfind(f"channel/{_LINK}" if suffix == "rss" else _LINK)
        if one.get("rel") in ("self", "hub")
    ]
    assert links == [("self", f"{FEED}.{suffix}"), *(("hub", hub) for hub in HUBS)]


def test_feeds_with_hubs_have_no_faults() -> None:
    feed = replace(FEEDS["excerpts in three languages"], hubs=HUBS)
    rss, atom = (write_feed(feed, each) for each in (FeedFormat.RSS, FeedFormat.ATOM))

    assert not find_faults_in_rss(rss.body, feed.address_in(FeedFormat.RSS))
    assert not find_faults_in_atom(atom.body, feed.address_in(FeedFormat.ATOM))


async def test_a_json_feed_lists_its_hubs(client: httpx.AsyncClient) -> None:
    document = json.loads((await client.get(f"{FEED}.json")).content)

    assert document["hubs"] == [{"type": "WebSub", "url": hub} for hub in HUBS]


def test_the_embedded_hub_is_below_the_public_address() -> None:
    settings = Settings.model_validate(
        {
            "websub": {"hub": ["embedded", "https://a.example/"]},
            "topics": {"mali": {"title": "Mali", "match": "mali"}},
        }
    )

    edition = build_edition(settings, base_url="https://example.org/news/")

    assert edition.hubs == ("https://example.org/news/hub", "https://a.example/")
    assert set(announced_feeds(edition)) == {
        f"https://example.org/news/topics/mali.{each.value}" for each in FeedFormat
    }
