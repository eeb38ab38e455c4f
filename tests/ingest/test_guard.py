"""Where the process may connect to, with names that a test invents."""

import asyncio
from collections.abc import Iterable

import httpcore
import pytest

from config.hosts import split_host
from config.settings import FetchSettings
from ingest.fetch.addresses import parse_address
from ingest.fetch.client import build_client
from ingest.fetch.exchange import fetch
from ingest.fetch.guard import Guard, GuardedBackend, NotAllowedError
from ingest.fetch.outcome import FailureKind, Fetched, FetchFailed, FetchOutcome
from ingest.fetch.resolver import Addresses, SystemResolver
from tests.ingest.exchange_factories import (
    FEED_BODY,
    NOTHING_REMEMBERED,
    NOW,
    get,
    make_bounds,
)
from tests.ingest.wire_server import Script, head, send, serve


class Names:
    """A resolver of paper.example, whose addresses may differ at each look-up."""

    def __init__(self, *answers: tuple[str, ...]) -> None:
        self._answers = list(answers)
        self.asked: list[str] = []

    async def __call__(self, host: str) -> Addresses:
        self.asked.append(host)
        return tuple(map(parse_address, self._answers.pop(0)))


class Wire(httpcore.AsyncNetworkBackend):
    """A network that notes the addresses that it is to connect to."""

    def __init__(self) -> None:
        self.dialled: list[str] = []

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - httpcore's signature
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        self.dialled.append(host)
        return httpcore.AsyncMockStream([b"HTTP/1.1 204 No Content\r\n\r\n"])


def make_guard(*allowed: str, paper: tuple[str, ...] = ("8.8.8.8",)) -> Guard:
    return Guard(resolve=Names(paper), allowed=frozenset(map(split_host, allowed)))


async def test_public_addresses_are_given_as_they_were_resolved() -> None:
    guard = make_guard(paper=("8.8.8.8", "2001:4860:4860::8888"))

    found = await guard.addresses_of("paper.example", 443)

    assert [str(address) for address in found] == ["8.8.8.8", "2001:4860:4860::8888"]


REFUSED: dict[str, tuple[tuple[str, ...], tuple[str, ...], int]] = {
    "a private address": ((), ("10.0.0.1",), 80),
    "one good and one bad address": ((), ("8.8.8.8", "10.0.0.1"), 80),
    "one bad and one good address": ((), ("::1", "8.8.8.8"), 80),
    "a port that is none of web servers": ((), ("8.8.8.8",), 22),
    "another host is the exception": (("intranet.example",), ("10.0.0.1",), 80),
    "another port is the exception": (("paper.example:8080",), ("10.0.0.1",), 80),
    "the exception names no port": (("paper.example",), ("10.0.0.1",), 22),
    "a host above it is the exception": (("example",), ("10.0.0.1",), 80),
}


@pytest.mark.parametrize(
    ("allowed", "found", "port"), REFUSED.values(), ids=REFUSED.keys()
)
async def test_what_is_not_public_is_refused(
    allowed: tuple[str, ...], found: tuple[str, ...], port: int
) -> None:
    guard = make_guard(*allowed, paper=found)

    with pytest.raises(NotAllowedError, match=r"fetch\.allow_private: \[\"paper"):
        await guard.addresses_of("paper.example", port)


ALLOWED = {
    "the host": ("paper.example", 80),
    "the host and its port": ("paper.example:22", 22),
    "the host in other letters": ("PAPER.example.", 8080),
}


@pytest.mark.parametrize(("written", "port"), ALLOWED.values(), ids=ALLOWED.keys())
async def test_the_operators_exception_is_asked(written: str, port: int) -> None:
    guard = make_guard(written, paper=("10.0.0.1",))

    assert await guard.addresses_of("Paper.example", port)


async def test_a_name_without_addresses_has_none_to_connect_to() -> None:
    with pytest.raises(OSError, match="no address"):
        await make_guard(paper=()).addresses_of("paper.example", 80)


async def test_advice_on_ipv6_can_be_copied() -> None:
    guard = Guard(resolve=SystemResolver(), allowed=frozenset())

    with pytest.raises(
        NotAllowedError, match=r'write fetch.allow_private: \["\[::1\]"'
    ):
        await guard.addresses_of("::1", 80)


LITERALS = {
    "loopback": "127.0.0.1",
    "short": "127.1",
    "one number": "2130706433",
    "hexadecimal": "0x7f000001",
    "octal": "0177.0.0.1",
    "nothing": "0",
    "mapped": "::ffff:127.0.0.1",
    "a name of this machine": "localhost",
}


@pytest.mark.parametrize("literal", LITERALS.values(), ids=LITERALS.keys())
async def test_spellings_of_this_machine_are_resolved_and_refused(literal: str) -> None:
    guard = Guard(resolve=SystemResolver(), allowed=frozenset())

    with pytest.raises(NotAllowedError, match="not public"):
        await guard.addresses_of(literal, 80)


