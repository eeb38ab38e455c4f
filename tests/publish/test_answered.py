"""Answers given again from memory, and those that must not be."""

from __future__ import annotations

import re
from collections.abc import Hashable
from pathlib import Path
from typing import Any

import httpx
import pytest

import publish.web
from publish.render import Renderer
from publish.web.answered import HEEDED, SECRETS, AnsweredBefore
from publish.web.app import build_app
from tests.publish.fakes import make_beat

FEED = "/topics/western-sahara.rss"
PUBLIC = "public, max-age=300"


class Application:
    """Answers each request in the same way, and counts them."""

    def __init__(self, status: int = 200, cache: str = PUBLIC, size: int = 4) -> None:
        self.asked = 0
        self.state: Hashable | None = 1
        self.changes_meanwhile = False
        self._status = status
        self._headers = [(b"cache-control", cache.encode())]
        self._body = b"x" * size

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        self.asked += 1
        if self.changes_meanwhile:
            self.state = (self.state, "later")
        head = {"type": "http.response.start", "status": self._status}
        await send({**head, "headers": self._headers})
        await send({"type": "http.response.body", "body": self._body})

    def remembered(self) -> httpx.AsyncClient:
        """A client of it whose answers are remembered while its state is the same."""
        app = AnsweredBefore(self, lambda: self.state)
        return make_client(app)


def make_client(app: Any) -> httpx.AsyncClient:
    return httpx.AsyncClient(
        transport=httpx.ASGITransport(app),
        base_url="https://news.example.org",
        trust_env=False,
    )


@pytest.mark.parametrize("status", [200, 304])
@pytest.mark.parametrize("method", ["GET", "HEAD"])
async def test_who_asks_the_same_again_is_answered_from_memory(
    method: str, status: int
) -> None:
    application = Application(status=status)
    client = application.remembered()

    first, again = [await client.request(method, "/all.rss") for _ in range(2)]

    assert application.asked == 1
    assert (again.status_code, again.content) == (first.status_code, first.content)
    assert again.headers == first.headers


ANOTHER_QUESTION: dict[str, dict[str, Any]] = {
    "another path": {"url": "/all.atom"},
    "another query": {"url": "/all.rss?lang=fr"},
    "another method": {"method": "HEAD"},
    "another coding": {"headers": {"accept-encoding": "br"}},
    "another format": {"headers": {"accept": "application/json"}},
    "another tag": {"headers": {"if-none-match": '"a"'}},
    "another date": {"headers": {"if-modified-since": "Mon, 02 Mar 2026 10:00:00 GMT"}},
    "the news only": {"headers": {"a-im": "feed"}},
}


@pytest.mark.parametrize(
    "change", ANOTHER_QUESTION.values(), ids=ANOTHER_QUESTION.keys()
)
async def test_another_question_has_an_answer_of_its_own(
    change: dict[str, Any],
) -> None:
    application = Application()
    client = application.remembered()

    for asked in ({}, change):
        await client.request(**{"method": "GET", "url": "/all.rss"} | asked)

    assert application.asked == 2


NOT_REMEMBERED: dict[str, tuple[Application, dict[str, str]]] = {
    "what only this reader may have": (Application(cache="private, max-age=300"), {}),
    "what nobody may keep": (Application(cache="no-store"), {}),
    "a part": (Application(status=226), {}),
    "an error": (Application(status=404), {}),
    "what was asked with a password": (Application(), {"Authorization": "Basic YTpi"}),
    "a question without end": (Application(), {"Accept": "x" * 3000}),
    "a body without end": (Application(size=9 * 1024 * 1024), {}),
}


@pytest.mark.parametrize(
    ("application", "headers"), NOT_REMEMBERED.values(), ids=NOT_REMEMBERED.keys()
)
async def test_is_not_remembered(
    application: Application, headers: dict[str, str]
) -> None:
    client = application.remembered()

    for _ in range(2):
        await client.get("/all.rss", headers=headers)

    assert application.asked == 2


async def test_what_is_sent_is_never_answered_from_memory() -> None:
    application = Application()
    client = application.remembered()

    for _ in range(2):
        await client.post("/hub")

    assert application.asked == 2


async def test_an_answer_is_forgotten_when_anything_changed() -> None:
    application = Application()
    client = application.remembered()

    await client.get("/all.rss")
    application.state = 2
    await client.get("/all.rss")

    assert application.asked == 2


async def test_while_it_is_not_known_what_changed_nothing_is_remembered() -> None:
    application = Application()
    client = application.remembered()
    await client.get("/all.rss")

    application.state = None
    await client.get("/all.rss")

    assert application.asked == 2


async def test_what_was_answered_while_something_changed_is_not_remembered() -> None:
    application = Application()
    application.changes_meanwhile = True
    client = application.remembered()
    await client.get("/all.rss")

    application.changes_meanwhile = False
    for _ in range(2):
        await client.get("/all.rss")

    assert application.asked == 2


async def test_memory_is_bounded_and_goes_on_remembering_when_full() -> None:
    application = Application(size=3 * 1024 * 1024)
    client = application.remembered()

    for path in ("/a.rss", "/b.rss", "/c.rss", "/c.rss", "/a.rss"):
        await client.get(path)

    assert application.asked == 4  # the third found it full; only the fourth is known


ASKED: dict[str, dict[str, str]] = {
    "a feed reader": {"accept": "application/rss+xml"},
    "a browser": {"accept": "text/html,application/xml;q=0.9"},
    "a reader that takes anything": {"accept": "*/*"},
    "who reads brotli": {"accept-encoding": "gzip, br"},
    "who knows it": {"if-none-match": "*"},
    "who knows another": {"if-none-match": '"a"'},
    "who adds news": {"a-im": "feed", "if-none-match": '"a"'},
    "who comes from the future": {"if-modified-since": "Sat, 01 Jan 2061 00:00:00 GMT"},
    "who asks with a password": {"authorization": "Basic YTpi"},
}


@pytest.mark.parametrize("path", [FEED, "/topics/western-sahara", "/", "/nowhere"])
async def test_memory_changes_no_answer(path: str) -> None:
    edition, articles = make_beat()
    forgetful = make_client(build_app(Renderer(edition, articles, fresh_for=0)))
    client = make_client(build_app(Renderer(edition, articles, fresh_for=1e9)))
    await client.get("/about")  # from now on it is known what is current

    for headers in (*ASKED.values(), *reversed(ASKED.values())):
        expected = await forgetful.get(path, headers=headers)
        answer = await client.get(path, headers=headers)
        assert answer.status_code == expected.status_code
        assert answer.headers == expected.headers
        assert answer.content == expected.content


async def test_a_304_from_memory_asks_neither_the_store_nor_the_renderer() -> None:
    edition, articles = make_beat()
    renderer = Renderer(edition, articles, fresh_for=1e9)
    client = make_client(build_app(renderer))
    tag = (await client.get(FEED)).headers["etag"]
    await client.get(FEED, headers={"If-None-Match": tag})
    questions = articles.questions
    articles.fails = True

    answer = await client.get(FEED, headers={"If-None-Match": tag})

    assert (answer.status_code, answer.headers["etag"]) == (304, tag)
    assert articles.questions == questions


def test_every_header_that_answers_depend_on_is_part_of_the_question() -> None:
    room = Path(publish.web.__path__[0])
    texts = "".join(path.read_text() for path in room.glob("*.py"))

    read = set(re.findall(r'read_header\(\s*request, "([a-z-]+)"', texts))

    assert read == HEEDED
    assert {"authorization"} == SECRETS
