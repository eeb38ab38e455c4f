"""The hub's address: forms of subscribers in, 202 out (WebSub, 5.1.2).

Bounds what is read and how often; what a form asks is read by `intent`.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Container
from datetime import datetime

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from publish.web.refusals import say
from publish.websub.allowance import Allowance, fresh_allowance, spend_one
from publish.websub.hub import Hub
from publish.websub.intent import IntentRefusedError, read_intent

_FORM = "application/x-www-form-urlencoded"
_LONGEST_FORM = 16 * 1024  # bytes; a callback has two thousand
_CLIENTS_REMEMBERED = 1_000
_LATER = {"Retry-After": "60"}


class HubDesk:
    """Where subscribers say what they want; `topics` are the feeds they can have."""

    def __init__(
        self, hub: Hub, topics: Container[str], *, clock: Callable[[], datetime]
    ) -> None:
        self._hub = hub
        self._topics = topics
        self._clock = clock
        self._allowances: OrderedDict[str, Allowance] = OrderedDict()

    async def take(self, request: Request) -> Response:
        """202 for an intent that is then verified, else in words what is wrong."""
        if not self._may_ask(request.client.host if request.client else ""):
            return say("too many requests, come back later\n", 429, _LATER)
        media_type = request.headers.get("content-type", "").partition(";")[0]
        if media_type.strip().lower() != _FORM:
            return say(f"send a form as {_FORM}\n", 415)
        form = await _read(request)
        if form is None:
            return say("the form is too long\n", 413)
        return self._accept(form)

    def _accept(self, form: bytes) -> Response:
        try:
            intent = read_intent(form, self._topics)
        except IntentRefusedError as refusal:
            return say(f"{refusal}\n", 400)
        if not self._hub.accept(intent):
            return say("too many requests wait, come back later\n", 503, _LATER)
        return say("accepted, to be verified\n", 202)

    def _may_ask(self, client: str) -> bool:
        now = self._clock()
        before = self._allowances.pop(client, fresh_allowance(now))
        left = spend_one(before, now=now)
        self._allowances[client] = left or before
        while len(self._allowances) > _CLIENTS_REMEMBERED:
            self._allowances.popitem(last=False)
        return left is not None


async def _read(request: Request) -> bytes | None:
    """The body; None where it is too long, or the client has gone."""
    form = bytearray()
    try:
        async for piece in request.stream():
            form += piece
            if len(form) > _LONGEST_FORM:
                return None
    except ClientDisconnect:
        return None
    return bytes(form)
