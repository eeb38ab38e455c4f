import asyncio
import pickle
import re
from collections.abc import Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from typing import Any

import httpx
import pytest

from config.settings import FetchSettings
from ingest.entry import CanonicalUrl, Entry, EntryDigest, FeedDocument
from ingest.fetch.host_book import HostBook
from ingest.fetch.host_gate import HostLimits
from ingest.full_text_pages import VisitBounds, complete_entries, read_full_text
from ingest.normalise.entry_digest import MOST_FAILURES, owed
from ingest.poll import PollTools
from tests.factories import (
    NOW,
    make_document,
    make_entry,
    make_fetched,
    make_numbered,
)
from tests.ingest.article_pages import ENGLISH, make_page
from tests.ingest.exchange_factories import make_answer, make_bounds, make_client

HTML = {"Content-Type": "text/html; charset=utf-8"}
PAGE = make_page(*ENGLISH).encode()


class Site:
    """A web site: what it answers by path, and what it was asked for, with the time.

    Its clock is moved by those who wait.
    """

    def __init__(
        self, robots: str | int = 404, page: bytes | int = PAGE, broken: str = "none"
    ) -> None:
        self.asked: list[tuple[float, str]] = []
        self.headers: list[httpx.Headers] = []
        self.now = 0.0
        self.hosts = HostBook(FetchSettings(), clock=lambda: NOW)
        self._robots = robots
        self._page = page
        self._broken = broken

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.asked.append((self.now, str(request.url)))
        self.headers.append(request.headers)
        if request.url.path == self._broken:
            raise httpx.ConnectError("refused")
        answer = self._robots if request.url.path == "/robots.txt" else self._page
        if isinstance(answer, int):
            return make_answer(answer)
        body = answer if isinstance(answer, bytes) else answer.encode()
        return make_answer(200, HTML, pieces=[body])

    @property
    def paths(self) -> list[str]:
        return [httpx.URL(url).path for _, url in self.asked]

    async def sleep(self, seconds: float) -> None:
        self.now += seconds
        await asyncio.sleep(0)


@pytest.fixture
def executor() -> Iterator[Executor]:
    with ThreadPoolExecutor(max_workers=1) as executor:
        yield executor


async def complete(
    site: Site,
    executor: Executor,
    *entries: Entry,
    known: frozenset[EntryDigest] = frozenset(),
    **bounds: object,
) -> FeedDocument:
    limits = HostLimits(FetchSettings(), monotonic=lambda: site.now, sleep=site.sleep)
    async with make_client(site) as client:
        tools = PollTools(
            client=client,
            bounds=make_bounds(),
            limits=limits,
            hosts=site.hosts,
            executor=executor,
            clock=lambda: NOW,
        )
        return await complete_entries(
            make_document(*entries),
            tools,
            known,
            now=NOW,
            bounds=VisitBounds(**bounds),  # type: ignore[arg-type]  # by keyword
        )


async def test_an_entry_gets_the_text_of_its_page(executor: Executor) -> None:
    site, entry = Site(), make_entry()

    document = await complete(site, executor, entry)

    assert site.paths == ["/robots.txt", "/articles/1"]
    (completed,) = document.entries
    assert ENGLISH[3] in completed.text
    assert completed.content_html != entry.content_html
    assert (completed.digest, completed.guid) == (entry.digest, entry.guid)
    assert document.without_page == ()


async def test_a_page_is_asked_for_like_a_feed_and_unconditionally(
    executor: Executor,
) -> None:
    site = Site()

    await complete(site, executor, make_entry())

    for headers in site.headers:
        assert headers["user-agent"].startswith("rekkas/")
        assert "if-none-match" not in headers
        assert "cookie" not in headers


FINAL = {
    "it shows no article": (Site(page=b"<html></html>"), "shows no article"),
    "it says less than the feed": (
        Site(page=make_page(ENGLISH[0], ENGLISH[1]).encode()),
        "says less than the feed",
    ),
    "its host forbids it": (
        Site(robots="User-agent: *\nDisallow: /"),
        "may not be asked for, by its host's robots.txt",
    ),
}
PASSING = {
    "the page is gone": (Site(page=404), "was not fetched (http_client)"),
    "its server is in trouble": (Site(page=503), "was not fetched (http_server)"),
    "it is too large": (Site(page=b"x" * 2_000_000), "was not fetched (too_large)"),
    "nobody knows whether it may be asked for": (
        Site(robots=503),
        "was not fetched (http_server)",
    ),
}
TEXT = " ".join(ENGLISH * 3)


