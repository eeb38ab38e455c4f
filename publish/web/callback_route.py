"""Where the hubs of sources call us (WebSub, 5.3 and 7).

Bounds what is read; who may call and what becomes of it, `SourceHubs` knows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response

from publish.web.headers import SECURITY
from publish.web.refusals import say

CALLBACK_PATH = "websub/callback"
_LONGEST_CHALLENGE = 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """What a hub sent: the news of a source, with what shows that it is the hub's."""

    body: bytes
    content_type: str | None
    signature: str | None


class SourceHubs(Protocol):
    """Who may call; a token is what only the hub of one source knows."""

    @property
    def max_body_bytes(self) -> int:
        """The most that a delivery may be."""

    def knows(self, token: str) -> bool:
        """Whether somebody may call there."""

    async def confirm(self, token: str, question: Mapping[str, str]) -> bool:
        """Whether that is what was asked of the hub; StoreError where not kept."""

    async def take(self, token: str, delivery: Delivery) -> None:
        """Keep what the hub sent; StoreError where that cannot be done."""


class CallbackDesk:
    """Answers hubs, and tells strangers that nobody is there."""

    def __init__(self, hubs: SourceHubs) -> None:
        self._hubs = hubs

    async def answer(self, request: Request) -> Response:
        """A hub that asks whether we mean it, or brings news."""
        token = request.path_params["token"]
        if not self._hubs.knows(token):
            # To a hub it says that the subscription is over (WebSub, 7).
            return say("gone\n", 410 if request.method == "POST" else 404)
        if request.method == "POST":
            return await self._deliver(token, request)
        return await self._verify(token, request)

    async def _verify(self, token: str, request: Request) -> Response:
        question = dict(request.query_params)
        challenge = question.get("hub.challenge", "")
        if len(challenge) > _LONGEST_CHALLENGE:
            return say("not found\n", 404)
        if not await self._hubs.confirm(token, question):
            return say("not found\n", 404)
        headers = {"Cache-Control": "no-store", **SECURITY}
        return PlainTextResponse(challenge, headers=headers)

    async def _deliver(self, token: str, request: Request) -> Response:
        body = bytearray()
        try:
            async for piece in request.stream():
                body += piece
                if len(body) > self._hubs.max_body_bytes:
                    return say("too long\n", 413)
        except ClientDisconnect:
            return say("cut\n", 400)
        delivery = Delivery(
            body=bytes(body),
            content_type=request.headers.get("content-type"),
            signature=request.headers.get("x-hub-signature"),
        )
        await self._hubs.take(token, delivery)
        return say("taken\n", 200)