async def test_sockets_of_this_machine_are_not_offered() -> None:
    with pytest.raises(NotImplementedError):
        await GuardedBackend(make_guard()).connect_unix_socket("/run/docker.sock")


async def test_what_is_checked_is_what_is_connected_to() -> None:
    names, wire = Names(("8.8.8.8",), ("127.0.0.1",)), Wire()
    backend = GuardedBackend(Guard(resolve=names, allowed=frozenset()), wire)

    await backend.connect_tcp("paper.example", 443)

    assert names.asked == ["paper.example"]
    assert wire.dialled == ["8.8.8.8"]


async def test_a_name_that_has_changed_its_mind_is_refused_when_dialled_again() -> None:
    names, wire = Names(("8.8.8.8",), ("127.0.0.1",)), Wire()
    backend = GuardedBackend(Guard(resolve=names, allowed=frozenset()), wire)
    await backend.connect_tcp("paper.example", 443)

    with pytest.raises(NotAllowedError):
        await backend.connect_tcp("paper.example", 443)

    assert wire.dialled == ["8.8.8.8"]


async def test_looking_up_counts_as_connecting() -> None:
    async def never(host: str) -> Addresses:
        await asyncio.Event().wait()
        raise AssertionError

    backend = GuardedBackend(Guard(resolve=never, allowed=frozenset()))

    with pytest.raises(httpcore.ConnectTimeout):
        await backend.connect_tcp("paper.example", 80, timeout=0.01)


async def fetch_paper(script: Script, *found: str, allowed: str) -> FetchOutcome:
    """What paper.example, found at these addresses, answers with this script."""
    async with serve(script) as url:
        port = url.rpartition(":")[2]
        settings = FetchSettings.model_validate({"allow_private": [allowed]})
        async with build_client(settings, version="1", resolver=Names(found)) as client:
            return await fetch(
                client,
                f"http://paper.example:{port}/feed",
                NOTHING_REMEMBERED,
                make_bounds(),
                now=NOW,
            )


async def test_a_publisher_is_asked_by_its_name() -> None:
    asked: list[bytes] = []

    async def note(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked.append(await reader.readuntil(b"\r\n\r\n"))
        writer.write(head("Content-Length: 0", "Connection: close"))
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(note, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    settings = FetchSettings(allow_private=("paper.example",))
    names = Names(("127.0.0.1",))
    async with server, build_client(settings, version="1", resolver=names) as client:
        await get(client, f"http://paper.example:{port}/feed")

    assert f"host: paper.example:{port}".encode() in asked[0].lower()


async def test_an_excepted_publisher_is_read() -> None:
    answer = send(head(f"Content-Length: {len(FEED_BODY)}") + FEED_BODY)

    outcome = await fetch_paper(answer, "127.0.0.1", allowed="paper.example")

    assert isinstance(outcome, Fetched)


async def test_the_next_address_is_tried_where_the_first_does_not_answer() -> None:
    answer = send(head(f"Content-Length: {len(FEED_BODY)}") + FEED_BODY)

    outcome = await fetch_paper(answer, "::1", "127.0.0.1", allowed="paper.example")

    assert isinstance(outcome, Fetched)


async def test_a_source_inside_the_network_is_refused_and_says_what_to_do() -> None:
    outcome = await fetch_paper(send(), "127.0.0.1", allowed="intranet.example")

    assert isinstance(outcome, FetchFailed)
    assert outcome.kind is FailureKind.NOT_ALLOWED
    assert outcome.detail == (
        "No request is made to paper.example: its address 127.0.0.1 is not public "
        "(this machine). If it is a host of yours, write "
        'fetch.allow_private: ["paper.example"].'
    )


INTO_THE_NETWORK = {
    "a private address": "http://10.0.0.7/",
    "metadata of a cloud": "http://169.254.169.254/latest/meta-data/",
    "this machine, mapped": "http://[::ffff:127.0.0.1]/",
    "another port of this machine": "https://127.0.0.1:8443/",
}


@pytest.mark.parametrize(
    "location", INTO_THE_NETWORK.values(), ids=INTO_THE_NETWORK.keys()
)
async def test_a_redirect_into_the_network_is_refused(location: str) -> None:
    async def literal_or_paper(host: str) -> Addresses:
        return (parse_address("127.0.0.1" if host == "paper.example" else host),)

    redirect = head(f"Location: {location}", "Content-Length: 0", status="302 Found")
    settings = FetchSettings(allow_private=("paper.example",))
    async with (
        serve(send(redirect)) as url,
        build_client(settings, version="1", resolver=literal_or_paper) as client,
    ):
        outcome = await fetch(
            client,
            url.replace("127.0.0.1", "paper.example"),
            NOTHING_REMEMBERED,
            make_bounds(),
            now=NOW,
        )

    assert isinstance(outcome, FetchFailed)
    assert outcome.kind is FailureKind.NOT_ALLOWED
    assert outcome.final_url == location
