"""Searches of people: the page, its mistakes, its bounds."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from dataclasses import replace

import httpx
import pytest

from config.expression import Expression
from config.search_expression import SearchLanguage
from config.settings import Settings
from publish.render import Renderer
from publish.search_desk import SearchDesk
from publish.web.app import build_app
from publish.web.search_endpoint import SearchEndpoint
from publish.web.search_view import LONGEST_QUERY, MOST_FOUND, describe_found
from store.article import FoundArticles, Order, Passage, Place
from tests.publish.fakes import FakeArticles, make_beat

SETTINGS = Settings.model_validate(
    {
        "tags": {"mali": {"title": "Mali", "kind": "place", "names": {"en": ["Mali"]}}},
        "topics": {"mali": {"title": "Mali", "match": "about:mali"}},
    }
)


@pytest.fixture
def articles() -> FakeArticles:
    """What is searched: three articles that match whatever is looked for."""
    return make_beat()[1]


@pytest.fixture
def client(articles: FakeArticles) -> httpx.AsyncClient:
    """A client of an application that searches."""
    edition = make_beat()[0]
    search = SearchDesk(edition, articles, SearchLanguage(SETTINGS).read)
    app = build_app(Renderer(edition, articles), SearchEndpoint(search))
    return httpx.AsyncClient(
        transport=httpx.ASGITransport(app), base_url="https://news.example.org"
    )


async def test_what_is_found_has_its_hits_marked(client: httpx.AsyncClient) -> None:
    page = await client.get("/search", params={"q": "sahara", "order": "date"})

    assert page.status_code == 200
    assert "<mark>W</mark>estern Sahara talks resume in Geneva" in page.text
    assert '<h3 lang="ar" dir="rtl">' in page.text
    assert '<option value="date" selected>' in page.text
    assert "3 articles" in page.text


async def test_a_search_is_kept_by_nobody(client: httpx.AsyncClient) -> None:
    page = await client.get("/search", params={"q": "sahara"})
    head = await client.head("/search", params={"q": "sahara"})

    assert page.headers["cache-control"] == "private, no-store"
    assert page.headers["x-robots-tag"] == "noindex"
    assert "form-action 'self'" in page.headers["content-security-policy"]
    assert '<meta name="robots" content="noindex">' in page.text
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-length"] == page.headers["content-length"]


async def test_nothing_asked_is_a_form(
    client: httpx.AsyncClient, articles: FakeArticles
) -> None:
    page = await client.get("/search?q=%20")

    assert page.status_code == 200
    assert '<label for="q">' in page.text
    assert "<h2" not in page.text
    assert articles.questions == 0


MISTAKES = {
    "a parenthesis": ("(mali", "at column 1", "never closed"),
    "an unknown tag": ("mali about:malu", "at column 6", "did you mean mali?"),
    "an end too early": ("mali AND", "at column 9", "<mark>␣</mark>"),
    "markup": ("</code><script>x</script> OR", "at column", "&lt;/code&gt;"),
    "a sign of control": ("mali\x00", "at column 5", "a sign of control"),
    "a thousand and one letters": (
        "a" * (LONGEST_QUERY + 1),
        "at column 1,001",
        "at most 1,000 characters",
    ),
    "a hundred thousand letters": ("a" * 20_000, "at column 1,001", "at most 1,000"),
}


@pytest.mark.parametrize(("query", "column", "words"), MISTAKES.values(), ids=MISTAKES)
async def test_a_mistake_is_shown_with_its_column(
    client: httpx.AsyncClient,
    articles: FakeArticles,
    query: str,
    column: str,
    words: str,
) -> None:
    page = await client.get("/search", params={"q": query})

    assert page.status_code == 400
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert column in page.text
    assert words in page.text
    assert "<script" not in page.text
    assert len(page.content) < 8_000
    assert articles.questions == 0


async def test_a_search_may_name_a_topic(
    client: httpx.AsyncClient, articles: FakeArticles
) -> None:
    page = await client.get("/search", params={"q": "topic:mali"})

    assert page.status_code == 200
    assert "about:mali" in repr(articles.wanted)


OUTCOMES = {
    "none": (0, True, "No article matches"),
    "one": (1, True, "1 article"),
    "as many as are shown": (MOST_FOUND, True, "The first 50 articles"),
    "not all looked at": (1, False, "1 article among the newest 2,000 that may match"),
}


@pytest.mark.parametrize(("count", "whole", "said"), OUTCOMES.values(), ids=OUTCOMES)
def test_it_says_how_much_was_found(
    articles: FakeArticles, count: int, whole: bool, said: str
) -> None:
    one = articles.search_newest(
        SearchLanguage(SETTINGS).read("x"), limit=1, order=Order.DATE, within=None
    ).articles
    found = FoundArticles(articles=one * count, is_whole=whole)

    assert describe_found("x", Order.DATE, found).outcome.startswith(said)


PASSAGES = {
    "a hit in the middle": ("a bc d", ((2, 4),), [("a ", 0), ("bc", 1), (" d", 0)]),
    "a hit at each end": ("ab cd", ((0, 2), (3, 5)), [("ab", 1), (" ", 0), ("cd", 1)]),
    "no text": ("", (), []),
}


@pytest.mark.parametrize(("text", "hits", "pieces"), PASSAGES.values(), ids=PASSAGES)
def test_a_passage_is_cut_at_its_hits(
    articles: FakeArticles,
    text: str,
    hits: tuple[tuple[int, int], ...],
    pieces: list[tuple[str, int]],
) -> None:
    found = articles.search_newest(
        SearchLanguage(SETTINGS).read("x"), limit=1, order=Order.DATE, within=None
    ).articles[0]
    passage = Passage(place=Place.TEXT, text=text, hits=hits)
    whole = FoundArticles(articles=(replace(found, passage=passage),), is_whole=True)

    shown = (describe_found("x", Order.DATE, whole).found or ())[0].passage

    assert [(piece.text, piece.is_hit) for piece in shown] == pieces


class SlowArticles(FakeArticles):
    """Articles whose search lasts until it is let go."""

    def __init__(self) -> None:
        super().__init__({})
        self.let_go = threading.Event()
        self.at_a_time = 0
        self.most_at_a_time = 0

    def search_newest(
        self, expression: Expression, *, limit: int, order: Order, within: int | None
    ) -> FoundArticles:
        self.at_a_time += 1
        self.most_at_a_time = max(self.most_at_a_time, self.at_a_time)
        self.let_go.wait(30)
        self.at_a_time -= 1
        return FoundArticles(articles=(), is_whole=True)


@pytest.fixture
def slow() -> Iterator[SlowArticles]:
    """A store that is let go at the end at the latest."""
    articles = SlowArticles()
    yield articles
    articles.let_go.set()


async def test_few_searches_run_at_a_time_and_few_wait(slow: SlowArticles) -> None:
    edition = make_beat()[0]
    search = SearchDesk(edition, slow, SearchLanguage(SETTINGS).read)
    app = build_app(Renderer(edition, slow), SearchEndpoint(search))
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(
        transport=transport, base_url="https://news.example.org"
    ) as client:
        asked = [asyncio.create_task(client.get("/search?q=a")) for _ in range(30)]
        refused, _ = await asyncio.wait(asked, return_when=asyncio.FIRST_COMPLETED)
        slow.let_go.set()
        answers = await asyncio.gather(*asked)

    codes = [answer.status_code for answer in answers]
    assert (codes.count(200), codes.count(503)) == (18, 12)
    assert {one.result().headers["retry-after"] for one in refused} == {"30"}
    assert slow.most_at_a_time <= 2


async def test_without_anybody_who_searches_there_is_no_search() -> None:
    edition, articles = make_beat()
    app = build_app(Renderer(edition, articles))
    client = httpx.AsyncClient(
        transport=httpx.ASGITransport(app), base_url="https://news.example.org"
    )

    assert (await client.get("/search?q=mali")).status_code == 404
