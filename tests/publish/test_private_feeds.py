"""Private topics: who shows a secret reads them, who does not learns of nothing."""

from __future__ import annotations

import base64
import re
from dataclasses import replace
from urllib.parse import urljoin

import httpx
import lxml.html
import pytest
from lxml import etree

from config.settings import Settings
from publish.access import build_access
from publish.archive import write_page
from publish.edition import Edition, build_edition
from publish.feed_name import topic_feed
from publish.render import Renderer
from publish.web.app import build_app
from tests.publish.factories import make_publication
from tests.publish.fakes import ENGLISH, FakeArticles, make_beat

TOKEN = "0123456789abcdef0123456789abcdef"
PASSWORD = "a password of some length"
BASIC = "Basic " + base64.b64encode(f"rabat:{PASSWORD}".encode()).decode()

_ARCHIVE_LINK = re.compile(
    r'<(atom:)?link href="[^"]*" rel="(current|prev-archive)"|"next_url": "[^"]*"'
)
ADDRESSES = {
    "the feed as RSS": "/topics/western-sahara.rss",
    "the feed as Atom": "/topics/western-sahara.atom",
    "the feed as JSON Feed": "/topics/western-sahara.json",
    "the page": "/topics/western-sahara",
    "a part of the page": "/topics/western-sahara?lang=fr",
    "a page of its archive": "/topics/western-sahara/archive/1.json",
}


def make_private(
    users: dict[str, str] | None = None,
) -> tuple[Edition, FakeArticles]:
    """An edition whose topic western-sahara is private, and was once named sahara."""
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
    return edition, articles


def make_client(*, users: dict[str, str] | None = None) -> httpx.AsyncClient:
    """A client of the service with the private topic."""
    return make_client_of(*make_private(users))


def make_client_of(
    edition: Edition, articles: FakeArticles, *, fresh_for: float = 1.0
) -> httpx.AsyncClient:
    app = build_app(Renderer(edition, articles, fresh_for=fresh_for))
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
    if not answer.headers["content-type"].startswith("text/html"):
        assert TOKEN not in _ARCHIVE_LINK.sub("", answer.text)
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


async def follow(client: httpx.AsyncClient, url: str, relation: str) -> httpx.Response:
    """What is at the link of a document that has this relation."""
    document = etree.fromstring((await client.get(url)).content)
    (link,) = document.iterfind(f".//{{*}}link[@rel='{relation}']")
    return await client.get(link.get("href").replace("https://news.example.org", ""))


@pytest.mark.parametrize("name", ["rss", "atom"])
async def test_a_reader_with_a_token_can_walk_the_archive_and_back(name: str) -> None:
    client, feed = make_client(), f"/topics/western-sahara.{name}?token={TOKEN}"

    older = await follow(client, feed, "prev-archive")
    back = await follow(client, older.url.raw_path.decode(), "current")

    assert older.url.path == f"/topics/western-sahara/archive/1.{name}"
    assert (older.status_code, back.status_code) == (200, 200)
    assert back.url.raw_path.decode() == feed
    assert older.headers["cache-control"] == "private, max-age=300"


async def test_a_reader_of_json_feed_with_a_token_can_walk_the_archive() -> None:
    client = make_client()
    feed = (await client.get(with_token("/topics/western-sahara.json", TOKEN))).json()

    assert feed["feed_url"] == "https://news.example.org/topics/western-sahara.json"
    assert feed["next_url"].endswith(f"/archive/1.json?token={TOKEN}")


PAGES = {
    "the page": "/topics/western-sahara",
    "a part of it": "/topics/western-sahara?lang=fr",
}


def links_of(page: httpx.Response) -> list[httpx.URL]:
    """Where a browser, or who copies an address, is led by a page."""
    document = lxml.html.fromstring(page.text)
    found = [link for _, _, link, _ in document.iterlinks()]
    found += [each.text for each in document.iterfind(".//code[@class='address']")]
    address = str(page.url)
    return [httpx.URL(urljoin(address, one.removeprefix("feed:"))) for one in found]


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
async def test_every_link_of_a_private_page_works_for_who_holds_its_token(
    path: str,
) -> None:
    client = make_client()
    page = await client.get(with_token(path, TOKEN))
    private = [one for one in links_of(page) if "western-sahara" in one.path]

    answers = [await client.get(one.raw_path.decode()) for one in private]

    suffixes = {one.path.removeprefix("/topics/western-sahara") for one in private}
    assert suffixes == {"", ".rss", ".atom", ".json"}
    assert {one.params["token"] for one in private} == {TOKEN}
    assert {answer.status_code for answer in answers} == {200}
    assert {answer.headers["cache-control"] for answer in answers} == {
        "private, max-age=300"
    }


async def test_the_token_goes_nowhere_but_to_the_topic_itself() -> None:
    page = await make_client().get(with_token("/topics/western-sahara", TOKEN))

    elsewhere = [one for one in links_of(page) if "western-sahara" not in one.path]

    assert elsewhere
    assert TOKEN not in "".join(map(str, elsewhere))


async def test_a_part_of_a_page_leads_to_the_whole_and_keeps_what_is_chosen() -> None:
    page = await make_client().get(with_token("/topics/western-sahara?lang=fr", TOKEN))

    by_source = [one for one in links_of(page) if "source" in one.params]

    assert f'href="../topics/western-sahara?token={TOKEN}">Show all' in page.text
    assert by_source
    assert {one.params["lang"] for one in by_source} == {"fr"}
    assert {one.params["token"] for one in by_source} == {TOKEN}


@pytest.mark.parametrize("path", ["/topics/western-sahara", "/topics/empty"])
async def test_no_page_for_all_has_a_token_after_one_for_a_holder(path: str) -> None:
    client = make_client(users={"rabat": PASSWORD})
    await client.get(with_token(path, TOKEN))

    page = await client.get(path, headers={"Authorization": BASIC})

    assert page.status_code == 200
    assert "token" not in page.text


async def test_who_shows_a_secret_in_a_header_gets_links_without_any() -> None:
    client, wrong = make_client(users={"rabat": PASSWORD}), "0" * 32
    asked = with_token("/topics/western-sahara.rss", wrong)

    for url in (httpx.URL("/topics/western-sahara.rss"), asked):
        answer = await client.get(url, headers={"Authorization": BASIC})
        assert answer.status_code == 200
        assert "token" not in answer.text


async def test_the_links_of_each_token_have_a_tag_of_their_own() -> None:
    client, path = make_client(users={"rabat": PASSWORD}), "/topics/western-sahara.rss"

    by_token = await client.get(with_token(path, TOKEN))
    by_name = await client.get(path, headers={"Authorization": BASIC})

    assert by_token.headers["etag"] != by_name.headers["etag"]


async def test_in_trouble_of_the_store_a_reader_has_the_last_links() -> None:
    edition, articles = make_private()
    client = make_client_of(edition, articles, fresh_for=0)
    asked = with_token("/topics/western-sahara.rss", TOKEN)
    before = await client.get(asked)

    articles.fails = True
    articles.change += 1

    assert (await client.get(asked)).content == before.content


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
