"""Requests of readers, counted by the kind of what they ask for.

An ASGI application around another. Kinds are few and fixed; what a reader writes
in an address names none.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from rekkas.seeing.request_tally import RequestTally

_PAGES = {
    "": "index",
    "articles": "article",
    "feeds": "list",
    "sources": "list",
    "about": "list",
    "topics.opml": "list",
    "search": "search",
    "hub": "push",
    "websub": "push",
    "style.css": "style",
    "feed.css": "style",
}
_FEEDS = frozenset(
    {"topics", "searches", "tags", "sources", "languages", "stories", "all", "health"}
)
_FORMATS = frozenset({"rss", "atom", "json"})
_OTHER = "other"

KINDS = frozenset(
    {*_PAGES.values(), "feed", "feed_page", "archive", "health_check", _OTHER}
)


class CountedRequests:
    """The application, its answers counted; 500 stands for one that broke off."""

    def __init__(
        self,
        app: Any,
        tally: RequestTally,
        *,
        clock: Callable[[], float] = time.perf_counter,
    ) -> None:
        self._app = app
        self._tally = tally
        self._clock = clock

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Answer one request."""
        status, started = 500, self._clock()

        async def note(message: Any) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, note)
        finally:
            kind = kind_of_request(scope["path"])
            self._tally.answered(kind, status, self._clock() - started)


def kind_of_request(path: str) -> str:
    """What an address asks for, one of `KINDS`."""
    first, _, rest = path[1:].partition("/")
    if rest:
        return _kind_below(first, rest)
    known = _PAGES.get(first)
    if known is not None:
        return known
    stem, _, suffix = first.partition(".")
    if stem not in _FEEDS:
        return _OTHER
    return "feed" if suffix in _FORMATS else "feed_page"


def _kind_below(first: str, rest: str) -> str:
    if first not in _FEEDS:
        return _PAGES.get(first, _OTHER)
    if first == "health":
        return "health_check"
    if "/archive/" in rest:
        return "archive"
    return "feed" if rest.rpartition(".")[2] in _FORMATS else "feed_page"
