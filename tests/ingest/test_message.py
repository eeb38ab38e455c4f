"""Single messages to strangers, over real sockets of loopback."""

from __future__ import annotations

import asyncio

from config.settings import FetchSettings
from ingest.fetch.addresses import parse_address
from ingest.fetch.client import build_messenger
from ingest.fetch.message import Answer, Message, send
from ingest.fetch.outcome import FailureKind, FetchFailed
from ingest.fetch.resolver import Addresses
from tests.ingest.wire_server import serve

LOOPBACK = FetchSettings(allow_private=("127.0.0.1",))


async def answer_to(url: str, fetch: FetchSettings = LOOPBACK) -> Answer | FetchFailed:
    async with build_messenger(fetch, version="1") as client:
        message = Message(url=url, headers={"X-A": "b"}, body=b"c")
        return await send(client, message, seconds=0.5)


async def test_an_answer_is_its_status_and_how_it_begins() -> None:
    async def script(writer: asyncio.StreamWriter) -> None:
        writer.write(
            b"HTTP/1.1 302 Found\r\nLocation: /x\r\nContent-Length: 2\r\n\r\nhi"
        )

    async with serve(script) as url:
        assert await answer_to(url) == Answer(status=302, body=b"hi", location="/x")


async def test_an_answer_without_end_is_cut() -> None:
    async def script(writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
        for _ in range(1000):
            writer.write(b"x" * 65536)
            await writer.drain()

    async with serve(script) as url:
        answer = await answer_to(url)

    assert isinstance(answer, Answer)
    assert answer.body == b"x" * 4097


async def test_who_lets_wait_is_left() -> None:
    async def script(writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc")
        await writer.drain()
        await asyncio.Event().wait()

    async with serve(script) as url:
        answer = await answer_to(url)

    assert isinstance(answer, FetchFailed)
    assert answer.kind is FailureKind.TIMEOUT


async def test_no_message_goes_to_a_private_address() -> None:
    heard = []

    async def script(writer: asyncio.StreamWriter) -> None:
        heard.append(writer)

    async with serve(script, is_hasty=True) as url:
        answer = await answer_to(url, FetchSettings())

    assert isinstance(answer, FetchFailed)
    assert answer.kind is FailureKind.NOT_ALLOWED
    assert heard == []


async def test_a_name_that_has_come_to_lead_inside_is_not_called() -> None:
    addresses = iter(["127.0.0.1", "10.0.0.1"])

    async def resolve(_: str) -> Addresses:
        return (parse_address(next(addresses)),)

    fetch = FetchSettings(allow_private=("elsewhere.example",))
    async with build_messenger(fetch, version="1", resolver=resolve) as client:
        answers = [
            await send(client, Message(url="http://rebound.example/")) for _ in range(2)
        ]

    for answer in answers:
        assert isinstance(answer, FetchFailed)
        assert answer.kind is FailureKind.NOT_ALLOWED
