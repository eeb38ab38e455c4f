"""What is kept of each answer while a source is examined."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractAsyncContextManager
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from ingest.fetch.witness import WitnessingClient
from ingest.fetch.witnessed import Secured
from tests.ingest.exchange_factories import make_answer, make_client

URL = "https://news.example/feed"


class Connection:
    """What a connection tells of itself."""

    def __init__(self, **told: Any) -> None:
        self._told = told

    def get_extra_info(self, name: str) -> Any:
        return self._told.get(name)


class Session:
    """A TLS session with this certificate."""

    def __init__(self, certificate: Mapping[str, Any] | None) -> None:
        self._certificate = certificate

    def getpeercert(self) -> Mapping[str, Any] | None:
        return self._certificate

    def version(self) -> str:
        return "TLSv1.3"


NAMES = (
    (("countryName", "XX"),),
    (("organizationName", "Some Authority"),),
    (("commonName", "R1"),),
)
ENDS = "Jan 22 12:00:00 2027 GMT"
SECURED: dict[str, tuple[Mapping[str, Any] | None, str | None, datetime | None]] = {
    "by an organisation": (
        {"issuer": NAMES, "notAfter": ENDS},
        "Some Authority",
        datetime(2027, 1, 22, 12, tzinfo=UTC),
    ),
    "by a key": ({"issuer": NAMES[2:]}, "R1", None),
    "by nobody": ({}, None, None),
    "without a certificate": (None, None, None),
}


async def seen_of(**told: Any) -> WitnessingClient:
    def answer(request: httpx.Request) -> httpx.Response:
        response = make_answer(headers={"ETag": '"1"'}, pieces=[b"four"])
        if told:
            response.extensions["network_stream"] = Connection(**told)
        return response

    moments = iter((1.0, 1.5))
    async with make_client(answer) as client:
        witness = WitnessingClient(client, monotonic=lambda: next(moments))
        async with witness.stream("GET", URL, headers=()) as response:
            await response.aread()
        return witness


async def test_an_answer_is_kept_with_its_time_and_size() -> None:
    (seen,) = (await seen_of()).seen

    assert (seen.url, seen.status, seen.seconds) == (URL, 200, 0.5)
    assert seen.headers["etag"] == '"1"'
    assert seen.wire_bytes == 4
    assert (seen.address, seen.secured) == (None, None)


@pytest.mark.parametrize(
    ("certificate", "issuer", "expires_at"), SECURED.values(), ids=SECURED
)
async def test_a_connection_that_is_secured(
    certificate: Mapping[str, Any] | None,
    issuer: str | None,
    expires_at: datetime | None,
) -> None:
    place = ("192.0.2.7", 443)

    (seen,) = (await seen_of(server_addr=place, ssl_object=Session(certificate))).seen

    assert seen.address == "192.0.2.7"
    assert seen.secured == Secured(
        version="TLSv1.3", issuer=issuer, expires_at=expires_at
    )


async def test_a_socket_without_a_place_has_none() -> None:
    (seen,) = (await seen_of(server_addr=None)).seen

    assert seen.address is None


async def test_an_answer_that_breaks_off_is_kept() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        return make_answer(pieces=[b"one", httpx.ReadError("gone")])

    async with make_client(answer) as client:
        witness = WitnessingClient(client, monotonic=lambda: 0.0)
        with pytest.raises(httpx.ReadError):
            async with witness.stream("GET", URL, headers=()) as response:
                await response.aread()

    assert [one.wire_bytes for one in witness.seen] == [3]


class Closable:
    """A client that says when it is closed."""

    def __init__(self) -> None:
        self.is_closed = False

    async def aclose(self) -> None:
        self.is_closed = True

    def stream(
        self, method: str, url: str, *, headers: Any
    ) -> AbstractAsyncContextManager[httpx.Response]:
        raise AssertionError("nothing is asked")


async def test_closing_closes_the_client() -> None:
    client = Closable()

    await WitnessingClient(client, monotonic=lambda: 0.0).aclose()

    assert client.is_closed
