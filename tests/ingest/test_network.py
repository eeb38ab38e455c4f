"""Connections to each host: kept, used again, and closed when nobody needs them."""

import asyncio
from functools import partial

import httpcore
import httpx
import pytest

from ingest.fetch.network import Network

ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"


class Pools:
    """Builds pools whose servers answer the same, and counts what becomes of them."""

    def __init__(self, answer: bytes = ANSWER) -> None:
        self._answer = answer
        self.built = 0
        self.closed = 0

    def build(self) -> httpcore.AsyncConnectionPool:
        self.built += 1
        pools = self

        class Counted(httpcore.AsyncConnectionPool):
            async def aclose(self) -> None:
                pools.closed += 1
                await super().aclose()

        return Counted(network_backend=httpcore.AsyncMockBackend([self._answer] * 9))


def make_client(pools: Pools, **changes: float) -> httpx.AsyncClient:
    build = partial(Network, pools.build)
    most = int(changes.pop("most_hosts", 10))
    return httpx.AsyncClient(transport=build(most_hosts=most, **changes))


async def test_a_host_is_asked_again_over_its_own_pool() -> None:
    pools = Pools()

    async with make_client(pools) as client:
        answers = [await client.get("http://a.example/feed") for _ in range(3)]

    assert [answer.text for answer in answers] == ["ok", "ok", "ok"]
    assert pools.built == 1


async def test_hosts_share_no_pool() -> None:
    pools = Pools()

    async with make_client(pools) as client:
        for url in ("http://a.example/", "http://b.example/", "http://a.example:81/"):
            await client.get(url)

    assert pools.built == pools.closed == 3


async def test_idle_hosts_are_closed() -> None:
    pools = Pools()

    async with make_client(pools, keep_alive=0.0) as client:
        await client.get("http://a.example/")
        await _next_turns()

        assert pools.closed == 1


async def test_a_host_in_use_is_not_closed() -> None:
    pools = Pools()

    async with (
        make_client(pools, keep_alive=0.0) as client,
        client.stream("GET", "http://a.example/"),
    ):
        await _next_turns()

        assert pools.closed == 0


async def test_the_host_longest_unused_makes_room() -> None:
    pools = Pools()

    async with make_client(pools, most_hosts=2) as client:
        for name in ("a", "b", "a", "c", "a"):
            await client.get(f"http://{name}.example/")

        assert (pools.built, pools.closed) == (3, 1)


async def test_hosts_in_use_make_no_room() -> None:
    pools = Pools()

    async with (
        make_client(pools, most_hosts=1) as client,
        client.stream("GET", "http://a.example/"),
    ):
        await client.get("http://b.example/")
        await client.get("http://c.example/")

        assert (pools.built, pools.closed) == (3, 1)


async def test_an_answer_that_fails_leaves_its_host_unused() -> None:
    pools = Pools(b"no HTTP at all\r\n\r\n")

    async with make_client(pools, keep_alive=0.0) as client:
        with pytest.raises(httpx.RemoteProtocolError):
            await client.get("http://a.example/")
        await _next_turns()

        assert pools.closed == 1


ERRORS: dict[str, tuple[type[Exception], type[httpx.TransportError]]] = {
    "connecting took too long": (httpcore.ConnectTimeout, httpx.ConnectTimeout),
    "reading took too long": (httpcore.ReadTimeout, httpx.ReadTimeout),
    "no connection": (httpcore.ConnectError, httpx.ConnectError),
    "the connection broke": (httpcore.WriteError, httpx.ReadError),
    "the proxy will not": (httpcore.ProxyError, httpx.ProxyError),
    "no HTTP": (httpcore.LocalProtocolError, httpx.RemoteProtocolError),
    "another scheme": (httpcore.UnsupportedProtocol, httpx.UnsupportedProtocol),
}


@pytest.mark.parametrize(("raised", "told"), ERRORS.values(), ids=ERRORS.keys())
async def test_errors_are_told_in_the_words_of_httpx(
    raised: type[Exception], told: type[httpx.TransportError]
) -> None:
    class Failing(httpcore.AsyncConnectionPool):
        async def handle_async_request(
            self, request: httpcore.Request
        ) -> httpcore.Response:
            raise raised("why")

    network = Network(Failing, most_hosts=1)
    async with httpx.AsyncClient(transport=network) as client:
        with pytest.raises(told, match="why"):
            await client.get("http://a.example/")


async def _next_turns() -> None:
    """Let every task that can run do so."""
    for _ in range(20):
        await asyncio.sleep(0)