@pytest.mark.parametrize(("site", "reason"), FINAL.values(), ids=FINAL.keys())
async def test_an_entry_keeps_its_text_for_good_where(
    site: Site, reason: str, executor: Executor
) -> None:
    entry = make_entry(text=TEXT)

    document = await complete(site, executor, entry)

    assert document.entries == (replace(entry, is_without_page=True),)
    assert document.without_page == (f"{entry.link} {reason}",)
    assert document.read_again_at is None


@pytest.mark.parametrize(("site", "reason"), PASSING.values(), ids=PASSING.keys())
async def test_an_entry_keeps_its_text_for_now_where(
    site: Site, reason: str, executor: Executor
) -> None:
    entry = make_entry(text=TEXT)

    document = await complete(site, executor, entry)

    digest = owed(entry.digest, failures=1)
    expected = replace(entry, digest=digest, is_without_page=True)
    assert document.entries == (expected,)
    assert document.without_page == (f"{entry.link} {reason}",)
    assert document.read_again_at == NOW


async def test_a_page_in_trouble_is_asked_for_a_few_times_and_no_more(
    executor: Executor,
) -> None:
    entry, known = make_entry(), frozenset[EntryDigest]()
    again: list[bool] = []

    for _ in range(MOST_FAILURES):
        document = await complete(Site(page=404), executor, entry, known=known)
        known = frozenset(one.digest for one in document.entries)
        again.append(document.read_again_at is not None)

    assert again == [True, True, False]
    assert known == {entry.digest}


async def test_pages_that_are_forbidden_take_no_others_place(
    executor: Executor,
) -> None:
    site = Site(robots="User-agent: *\nDisallow: /articles/1")

    document = await complete(
        site, executor, make_numbered(1), make_numbered(2), most_pages=1
    )

    assert ENGLISH[0] in document.entries[1].text


async def test_a_page_that_may_not_be_asked_for_is_not(executor: Executor) -> None:
    site = Site(robots="User-agent: rekkas\nDisallow: /articles/")

    await complete(site, executor, make_numbered(1), make_numbered(2))

    assert site.paths == ["/robots.txt"]


async def test_an_entry_without_a_link_keeps_its_text(executor: Executor) -> None:
    site, entry = Site(), make_entry(link=None)

    document = await complete(site, executor, make_entry(), entry)

    assert document.entries[1] == replace(entry, is_without_page=True)
    assert document.without_page == ("entry 2 has no link",)


async def test_one_page_in_trouble_keeps_no_other_from_its_text(
    executor: Executor,
) -> None:
    site = Site(broken="/articles/1")

    document = await complete(site, executor, make_numbered(1), make_numbered(2))

    assert document.entries[0].text == make_numbered(1).text
    assert ENGLISH[0] in document.entries[1].text
    assert len(document.without_page) == 1


class BrokenExecutor(Executor):
    """An executor whose every job fails, as one that a page has killed."""

    def submit(self, *args: Any, **kwargs: Any) -> Any:
        job: Future[None] = Future()
        job.set_exception(MemoryError("too complex"))
        return job


async def test_a_page_that_kills_its_reader_takes_no_feed_along() -> None:
    entry = make_entry()

    document = await complete(Site(), BrokenExecutor(), entry)

    assert document.entries == (replace(entry, is_without_page=True),)
    assert document.without_page == (
        f"{entry.link} cannot be read (MemoryError: too complex)",
    )


async def test_a_page_can_be_read_in_another_process() -> None:
    page = make_fetched(
        body=PAGE, content_type="text/html", final_url="https://a.example/"
    )
    call = (read_full_text, make_entry(), page)

    function, *arguments = pickle.loads(pickle.dumps(call))  # noqa: S301  # our own
    completed = function(*arguments)

    assert pickle.loads(pickle.dumps(completed)) == completed  # noqa: S301  # our own
    assert ENGLISH[0] in completed.entry.text


