"""Subscribes to sources that offer a hub, and takes what their hubs bring.

Polls go on, seldom, as the net: what a hub does not bring is found by them.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable, Mapping
from datetime import datetime
from urllib.parse import urlencode, urljoin, urlsplit

import structlog

from ingest.fetch.outcome import NO_VALIDATORS, Fetched, InMemory
from ingest.poll import Polled
from ingest.push_offer import HubOffer, find_offer
from publish.web.callback_route import Delivery
from publish.websub.signature import is_signed
from rekkas.courier import GuardedCourier
from rekkas.poller import Poller, PollReport
from store import subscribing
from store.errors import StoreError
from store.subscription import Subscription
from store.subscriptions import Subscriptions

_BEAT_SECONDS = 1.0
_AT_ONCE = 50
_MOST_REDIRECTS = 3
_IM_USED = 226  # RFC 3229: what a hub brings may be new entries alone

_log = structlog.get_logger(__name__)


class SourceHubs:
    """The hubs of sources: asked when they are offered, renewed, and listened to.

    `callback` is the public address below which they call, with a slash at its end.
    """

    def __init__(
        self,
        poller: Poller,
        subscriptions: Subscriptions,
        courier: GuardedCourier,
        *,
        callback: str,
        clock: Callable[[], datetime],
    ) -> None:
        self._poller = poller
        self._subscriptions = subscriptions
        self._courier = courier
        self._callback = callback
        self._clock = clock

    @property
    def max_body_bytes(self) -> int:
        """The most that a delivery may be: as much as a document that is fetched."""
        return self._poller.max_body_bytes

    async def run(self) -> None:
        """Ask hubs when they are to be asked, until cancelled."""
        while True:
            due = self._subscriptions.due(self._clock())[:_AT_ONCE]
            await asyncio.gather(*(self._try_to_ask(one) for one in due))
            await asyncio.sleep(_BEAT_SECONDS)

    async def close(self) -> None:
        """Close every connection."""
        await self._courier.close()

    async def poll(self, slug: str) -> PollReport:
        """Poll a source, and note the hub that it offers."""
        report = await self._poller.poll(slug)
        if isinstance(report.outcome, Polled) and self._subscriptions.wants(slug):
            await asyncio.to_thread(self._note_offer, slug, report.outcome.fetched)
        return report

    def knows(self, token: str) -> bool:
        """Whether a hub may call there."""
        return self._subscriptions.of_token(token) is not None

    async def confirm(self, token: str, question: Mapping[str, str]) -> bool:
        """Whether that is what was asked of the hub: this topic, and to be called."""
        known, now = self._subscriptions.of_token(token), self._clock()
        if known is None or question.get("hub.topic") != known.topic:
            return False
        if question.get("hub.mode") == "denied":
            await self._keep(subscribing.denied(known, now=now))
            _tell("subscription_denied", known)
            return True
        if question.get("hub.mode") != "subscribe":
            return False
        lease = subscribing.read_lease(question.get("hub.lease_seconds"))
        await self._keep(subscribing.confirmed(known, lease, now=now))
        _tell("subscription_confirmed", known)
        return True

    async def take(self, token: str, delivery: Delivery) -> None:
        """Keep what a hub brings; what is not signed by it is passed over."""
        known = self._subscriptions.of_token(token)
        if known is None:
            return
        if not is_signed(known.secret, delivery.body, delivery.signature):
            _log.warning("delivery_not_signed", source=known.source)
            return
        content = InMemory(delivery.body)
        fetched = Fetched(
            content=content,
            body_digest=content.digest,
            status=_IM_USED,
            final_url=known.topic,
            content_type=delivery.content_type,
            validators=NO_VALIDATORS,
        )
        outcome = await self._poller.take(known.source, fetched)
        is_read = isinstance(outcome, Polled)
        _log.info("delivery_taken", source=known.source, is_read=is_read)

    def _note_offer(self, slug: str, fetched: Fetched) -> None:
        url = fetched.final_url or ""
        offer = find_offer(fetched.links, fetched.content.read(), url)
        known = self._subscriptions.of_source(slug)
        if offer is None or (known and (known.hub, known.topic) == _names(offer)):
            return
        subscription = Subscription(
            source=slug,
            hub=offer.hub,
            topic=offer.topic,
            token=secrets.token_urlsafe(16),  # 128 bits
            secret=secrets.token_urlsafe(32),
            due_at=self._clock(),
        )
        try:
            self._subscriptions.keep(subscription)
        except StoreError as error:
            _log.error("subscription_not_kept", problem=str(error))

    async def _try_to_ask(self, subscription: Subscription) -> None:
        try:
            await self._ask(subscription)
        except StoreError as error:
            _log.error("subscription_not_kept", problem=str(error))

    async def _ask(self, subscription: Subscription) -> None:
        is_taken = await self._post(subscription)
        follows = subscribing.asked_for if is_taken else subscribing.refused
        # The hub may have confirmed before it answered.
        present = self._subscriptions.of_source(subscription.source)
        if present == subscription:
            await self._keep(follows(subscription, now=self._clock()))
        _tell("hub_asked" if is_taken else "hub_not_asked", subscription)

    async def _post(self, subscription: Subscription) -> bool:
        """Whether the hub takes the request; redirects that keep it are followed."""
        form = urlencode(
            {
                "hub.mode": "subscribe",
                "hub.topic": subscription.topic,
                "hub.callback": self._callback + subscription.token,
                "hub.lease_seconds": int(subscribing.LEASE.total_seconds()),
                "hub.secret": subscription.secret,
            }
        ).encode()
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        url = subscription.hub
        for _ in range(_MOST_REDIRECTS + 1):
            reply = await self._courier.post(url, headers, form)
            if reply is None or reply.status not in (307, 308):
                return reply is not None and reply.is_success
            url = urljoin(url, reply.location)
        return False

    async def _keep(self, subscription: Subscription) -> None:
        await asyncio.to_thread(self._subscriptions.keep, subscription)


def _names(offer: HubOffer) -> tuple[str, str]:
    return offer.hub, offer.topic


def _tell(event: str, subscription: Subscription) -> None:
    hub = urlsplit(subscription.hub).hostname
    _log.info(event, source=subscription.source, hub=hub)
