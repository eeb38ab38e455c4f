"""Private topics: who shows a secret reads them, who does not learns of nothing."""

from __future__ import annotations

import base64
from dataclasses import replace

import httpx
import pytest

from config.settings import Settings
from publish.access import build_access
from publish.archive import write_page
from publish.edition import build_edition
from publish.feed_name import topic_feed
from publish.render import Renderer
from publish.web.app import build_app
from tests.publish.factories import make_publication
from tests.publish.fakes import ENGLISH, make_beat

TOKEN = "0123456789abcdef0123456789abcdef"
PASSWORD = "a password of some length"
BASIC = "Basic " + base64.b64encode(f"rabat:{PASSWORD}".encode()).decode()

ADDRESSES = {
    "the feed as RSS": "/topics/western-sahara.rss",
    "the feed as Atom": "/topics/western-sahara.atom",
    "the feed as JSON Feed": "/topics/western-sahara.json",
    "the page": "/topics/western-sahara",
    "a part of the page": "/topics/western-sahara?lang=fr",
    "a page of its archive": "/topics/western-sahara/archive/1.json",
}


def make_client(*, users: dict[str, str] | None = None) -> httpx.AsyncClient:
    """A service whose topic western-sahara is private, and was once named sahara."""
    edition, articles = make_beat()
    name = topic_feed("western-sahara")
    private = replace(
        edition.topics["western-sahara"],
        access=build_access([TOKEN], users or {}),
        page_size=1,
    )
    page = write_page(private, [make_publication(ENGLISH)], edition)
    articles.archive.pages["western-sahara", 1] = page
    edition = replace(
        edition,
        topics={**edition.topics, "western-sahara": private},
        successors={topic_feed("sahara"): name},
        hubs=("https://hub.example/",),
    )
    app = build_app(Renderer(edition, articles))
    transport = httpx.ASGITransport(app=app)
    return httpx.AsyncClient(transport=transport, base_url="http://news.example")


def with_token(path: str, token: str) -> httpx.URL:
    return httpx.URL(path).copy_merge_params({"token": token})


@pytest.mark.parametrize("path", ADDRESSES.values(), ids=ADDRESSES)
async def test_a_token_opens_every_address_of_the_topic(path: str) -> None:
    answer = await make_client().get(with_token(path, TOKEN))

    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "private, max-age=300"
    assert answer.headers["x-robots-tag"] == "noindex"
    assert "Authorization" in answer.headers["vary"]
    assert TOKEN not in answer.text
    assert TOKEN not in str(answer.headers)


@pytest.mark.parametrize("path", ADDRESSES.values(), ids=ADDRESSES)
async def test_without_it_nothing_is_there(path: str) -> None:
    client = make_client()
    unknown = await client.get("/topics/no-such-topic.rss")

    wrong = [with_token(path, token) for token in ("", TOKEN[:-1], TOKEN.upper())]
    for asked in (httpx.URL(path), *wrong):
        answer = await client.get(asked)
        assert answer.status_code == 404
        assert answer.text == unknown.text
        assert answer.headers == unknown.headers


async def test_a_visit_with_the_token_is_answered_304_too() -> None:
    client = make_client()
    path = "/topics/western-sahara.rss"
    first = await client.get(with_token(path, TOKEN))
    asked = {"If-None-Match": first.headers["etag"]}

    again = await client.get(with_token(path, TOKEN), headers=asked)
    stranger = await client.get(path, headers=asked)

    assert again.status_code == 304
    assert again.headers["cache-control"] == "private, max-age=300"
    assert stranger.status_code == 404


@pytest.mark.parametrize("path", ["/", "/topics.opml", "/feeds", "/articles/1"])
async def test_no_list_names_the_topic(path: str) -> None:
    answer = await make_client().get(path)

    assert answer.status_code == 200
    assert "topics/western-sahara" not in answer.text


async def test_no_hub_is_told_and_none_is_named() -> None:
    answer = await make_client().get(with_token("/topics/western-sahara.atom", TOKEN))

    assert "hub" not in answer.headers.get("link", "")
    assert "hub.example" not in answer.text


async def test_a_former_name_leads_on_only_with_the_token() -> None:
    client = make_client()

    led = await client.get(with_token("/topics/sahara.rss", TOKEN))
    refused = await client.get("/topics/sahara.rss")

    assert led.status_code == 301
    assert led.headers["location"].endswith(f"/topics/western-sahara.rss?token={TOKEN}")
    assert refused.status_code == 404


async def test_a_reader_with_a_password_is_asked_for_it_first() -> None:
    client = make_client(users={"rabat": PASSWORD})
    path = "/topics/western-sahara.rss"

    asked = await client.get(path)
    opened = await client.get(path, headers={"Authorization": BASIC})
    wrong = await client.get(path, headers={"Authorization": BASIC[:-8]})

    assert asked.status_code == 401
    assert asked.headers["www-authenticate"].startswith("Basic realm=")
    assert opened.status_code == 200
    assert wrong.status_code == 404


def test_a_configuration_makes_topics_their_digests_and_searches_private() -> None:
    access = {"tokens": [TOKEN]}
    shut = {"title": "Shut", "match": "niger", "access": access, "digest": "daily"}
    settings = Settings.model_validate(
        {
            "websub": {"hub": "embedded"},
            "topics": {"open": {"title": "Open", "match": "mali"}, "shut": shut},
            "searches": {"shut": {"match": "chad", "access": access}},
        }
    )
    edition = build_edition(settings, base_url="https://news.example/")

    assert list(edition.open_topics) == ["open"]
    assert list(edition.open_searches) == []
    assert edition.announced == (topic_feed("open"),)
    for feeds in (edition.topics, edition.digests, edition.searches):
        assert feeds["shut"].access is not None
    assert TOKEN not in repr(edition)
    assert TOKEN not in repr(settings)
