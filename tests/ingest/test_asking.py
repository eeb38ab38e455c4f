"""Asking for one address by the rules of every host on its way."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import Executor, Future
from datetime import timedelta
from typing import Any

import httpx
import pytest

from config.settings import FetchSettings
from ingest.fetch.asking import Errand, ask, ask_permitted
from ingest.fetch.host_book import HostBook, HostResting
from ingest.fetch.host_gate import HostLimits
from ingest.fetch.outcome import FailureKind, Fetched, FetchFailed, FetchOutcome
from ingest.fetch.request import SourceMemory
from ingest.poll import PollTools
from tests.ingest.exchange_factories import NOW, make_answer, make_bounds, make_client

HERE, THERE = "https://here.example", "https://there.example"
CLOSED = "User-agent: *\nDisallow: /private"


class Web:
    """Two hosts: what they answer by address, what they were asked, and the time."""

    def __init__(self, **answers: str | int) -> None:
        self.asked: list[str] = []
        self.authorised: list[str] = []
        self.now = 0.0
        self.starts: list[float] = []
        self.answers: dict[str, str | int] = dict(answers)
        self.hosts = HostBook(FetchSettings(), clock=lambda: NOW)

    def __call__(self, request: httpx.Request) -> httpx.Response:
        url = str(request.url)
        self.asked.append(url)
        self.starts.append(self.now)
        if "authorization" in request.headers:
            self.authorised.append(url)
        answer = self.answers.get(url, 404)
        if isinstance(answer, int):
            return make_answer(answer)
        if answer.startswith("https:"):
            return make_answer(302, {"Location": answer})
        return make_answer(200, pieces=[answer.encode()])

    async def sleep(self, seconds: float) -> None:
        self.now += seconds
        await asyncio.sleep(0)


class NoExecutor(Executor):
    """Nothing is read in these tests."""

    def submit(self, *args: Any, **kwargs: Any) -> Future[Any]:
        raise AssertionError("a document was read")


async def asked(
    web: Web,
    *errands: Errand,
    asks: Callable[..., Awaitable[FetchOutcome]] = ask_permitted,
) -> list[FetchOutcome]:
    limits = HostLimits(FetchSettings(), monotonic=lambda: web.now, sleep=web.sleep)
    async with make_client(web) as client:
        tools = PollTools(
            client=client,
            bounds=make_bounds(),
            limits=limits,
            hosts=web.hosts,
            executor=NoExecutor(),
            clock=lambda: NOW,
        )
        return [await asks(errand, tools) for errand in errands]


async def test_the_rules_of_a_host_are_asked_for_once() -> None:
    web = Web(**{f"{HERE}/a": "a", f"{HERE}/b": "b"})

    outcomes = await asked(web, Errand(url=f"{HERE}/a"), Errand(url=f"{HERE}/b"))

    assert all(isinstance(one, Fetched) for one in outcomes)
    assert web.asked == [f"{HERE}/robots.txt", f"{HERE}/a", f"{HERE}/b"]


async def test_a_redirect_to_another_host_is_followed_where_that_allows_it() -> None:
    web = Web(**{f"{HERE}/a": f"{THERE}/a", f"{THERE}/a": "a"})

    (outcome,) = await asked(web, Errand(url=f"{HERE}/a"))

    assert isinstance(outcome, Fetched)
    assert web.asked == [
        f"{HERE}/robots.txt",
        f"{HERE}/a",
        f"{THERE}/robots.txt",
        f"{THERE}/a",
    ]


REDIRECTS = {
    "to another host": f"{THERE}/private",
    "on the same host": f"{HERE}/private",
}


@pytest.mark.parametrize("target", REDIRECTS.values(), ids=REDIRECTS.keys())
async def test_a_redirect_to_what_is_forbidden_is_not_followed(target: str) -> None:
    rules = dict.fromkeys((f"{HERE}/robots.txt", f"{THERE}/robots.txt"), CLOSED)
    web = Web(**rules | {f"{HERE}/a": target, target: "secret"})

    (outcome,) = await asked(web, Errand(url=f"{HERE}/a"))

    assert isinstance(outcome, FetchFailed)
    assert outcome.kind is FailureKind.ROBOTS
    assert "Disallow: /private" in outcome.detail
    assert outcome.final_url == target
    assert target not in web.asked


async def test_a_host_whose_rules_cannot_be_had_is_not_led_to() -> None:
    answers: dict[str, str | int] = {f"{HERE}/a": f"{THERE}/a"}
    web = Web(**answers | {f"{THERE}/robots.txt": 503})

    (outcome,) = await asked(web, Errand(url=f"{HERE}/a"))

    assert isinstance(outcome, FetchFailed)
    assert outcome.kind is FailureKind.HTTP_SERVER
    assert "robots.txt cannot be had" in outcome.detail
    assert f"{THERE}/a" not in web.asked


async def test_requests_are_as_far_apart_as_the_host_wants() -> None:
    web = Web(**{f"{HERE}/robots.txt": "User-agent: *\nCrawl-delay: 7"})

    await asked(web, Errand(url=f"{HERE}/a"), Errand(url=f"{HERE}/b"))

    assert web.starts == [0, 7, 14]


async def test_the_adopted_address_is_asked_by_its_own_rules() -> None:
    rules = {f"{HERE}/robots.txt": "User-agent: *\nDisallow: /"}
    web = Web(**rules, **{f"{THERE}/a": "a"})
    memory = SourceMemory(adopted_url=f"{THERE}/a")

    (outcome,) = await asked(web, Errand(url=f"{HERE}/a", memory=memory))

    assert isinstance(outcome, Fetched)
    assert web.asked == [f"{THERE}/robots.txt", f"{THERE}/a"]


async def test_credentials_go_to_their_own_host_alone_and_never_for_rules() -> None:
    web = Web(**{f"{HERE}/new": "a"})
    with_password = HERE.replace("//", "//me:secret@")
    memory = SourceMemory(adopted_url=f"{HERE}/new")

    await asked(web, Errand(url=f"{with_password}/old", memory=memory))

    assert web.authorised == [f"{HERE}/new"]


async def test_what_is_no_address_is_a_failure() -> None:
    (outcome,) = await asked(Web(), Errand(url="https://[::1/"))

    assert isinstance(outcome, FetchFailed)
    assert outcome.kind is FailureKind.HTTP_CLIENT


async def test_a_host_that_rests_is_not_asked_for_its_rules() -> None:
    web = Web()
    web.hosts.note_retry_after(HERE, timedelta(hours=1))

    with pytest.raises(HostResting):
        await asked(web, Errand(url=f"{HERE}/a"))

    assert web.asked == []


async def test_the_host_that_redirects_lead_to_is_not_asked_in_bursts() -> None:
    sources = [f"https://source-{number}.example/feed" for number in range(4)]
    web = Web(**dict.fromkeys(sources, f"{THERE}/a"), **{f"{THERE}/a": "a"})

    await asked(web, *(Errand(url=url) for url in sources), asks=ask)

    there = [
        start
        for url, start in zip(web.asked, web.starts, strict=True)
        if url == f"{THERE}/a"
    ]
    assert there == [0, 2, 4, 6]


async def test_a_redirect_on_the_same_host_is_followed_at_once() -> None:
    web = Web(**{f"{HERE}/a": f"{HERE}/b", f"{HERE}/b": "b"})

    await asked(web, Errand(url=f"{HERE}/a"), asks=ask)

    assert web.starts == [0, 0]


@pytest.mark.parametrize("asks", [ask, ask_permitted])
async def test_a_redirect_to_a_host_that_rests_is_not_followed(
    asks: Callable[..., Awaitable[FetchOutcome]],
) -> None:
    web = Web(**{f"{HERE}/a": f"{THERE}/a", f"{THERE}/a": "a"})
    web.hosts.note_retry_after(THERE, timedelta(hours=1))

    with pytest.raises(HostResting, match=r"there\.example"):
        await asked(web, Errand(url=f"{HERE}/a"), asks=asks)

    assert f"{THERE}/a" not in web.asked
    assert f"{THERE}/robots.txt" not in web.asked


async def test_requests_that_redirects_lead_to_count_for_their_host() -> None:
    web = Web(**{f"{HERE}/a": f"{THERE}/a", f"{THERE}/a": "a"})
    once = FetchSettings.model_validate(
        {"hosts": {"there.example": {"daily_budget": 1}}}
    )
    web.hosts = HostBook(once, clock=lambda: NOW)

    await asked(web, Errand(url=f"{HERE}/a"), asks=ask)
    with pytest.raises(HostResting):
        await asked(web, Errand(url=f"{HERE}/a"), asks=ask)

    assert web.asked.count(f"{THERE}/a") == 1
