"""Carries the messages of WebSub through the guard, as every request of ours goes."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

import structlog

from ingest.fetch.client import Client
from ingest.fetch.message import Message, send
from ingest.fetch.outcome import FetchFailed
from publish.websub.courier import Reply

_log = structlog.get_logger(__name__)


class GuardedCourier:
    """Sends by a client, which whoever closes the courier has no more."""

    def __init__(self, client: Client) -> None:
        self._client = client

    async def get(self, url: str) -> Reply | None:
        """What the address answers; None where it does not, or may not be asked."""
        return await self._send(Message(url=url))

    async def post(
        self, url: str, headers: Mapping[str, str], body: bytes
    ) -> Reply | None:
        """What the address answers to a message; None as above."""
        return await self._send(Message(url=url, headers=headers, body=body))

    async def _send(self, message: Message) -> Reply | None:
        answer = await send(self._client, message)
        if isinstance(answer, FetchFailed):
            # The detail names the address, whose path may be a secret of its owner.
            host = urlsplit(message.url).netloc
            _log.info("message_not_carried", receiver=host, reason=answer.kind.value)
            return None
        return Reply(status=answer.status, body=answer.body, location=answer.location)

    async def close(self) -> None:
        """Close every connection."""
        await self._client.aclose()
