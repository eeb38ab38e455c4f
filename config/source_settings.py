"""The frozen models of sources in the operator's file, and their defaults.

Says what a key may hold; how single values are written is `values`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Discriminator, Field, Tag

from config.duplicate_settings import SourceDuplicates
from config.keep_settings import KeepSettings
from config.model import Model
from config.tag_settings import CategoryName
from config.time_zones import check_time_zone
from config.values import (
    COUNTRY_PATTERN,
    AwareTime,
    Category,
    Count,
    CssSelector,
    Duration,
    HttpUrl,
    LanguageCode,
    PartSelector,
    PathStart,
    Slug,
)

_KIND = "What the source is read as."

FullText = Annotated[
    bool,
    Field(  # by default no, as each new entry costs its publisher a request of its own
        description="Ask for the page of each new entry, as its host's robots.txt "
        "allows, and keep the article found there in place of the source's own text.",
    ),
]


class SourceCommon(Model):
    """What every kind of source may say."""

    title: str | None = Field(
        default=None,
        min_length=1,
        max_length=200,
        description="What readers know the source by. Default: its name.",
    )
    home: HttpUrl | None = Field(default=None, description="The source's web page.")
    language: LanguageCode | None = Field(
        default=None, description="Language of entries that declare none."
    )
    country: str | None = Field(
        default=None,
        pattern=COUNTRY_PATTERN,
        description="Where it is published, such as MA; its dates are in that zone.",
    )
    time_zone: Annotated[str, AfterValidator(check_time_zone)] | None = Field(
        default=None,
        description="Zone of dates that name none, such as Africa/Algiers. "
        "Default: the country's, else UTC.",
    )
    enabled: bool = Field(default=True, description="Whether it is polled.")
    confidence: Literal["A", "B", "C", "D"] | None = Field(
        default=None, description="How well the address is known; A is best."
    )
    aliases: tuple[str, ...] = Field(
        default=(), description="Other names under which snapshots credit the source."
    )
    categories: tuple[Category, ...] = Field(
        default=(),
        description="Folders in which subscription lists (OPML) show the source; a / "
        "stands between a folder and one inside it.",
    )
    category_tags: Mapping[CategoryName, Slug] = Field(
        default_factory=dict,
        description="Tags that articles get by the publisher's own categories, such as "
        "{Sahara: western-sahara}.",
    )
    every: Literal["adaptive"] | Duration = Field(
        default="adaptive", description="Time between polls, or adaptive."
    )
    keep: KeepSettings | None = Field(
        default=None,
        description="How long its articles are kept. Default: as with every source.",
    )
    duplicates: SourceDuplicates | None = Field(
        default=None,
        description="What is a copy of the source's articles, or off where nothing is. "
        "Default: as with every source.",
    )


class FeedSource(SourceCommon):
    """A source that publishes RSS, Atom or JSON Feed at an address."""

    kind: Literal["feed"] = Field(default="feed", description=_KIND)
    url: HttpUrl = Field(description="Address of the feed.")
    candidates: tuple[HttpUrl, ...] = Field(
        default=(),
        max_length=5,  # each may cost its publisher a request at every failure
        description="Other addresses of the feed, asked in this order where url fails.",
    )
    full_text: FullText = False
    push: bool = Field(
        default=True,
        description="Let the source's hub push to us, where websub.subscribe is on.",
    )


class SelectorSettings(Model):
    """Where a page has its articles, as CSS selectors.

    Each but `item` is looked for in the item, and may be `selector@attribute`.
    """

    item: CssSelector = Field(description="Each element that is one article's.")
    link: PartSelector | None = Field(
        default=None,
        description="Default: the link of the item's heading, else its first.",
    )
    title: PartSelector | None = Field(
        default=None, description="Default: the item's heading, else its link's text."
    )
    date: PartSelector | None = Field(
        default=None, description="Default: the item's <time>."
    )
    summary: PartSelector | None = Field(default=None, description="Default: none.")
    image: PartSelector | None = Field(
        default=None, description="Default: the item's first picture."
    )
    author: PartSelector | None = Field(default=None, description="Default: none.")


class PageSource(SourceCommon):
    """A web page that lists articles, for a source that has no feed."""

    kind: Literal["page"] = Field(description=_KIND)
    url: HttpUrl = Field(description="Address of the page.")
    selectors: SelectorSettings = Field(description="Where the page has its articles.")
    full_text: FullText = False


class SitemapSource(SourceCommon):
    """A sitemap, a news sitemap or an index of them, for a source without a feed."""

    kind: Literal["sitemap"] = Field(description=_KIND)
    url: HttpUrl = Field(
        description="Address of the sitemap, or of an index of sitemaps."
    )
    only: tuple[PathStart, ...] = Field(
        default=(),
        description="Beginnings of paths, such as /news/: articles elsewhere on the "
        "site are left aside.",
    )
    newer_than: Duration = Field(
        default=timedelta(days=7),  # a sitemap lists every article there ever was
        description="Articles last changed longer ago are left aside.",
    )
    limit: Count = Field(
        default=500,
        ge=1,
        le=10_000,
        description="Articles taken of one sitemap, the newest first.",
    )
    documents: Count = Field(
        default=5,  # each is a request of its own
        ge=1,
        le=50,
        description="Sitemaps of an index that are asked for, the newest first.",
    )
    full_text: FullText = False


class SnapshotSource(SourceCommon):
    """A saved text of one aggregator page; relative paths start at this file."""

    kind: Literal["snapshot"] = Field(description=_KIND)
    path: Path = Field(description="The file, relative to this one.")
    captured_at: AwareTime | None = Field(
        default=None,
        description="When the page was saved. Without it no relative time is read.",
    )


def _kind_of(value: Any) -> str | None:
    if isinstance(value, Mapping):
        return str(value.get("kind", "feed"))
    return getattr(value, "kind", None)  # a model keeps its own; text has none


SourceSettings = Annotated[
    Annotated[FeedSource, Tag("feed")]
    | Annotated[PageSource, Tag("page")]
    | Annotated[SitemapSource, Tag("sitemap")]
    | Annotated[SnapshotSource, Tag("snapshot")],
    Discriminator(_kind_of),
]
