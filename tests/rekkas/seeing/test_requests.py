"""What requests are counted as."""

from __future__ import annotations

from typing import Any

import pytest

from rekkas.seeing.request_tally import BOUNDS, RequestTally
from rekkas.seeing.requests import KINDS, CountedRequests, kind_of_request

ADDRESSES = {
    "/": "index",
    "/topics/mali": "feed_page",
    "/topics/mali.rss": "feed",
    "/topics/mali/digest.atom": "feed",
    "/topics/mali/archive/3.json": "archive",
    "/sources": "list",
    "/sources/paper": "feed_page",
    "/all.atom": "feed",
    "/all": "feed_page",
    "/health.atom": "feed",
    "/health/live": "health_check",
    "/articles/12": "article",
    "/search": "search",
    "/hub": "push",
    "/websub/callback/secret": "push",
    "/style.css": "style",
    "/topics.opml": "list",
    "/wp-login.php": "other",
    "/a/b/c.rss": "other",
    "": "index",
}


@pytest.mark.parametrize("path", ADDRESSES, ids=lambda path: path or "nothing")
def test_an_address_is_of_one_kind(path: str) -> None:
    assert kind_of_request(path) == ADDRESSES[path]


@pytest.mark.parametrize("first", ["", "topics", "x", "\x00", "health", "%2e", "hub"])
@pytest.mark.parametrize("rest", ["", "/", "//", "/a.rss", "/é/archive/", "/.json"])
def test_no_address_makes_a_kind_of_its_own(first: str, rest: str) -> None:
    assert kind_of_request(f"/{first}{rest}") in KINDS


async def ask(app: Any, path: str) -> None:
    async def send(_: Any) -> None:
        return None

    await app({"type": "http", "path": path}, None, send)


async def test_an_answer_is_counted_with_its_status_and_its_time() -> None:
    async def known(_: Any, __: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 304})
        await send({"type": "http.response.body"})

    tally, moments = RequestTally(KINDS), iter((1.0, 1.02))
    await ask(
        CountedRequests(known, tally, clock=lambda: next(moments)), "/topics/a.rss"
    )

    assert tally.counts == {("feed", 304): 1}
    assert tally.spans["feed"].total == pytest.approx(0.02)
    assert dict(tally.spans["feed"].within())["0.025"] == 1
    assert dict(tally.spans["feed"].within())["0.01"] == 0


async def test_an_answer_that_broke_off_is_an_error_of_ours() -> None:
    async def broken(_: Any, __: Any, ___: Any) -> None:
        raise ValueError("a bug")

    tally = RequestTally(KINDS)
    with pytest.raises(ValueError, match="a bug"):
        await ask(CountedRequests(broken, tally), "/")

    assert tally.counts == {("index", 500): 1}


def test_each_time_is_counted_within_every_bound_that_it_keeps() -> None:
    tally = RequestTally(["feed"])
    for seconds in (BOUNDS[0], 0.9, 3600.0):
        tally.answered("feed", 200, seconds)

    within = dict(tally.spans["feed"].within())

    assert within["0.0005"] == 1
    assert (within["1.0"], within["5.0"], within["+Inf"]) == (2, 2, 3)
