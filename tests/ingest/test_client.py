from collections.abc import AsyncIterator

import httpx
import pytest

from ingest.fetch.client import Client
from tests.ingest.exchange_factories import FEED_URL, get, make_client
from tests.ingest.wire_server import head, send, serve


def _echo(request: httpx.Request) -> httpx.Response:
    return httpx.Response(
        200, json=dict(request.headers), headers={"Set-Cookie": "id=1; Max-Age=9999"}
    )


@pytest.fixture
async def client() -> AsyncIterator[Client]:
    async with make_client(_echo, contact="ops@example.org") as client:
        yield client


async def test_the_user_agent_names_program_version_home_and_contact(
    client: Client,
) -> None:
    answer = await get(client, FEED_URL)

    assert answer.json()["user-agent"] == (
        "rekkas/1.2.3 (+https://github.com/rekkas/rekkas; ops@example.org)"
    )


async def test_without_a_contact_the_user_agent_leaves_it_out() -> None:
    async with make_client(_echo) as client:
        answer = await get(client, FEED_URL)

    assert answer.json()["user-agent"] == (
        "rekkas/1.2.3 (+https://github.com/rekkas/rekkas)"
    )


async def test_feeds_are_preferred_and_anything_else_accepted(
    client: Client,
) -> None:
    answer = await get(client, FEED_URL)

    accept = answer.json()["accept"]
    assert accept.startswith("application/atom+xml, application/rss+xml")
    assert accept.endswith("*/*;q=0.1")


async def test_only_codings_that_we_unpack_are_asked_for(
    client: Client,
) -> None:
    answer = await get(client, FEED_URL)

    assert answer.json()["accept-encoding"] == "gzip, br, zstd"


async def test_no_cookie_is_kept_or_sent_back(client: Client) -> None:
    await get(client, FEED_URL)
    answer = await get(client, FEED_URL)

    assert "cookie" not in answer.json()


async def test_no_referer_is_sent(client: Client) -> None:
    answer = await get(client, FEED_URL)

    assert "referer" not in answer.json()


async def test_redirects_are_left_to_the_exchange() -> None:
    def redirect(request: httpx.Request) -> httpx.Response:
        return httpx.Response(302, headers={"Location": "https://other.example/"})

    async with make_client(redirect) as client:
        answer = await get(client, FEED_URL)

    assert answer.status_code == 302


async def test_proxies_of_the_environment_are_not_used(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # The environment is the input of this rule, so it is what the test sets.
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("NO_PROXY", "")

    script = send(head("Content-Length: 2") + b"ok")
    async with serve(script) as url, make_client() as client:
        answer = await get(client, url)

    assert answer.text == "ok"
