"""Settings -> by what the operator sees a service; `compose` builds everything else."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any

from config.settings import Settings
from ingest.fetch.client import Transport, build_messenger
from ingest.reading.pool import WorkerPool
from publish.edition import Edition
from publish.web.admin_app import build_admin_app
from publish.web.pages import Pages
from rekkas import configured_sources
from rekkas.courier import GuardedCourier
from rekkas.reloading import Reloads
from rekkas.seeing.control_room import ControlRoom
from rekkas.seeing.desk import ServiceDesk
from rekkas.seeing.notices import Receiver
from rekkas.seeing.values import Backlog
from rekkas.succession import Succession
from store.library import Library


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenService:
    """The parts of a running service that are seen."""

    succession: Succession
    readers: WorkerPool
    reloads: Reloads | None

    @property
    def has_begun(self) -> bool:
        """Whether the first polls were started."""
        return self.succession.has_begun

    @property
    def problems(self) -> Sequence[str]:
        """Those of the configuration that was read last."""
        problems = self.reloads.problems if self.reloads is not None else ()
        return tuple(map(str, problems))

    @property
    def sources(self) -> Collection[str]:
        """The slugs of those that are polled."""
        return configured_sources.enabled_sources(self.succession.settings)

    @property
    def readers_started(self) -> int:
        """How many processes were started to read documents."""
        return self.readers.started

    def backlog(self) -> Backlog:
        """What waits to be polled."""
        return self.succession.backlog()


def build_admin(
    subject: SeenService, room: ControlRoom, library: Library, edition: Edition
) -> Any:
    """The application on the operator's own listener."""
    return build_admin_app(ServiceDesk(subject, room, library, Pages(edition)))


def build_receiver(
    settings: Settings, service: str, *, transport: Transport | None = None
) -> Receiver | None:
    """Where messages go; None where nobody is to be told."""
    notify = settings.notify
    if notify.webhook is None:
        return None
    client = build_messenger(
        settings.fetch, version=version("rekkas"), transport=transport
    )
    return Receiver(
        url=notify.webhook,
        courier=GuardedCourier(client),
        service=service,
        headers={"Authorization": notify.authorization} if notify.authorization else {},
    )
