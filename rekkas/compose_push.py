"""Settings -> what tells others of changes; `compose` builds everything else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version

from config.settings import Settings
from config.source_settings import FeedSource
from ingest.fetch.client import Transport, build_messenger
from publish.render import Renderer
from publish.web.callback_route import CALLBACK_PATH
from publish.web.hub_route import HubDesk
from publish.websub.herald import Herald
from publish.websub.hub import Hub
from publish.websub.lookout import Lookout
from publish.websub.topics import announced_feeds
from rekkas.courier import GuardedCourier
from rekkas.poller import Poller
from rekkas.push import EmbeddedHub, Push
from rekkas.source_hubs import SourceHubs
from store.database.engine import Database
from store.follower import Room
from store.followers import Followers
from store.subscriptions import Subscriptions


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """The database, the time, and the network unless a test takes its place."""

    database: Database
    clock: Callable[[], datetime]
    transport: Transport | None = None


def build_push(
    settings: Settings, renderer: Renderer, around: Surroundings
) -> Push | None:
    """What tells others of changes; None where the operator wants nobody told.

    Whoever runs it closes its courier.
    """
    websub = settings.websub
    if not websub.hub:
        return None
    feeds = announced_feeds(renderer.edition)
    room = Room(in_all=websub.max_subscribers, per_host=websub.max_per_host)
    followers = Followers(around.database, room)
    client = build_messenger(
        settings.fetch, version=version("rekkas"), transport=around.transport
    )
    courier, lookout = GuardedCourier(client), Lookout(renderer, feeds, followers)
    hub = Hub(followers, courier, lookout, clock=around.clock)
    desk = HubDesk(hub, feeds, clock=around.clock)
    return Push(
        feeds=feeds,
        hubs=websub.external_hubs,
        followers=followers,
        courier=courier,
        herald=Herald(lookout, followers, courier, clock=around.clock),
        embedded=EmbeddedHub(hub=hub, desk=desk) if websub.has_embedded_hub else None,
    )


def build_subscriptions(settings: Settings, database: Database) -> Subscriptions | None:
    """What the hubs of sources were asked for; None where they are asked for nothing.

    Raises:
        StoreError: it cannot be read.
    """
    if not settings.websub.subscribe:
        return None
    return Subscriptions(
        database,
        [
            slug
            for slug, source in settings.sources.items()
            if isinstance(source, FeedSource) and source.enabled and source.push
        ],
    )


def build_source_hubs(
    settings: Settings,
    poller: Poller,
    subscriptions: Subscriptions,
    around: Surroundings,
) -> SourceHubs:
    """What subscribes to the hubs of sources; whoever runs it closes it."""
    client = build_messenger(
        settings.fetch, version=version("rekkas"), transport=around.transport
    )
    return SourceHubs(
        poller,
        subscriptions,
        GuardedCourier(client),
        callback=f"{settings.server.base_url}{CALLBACK_PATH}/",
        clock=around.clock,
    )
