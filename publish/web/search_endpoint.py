"""Searches over HTTP: few at a time, in threads, and never kept by anybody."""

from __future__ import annotations

import asyncio

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from publish.search_desk import SearchDesk
from publish.web.answers import read_header
from publish.web.headers import (
    KEEP_NOTHING,
    NO_INDEX,
    Selected,
    describe,
    describe_body,
)
from publish.web.negotiation import choose_coding
from store.article import Order

_AT_A_TIME = 2  # half of the connections that read the database
_WAITING = 16
_ORDERS = {each.value: each for each in Order}


class SearchEndpoint:
    """Answers `/search?q=EXPRESSION&order=rank|date`.

    Who finds too many waiting is asked to come again: 503.
    """

    def __init__(self, desk: SearchDesk) -> None:
        self._desk = desk
        self._turns = asyncio.Semaphore(_AT_A_TIME)
        self._asking = 0

    async def answer(self, request: Request) -> Response:
        """The page of what was found; 400 and the mistake of what cannot be read."""
        if self._asking >= _AT_A_TIME + _WAITING:
            raise HTTPException(503)
        self._asking += 1
        try:
            async with self._turns:
                return await self._search(request)
        finally:
            self._asking -= 1

    async def _search(self, request: Request) -> Response:
        query = request.query_params.get("q", "")
        order = _ORDERS.get(request.query_params.get("order", ""), Order.RANK)
        page, is_read = await run_in_threadpool(self._desk.search, query, order)
        coding = choose_coding(read_header(request, "accept-encoding"))
        selected = Selected(document=page, coding=coding, cache=KEEP_NOTHING)
        headers = {**describe(selected), **describe_body(selected), **NO_INDEX}
        body = b"" if request.method == "HEAD" else selected.form.body
        return Response(body, status_code=200 if is_read else 400, headers=headers)
