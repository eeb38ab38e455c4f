"""The frozen models of the operator's file, and the only home of its defaults.

Says what a key may hold; sources, topics, searches, tags and copies have rooms beside,
`values` says how single values are written. Finding the file, reading YAML and naming
the line of a mistake is `load`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Annotated

from pydantic import Field

from config.duplicate_settings import DuplicatesSettings
from config.keep_settings import KeepSettings
from config.model import Model
from config.notify_settings import NotifySettings
from config.replay_settings import ReplaySettings
from config.search_settings import SavedSearch
from config.source_settings import SourceSettings
from config.tag_settings import BoilerplateSettings, TagSettings
from config.topic_settings import TopicSettings
from config.values import (
    AllowedHost,
    BaseUrl,
    ContentChoice,
    Count,
    DailyBudget,
    Duration,
    HostName,
    HttpUrl,
    Listen,
    RetryAfterScope,
    RobotsScope,
    Slug,
)
from config.websub_settings import WebSubSettings


class StorageSettings(Model):
    """Where articles are kept."""

    url: str | None = Field(
        default=None,
        pattern=r"^(sqlite:///|postgresql://).+",
        description="sqlite:/// and a path, relative to this file, or "
        "postgresql://USER@HOST/DATABASE. Default: rekkas.db beside the "
        "configuration, or in the state folder when no file is given.",
    )


class ServerSettings(Model):
    """Where feeds and pages are served."""

    listen: Listen = Field(
        default="127.0.0.1:8080",  # loopback: opening up is the operator's decision
        description="HOST:PORT on which feeds and pages are served.",
    )
    admin_listen: Listen | None = Field(
        default="127.0.0.1:8081",  # figures and troubles are no business of readers
        description="HOST:PORT on which the operator sees the service: /metrics, "
        "/status, /health/ready. null: nowhere.",
    )
    base_url: BaseUrl | None = Field(
        default=None,
        description="Public address of the service, used in feeds. "
        "Default: http:// and the address it listens on.",
    )
    max_connections: Count = Field(
        default=500,  # polls need files too, and many systems allow 1,024
        ge=10,
        le=100_000,
        description="Connections of readers at a time; of more, those that have "
        "waited longest without asking for anything are closed.",
    )


class PublishSettings(Model):
    """What every topic feed has in common."""

    authority: str = Field(
        default="rekkas.localhost,2026",
        pattern=r"^[A-Za-z0-9.@_-]+,\d{4}(-\d\d(-\d\d)?)?$",
        description="Tagging authority of the item ids (RFC 4151): a domain of yours "
        "and a date on which it was yours. Changing it renames every item.",
    )
    content: ContentChoice = Field(
        default=ContentChoice.EXCERPT,  # publishers' terms: excerpt, link and credit
        description="How much of each article a feed carries.",
    )
    limit: Count = Field(
        default=50,
        ge=1,
        le=1000,
        description="Items in a topic feed.",
    )
    health_feed: bool = Field(
        default=False,  # who reads feeds need not know what ails their sources
        description="Whether /health.atom, .rss and .json tell when a source broke, "
        "moved, went silent or came back.",
    )
    archive_page: Count = Field(
        default=50,  # as many as a feed has, so that a reader takes no larger document
        ge=1,
        le=500,
        description="Items in a page of a feed's archive, at most its limit. Pages "
        "that exist stay as they are.",
    )


class PerHostSettings(Model):
    """How gently one host is treated, whatever number of sources it has."""

    concurrency: Count = Field(
        default=1,  # as a single reader would ask
        ge=1,
        le=16,
        description="Requests to one host at a time.",
    )
    spacing: Duration = Field(
        default=timedelta(seconds=2),
        description="Least time between the starts of two requests to one host.",
    )
    daily_budget: DailyBudget | None = Field(
        default=None,  # few hosts count; those that are known to are in the catalogue
        description="Most polls of one host in any 24 hours, a quarter of them at "
        "once; default: as many as its sources ask for.",
    )


class HostSettings(Model):
    """What holds for one host in place of `per_host`."""

    daily_budget: DailyBudget = Field(
        description="Most polls of the host in any 24 hours, a quarter of them at once."
    )


class ReadingSettings(Model):
    """What reading one document may take; it is done in processes of their own."""

    workers: Count = Field(
        default=2,  # each takes 30 MB; the smallest machines have two cores
        ge=1,
        le=64,
        description="Documents read at a time.",
    )
    deadline: Annotated[Duration, Field(ge=timedelta(seconds=1))] = Field(
        default=timedelta(seconds=4),  # a megabyte of an honest feed takes half of one
        description="Time for reading one document.",
    )
    max_memory_bytes: Count = Field(
        default=128 * 1024 * 1024,  # an honest feed of 14 MB takes 100
        ge=16 * 1024 * 1024,
        description="Memory for reading one document.",
    )


class FetchSettings(Model):
    """How sources are fetched."""

    contact: str | None = Field(
        default=None,
        max_length=200,
        pattern=r"^[\x21-\x7e]+$",
        description="Mail or web address in the User-Agent, for publishers to reach.",
    )
    deadline: Duration = Field(
        default=timedelta(seconds=30),  # slow publishers were seen to take ten
        description="Time for one exchange, redirects included.",
    )
    max_body_bytes: Count = Field(
        default=15 * 1024 * 1024,
        ge=1024,
        description="Largest document accepted, counted after decompression.",
    )
    max_redirects: Count = Field(
        default=5,
        ge=0,
        le=20,
        description="Redirects that are followed, one after the other.",
    )
    adopt_redirects_after: Duration = Field(
        default=timedelta(days=7),  # longer than most mistakes, and most journeys
        description="How long permanent redirects must agree before a source is asked "
        "at its new address.",
    )
    concurrency: Count = Field(
        default=16,
        ge=1,
        le=256,
        description="Exchanges at a time, over all hosts. One "
        "that takes longer than five seconds leaves its place to others.",
    )
    per_host: PerHostSettings = PerHostSettings()
    hosts: Mapping[HostName, HostSettings] = Field(
        default_factory=dict,
        description="Hosts that want to be treated in a way of their own, by name.",
    )
    retry_after_scope: RetryAfterScope = Field(
        default=RetryAfterScope.HOST,  # a whole domain may be thousands of strangers
        description="Who is left alone when an answer says Retry-After.",
    )
    patience: Duration = Field(
        default=timedelta(hours=1),
        description="How long one article may wait to save one request: four times "
        "the patience, half the polls of an adaptive source.",
    )
    robots: RobotsScope = Field(
        default=RobotsScope.PAGES,  # a feed is published to be polled
        description="What is asked for only where its host's robots.txt allows it: "
        "pages, sitemaps and the pages of entries; all sources; or none.",
    )
    reading: ReadingSettings = ReadingSettings()
    proxy: HttpUrl | None = Field(
        default=None,
        description="HTTP proxy through which every source is asked, as "
        "http://HOST:PORT/; the environment's is not used.",
    )
    allow_private: tuple[AllowedHost, ...] = Field(
        default=(),  # what a publisher's redirect could reach is closed until named
        description="Hosts, as HOST or HOST:PORT, that may be asked though their "
        "addresses are not public; with its port, at any port.",
    )


class Settings(Model):
    """The whole of the operator's file, its includes merged."""

    include: tuple[str, ...] = Field(
        default=(),
        description="Files read before this one: `catalogue:NAME` ships with rekkas, "
        "anything else is a path relative to this file.",
    )
    storage: StorageSettings = StorageSettings()
    server: ServerSettings = ServerSettings()
    publish: PublishSettings = PublishSettings()
    websub: WebSubSettings = WebSubSettings()
    notify: NotifySettings = NotifySettings()
    fetch: FetchSettings = FetchSettings()
    duplicates: DuplicatesSettings = DuplicatesSettings()
    keep: KeepSettings = KeepSettings()
    replay: ReplaySettings = ReplaySettings()
    sources: Mapping[Slug, SourceSettings] = Field(
        default_factory=dict, description="What is polled, by name."
    )
    tags: Mapping[Slug, TagSettings] = Field(
        default_factory=dict, description="What articles may be about, by name."
    )
    boilerplate: BoilerplateSettings = BoilerplateSettings()
    topics: Mapping[Slug, TopicSettings] = Field(
        default_factory=dict, description="What is published, by name."
    )
    searches: Mapping[Slug, SavedSearch] = Field(
        default_factory=dict,
        description="Expressions that have a feed but no place in the index, by name.",
    )
