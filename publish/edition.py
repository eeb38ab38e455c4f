"""What the operator publishes, with every default filled in.

Turns the settings into what selection and pages ask for; selects nothing itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from config.settings import PublishSettings, Settings
from config.topic_settings import TopicSettings
from config.values import ContentChoice
from publish.addresses import Addresses
from publish.feed_name import FeedKind, FeedName, topic_feed


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedRules:
    """How one feed is shown: at most `limit` items, copies of one text once or not.

    Of copies shows that of the first of the sources to `prefer`, else the first seen.
    `description` is never empty.
    """

    name: FeedName
    title: str
    description: str
    content: ContentChoice
    limit: int
    collapse: bool
    prefer: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """Everything that feeds and pages need of the configuration.

    Topics come in the order of the file. `tag_titles` and `source_titles` are names
    for people, by slug. `content` is what the page of an article that can be read
    elsewhere shows of it.
    """

    addresses: Addresses
    content: ContentChoice
    topics: Mapping[str, FeedRules]
    tag_titles: Mapping[str, str]
    source_titles: Mapping[str, str]

    def rules_of(self, name: FeedName) -> FeedRules | None:
        """How a feed is shown, None if nothing of its name is configured."""
        match name.kind:
            case FeedKind.TOPIC:
                return self.topics.get(name.slug)


def build_edition(settings: Settings, *, base_url: str) -> Edition:
    """What these settings publish at a public address that ends in a slash."""
    return Edition(
        addresses=Addresses(base_url=base_url, authority=settings.publish.authority),
        content=settings.publish.content,
        topics={
            slug: _rules(slug, topic, settings.publish)
            for slug, topic in settings.topics.items()
        },
        tag_titles={slug: tag.title for slug, tag in settings.tags.items()},
        source_titles={
            slug: source.title or slug for slug, source in settings.sources.items()
        },
    )


def _rules(slug: str, topic: TopicSettings, shared: PublishSettings) -> FeedRules:
    return FeedRules(
        name=topic_feed(slug),
        title=topic.title,
        description=topic.description or topic.title,
        content=topic.content or shared.content,
        limit=topic.limit or shared.limit,
        collapse=topic.collapse == "duplicates",
        prefer=topic.prefer,
    )