async def test_a_flood_of_entries_is_no_flood_of_requests(executor: Executor) -> None:
    site = Site()
    entries = [make_numbered(number) for number in range(50)]

    document = await complete(site, executor, *entries, most_pages=3)

    assert site.paths == ["/robots.txt", "/articles/0", "/articles/1", "/articles/2"]
    assert len(document.entries) == 50
    assert len(document.without_page) == 47
    assert document.without_page[0] == f"{entries[3].link} is asked for at a later poll"


async def test_an_entry_whose_page_comes_later_counts_as_changed_then(
    executor: Executor,
) -> None:
    entries = [make_numbered(1, digest="a" * 32), make_numbered(2, digest="b" * 32)]

    document = await complete(Site(), executor, *entries, most_pages=1)

    assert [entry.digest for entry in document.entries] == ["a" * 32, f"-{'b' * 31}"]
    assert document.entries[1].text == entries[1].text
    assert document.read_again_at == NOW


async def test_a_visit_comes_to_an_end(executor: Executor) -> None:
    site = Site()

    document = await complete(site, executor, make_entry(), longest=timedelta(0))

    assert site.asked == []
    assert len(document.without_page) == 1


async def test_a_host_is_asked_as_slowly_as_it_wants(executor: Executor) -> None:
    site = Site(robots="User-agent: *\nCrawl-delay: 10\nDisallow: /private/")

    await complete(site, executor, make_numbered(1), make_numbered(2))

    assert [moment for moment, _ in site.asked] == [0, 10, 20]


async def test_a_host_that_wants_nothing_is_asked_at_our_own_pace(
    executor: Executor,
) -> None:
    site = Site()

    await complete(site, executor, make_numbered(1), make_numbered(2))

    assert [moment for moment, _ in site.asked] == [0, 2, 4]


async def test_pages_of_a_host_that_rests_are_asked_for_later(
    executor: Executor,
) -> None:
    site, entry = Site(page=429), make_entry()
    site.hosts.note_retry_after(str(entry.link), timedelta(hours=1))

    document = await complete(site, executor, entry)

    assert site.paths == []
    assert document.without_page == (f"{entry.link} is on a host that is left alone",)
    assert document.entries[0].digest != entry.digest


def declaring(href: str, page: str) -> bytes:
    """The page with this address in place of the one that it declares."""
    element = f'<link rel="canonical" href="{href}">'
    return re.sub('<link rel="?canonical[^>]*>', element, page).encode()


DECLARING = {
    "beside its text": make_page(*ENGLISH),
    "where the text is the feed's": make_page(ENGLISH[0], ENGLISH[1]),
}


@pytest.mark.parametrize("page", DECLARING.values(), ids=DECLARING.keys())
async def test_the_address_that_a_page_declares_is_known(
    page: str, executor: Executor
) -> None:
    entry = make_entry(text=" ".join(ENGLISH[:4]))

    site = Site(page=declaring("/news/a-summit", page))
    document = await complete(site, executor, entry)

    (completed,) = document.entries
    assert completed.page_url == "https://yabiladi.com/news/a-summit"
    assert (completed.link, completed.canonical_url) == (
        entry.link,
        entry.canonical_url,
    )


UNBELIEVED = {
    "its own": ("/articles/1", make_entry()),
    "that of another site": ("https://other.example/articles/1", make_entry()),
    "that of a site which the link only leads to": (
        "/articles/2",
        make_entry(canonical_url=CanonicalUrl("https://evil.example/1")),
    ),
    "that of an entry without one": ("/articles/2", make_entry(canonical_url=None)),
}


@pytest.mark.parametrize(("href", "entry"), UNBELIEVED.values(), ids=UNBELIEVED.keys())
async def test_an_address_that_says_nothing_is_passed_over(
    href: str, entry: Entry, executor: Executor
) -> None:
    site = Site(page=declaring(href, make_page(*ENGLISH)))

    document = await complete(site, executor, entry)

    (completed,) = document.entries
    assert ENGLISH[0] in completed.text
    assert completed.page_url is None
