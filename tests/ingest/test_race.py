"""Which of several addresses is connected to, with connections that a test invents."""

import asyncio

import httpcore
import pytest

from ingest.fetch.addresses import parse_address
from ingest.fetch.race import connect_to_first, in_turn
from ingest.fetch.resolver import Addresses

HEAD_START = 0.01


class Stream(httpcore.AsyncNetworkStream):
    """A connection that knows to which address, and whether it was closed."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.is_closed = False

    async def aclose(self) -> None:
        self.is_closed = True


class Hosts:
    """Addresses that answer, refuse ("no") are silent for ever ("...") or late."""

    def __init__(self, **manners: str) -> None:
        self._manners = manners
        self.asked: list[str] = []
        self.all_are_asked = asyncio.Event()
        self.streams: list[Stream] = []

    async def connect(self, address: str) -> Stream:
        self.asked.append(address)
        if len(self.asked) == len(self._manners):
            self.all_are_asked.set()
        manner = self._manners[_name(address)]
        if manner == "no":
            raise httpcore.ConnectError(f"{address} refuses")
        if manner == "...":
            await asyncio.Event().wait()
        if manner == "late":
            await self._until_the_others_have_answered()
        self.streams.append(Stream(address))
        return self.streams[-1]

    async def _until_the_others_have_answered(self) -> None:
        await self.all_are_asked.wait()
        for _ in range(9):
            await asyncio.sleep(0)


def _name(address: str) -> str:
    return f"a{address[-1]}"


def addresses(*texts: str) -> Addresses:
    return tuple(map(parse_address, texts))


FIRST: dict[str, tuple[dict[str, str], str]] = {
    "the first that answers": ({"a1": "yes", "a2": "yes"}, "8.0.0.1"),
    "the second after a refusal": ({"a1": "no", "a2": "yes"}, "8.0.0.2"),
    "the second beside silence": ({"a1": "...", "a2": "yes"}, "8.0.0.2"),
    "the first, when the second refuses": ({"a1": "late", "a2": "no"}, "8.0.0.1"),
    "the third": ({"a1": "...", "a2": "no", "a3": "yes"}, "8.0.0.3"),
}


@pytest.mark.parametrize(("manners", "expected"), FIRST.values(), ids=FIRST.keys())
async def test_the_first_address_that_takes_a_connection_gets_it(
    manners: dict[str, str], expected: str
) -> None:
    hosts = Hosts(**manners)
    known = addresses(*(f"8.0.0.{name[-1]}" for name in manners))

    stream = await connect_to_first(known, hosts.connect, head_start=HEAD_START)

    assert isinstance(stream, Stream)
    assert stream.address == expected
    assert not stream.is_closed


async def test_where_none_takes_a_connection_the_first_refusal_is_told() -> None:
    hosts = Hosts(a1="no", a2="no")

    with pytest.raises(httpcore.ConnectError, match=r"8\.0\.0\.1 refuses"):
        await connect_to_first(addresses("8.0.0.1", "8.0.0.2"), hosts.connect)


async def test_a_connection_that_comes_too_late_is_closed() -> None:
    hosts = Hosts(a1="yes", a2="yes")
    may_answer = asyncio.Event()

    async def connect(address: str) -> Stream:
        if len(hosts.asked) == 0:
            hosts.asked.append(address)
            await may_answer.wait()
            return await hosts.connect(address)
        may_answer.set()
        return await hosts.connect(address)

    stream = await connect_to_first(
        addresses("8.0.0.1", "8.0.0.2"), connect, head_start=HEAD_START
    )

    assert [one.is_closed for one in hosts.streams if one is not stream] == [True]


async def test_one_who_leaves_gives_up_every_attempt() -> None:
    hosts = Hosts(a1="...", a2="...")
    racing = asyncio.create_task(
        connect_to_first(
            addresses("8.0.0.1", "8.0.0.2"), hosts.connect, head_start=HEAD_START
        )
    )
    await hosts.all_are_asked.wait()

    racing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await racing

    assert asyncio.all_tasks() == {asyncio.current_task()}


async def test_of_many_addresses_six_are_tried() -> None:
    hosts = Hosts(**{f"a{number}": "no" for number in range(10)})
    many = addresses(*(f"8.0.0.{number}" for number in range(10)))

    with pytest.raises(httpcore.ConnectError):
        await connect_to_first(many, hosts.connect)

    assert len(hosts.asked) == 6


TURNS: dict[str, tuple[Addresses, Addresses]] = {
    "one after the other": (
        addresses("2a00::1", "2a00::2", "8.0.0.1", "8.0.0.2"),
        addresses("2a00::1", "8.0.0.1", "2a00::2", "8.0.0.2"),
    ),
    "the resolver's first stays first": (
        addresses("8.0.0.1", "2a00::1"),
        addresses("8.0.0.1", "2a00::1"),
    ),
    "more of one": (
        addresses("2a00::1", "8.0.0.1", "8.0.0.2"),
        addresses("2a00::1", "8.0.0.1", "8.0.0.2"),
    ),
}


@pytest.mark.parametrize(("found", "expected"), TURNS.values(), ids=TURNS.keys())
def test_both_versions_of_ip_take_turns(found: Addresses, expected: Addresses) -> None:
    assert in_turn(found) == expected
