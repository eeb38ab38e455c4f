"""What the operator publishes, with every default filled in.

Turns the settings into what selection and pages ask for; selects nothing itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from config.access_settings import AccessSettings
from config.search_settings import SearchSettings
from config.settings import PublishSettings, Settings
from config.topic_settings import MatchSettings, TopicSettings
from config.values import ContentChoice
from config.websub_settings import EMBEDDED
from publish.access import Access, build_access
from publish.addresses import Addresses
from publish.feed_name import FeedKind, FeedName, topic_feed
from store.once import Once


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedRules:
    """How one feed is shown: at most `limit` items, what says the same `once` or not.

    `description` is never empty. `first_name` is the one that its `tag:` URI keeps
    when it is renamed. `page_size` is how many items a page of its archive has, None
    for a feed without an archive. `access` says who may read a private feed, None lets
    everybody.
    """

    name: FeedName
    title: str
    description: str
    content: ContentChoice
    limit: int
    once: Once | None
    first_name: FeedName | None = None
    page_size: int | None = None
    access: Access | None = None

    @property
    def is_announced(self) -> bool:
        """Whether hubs are told of it: topics are, feeds of other kinds are polled."""
        return self.name.kind is FeedKind.TOPIC and self.access is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """Everything that feeds and pages need of the configuration.

    Topics come in the order of the file. `tag_titles` and `source_titles` are names
    for people, by slug. `content` is what the page of an article that can be read
    elsewhere shows of it, and the feeds that nobody configures one by one, of at most
    `limit` items. `successors` says what former names lead to. `languages`
    are those that sources are said to be in. `contact` is a mail or web address of the
    operator. `answers_questions` says that something answers searches and filters:
    files do not. `hubs` are the addresses of those that are told of feeds.
    """

    addresses: Addresses
    content: ContentChoice
    topics: Mapping[str, FeedRules]
    tag_titles: Mapping[str, str]
    source_titles: Mapping[str, str]
    digests: Mapping[str, FeedRules] = field(default_factory=dict)
    searches: Mapping[str, FeedRules] = field(default_factory=dict)
    successors: Mapping[FeedName, FeedName] = field(default_factory=dict)
    languages: frozenset[str] = frozenset()
    limit: int = 50
    has_health_feed: bool = False
    contact: str | None = None
    answers_questions: bool = True
    hubs: tuple[str, ...] = ()

    @property
    def open_topics(self) -> Mapping[str, FeedRules]:
        """The topics that everybody may read; lists name no others."""
        return _open(self.topics)

    @property
    def open_digests(self) -> Mapping[str, FeedRules]:
        """The digests that everybody may read, by their topics."""
        return _open(self.digests)

    @property
    def open_searches(self) -> Mapping[str, FeedRules]:
        """The saved searches that everybody may read."""
        return _open(self.searches)

    @property
    def announced(self) -> tuple[FeedName, ...]:
        """The feeds that hubs are told of, if there are any hubs."""
        return tuple(rules.name for rules in self.topics.values() if rules.is_announced)

    def hubs_of(self, name: FeedName) -> tuple[str, ...]:
        """The hubs at which news of a feed can be subscribed to."""
        return self.hubs if name in self.announced else ()

    def access_of(self, name: FeedName) -> Access | None:
        """Who may read a feed, None where everybody may."""
        rules = self.rules_of(name)
        return None if rules is None else rules.access

    def rules_of(self, name: FeedName) -> FeedRules | None:
        """How the feed of a topic, its digests or a search is shown; else None."""
        match name.kind:
            case FeedKind.TOPIC:
                return self.topics.get(name.slug)
            case FeedKind.DIGEST:
                return self.digests.get(name.slug)
            case FeedKind.SEARCH:
                return self.searches.get(name.slug)
            case _:
                return None


def _open(feeds: Mapping[str, FeedRules]) -> Mapping[str, FeedRules]:
    return {slug: rules for slug, rules in feeds.items() if rules.access is None}


def build_edition(settings: Settings, *, base_url: str) -> Edition:
    """What these settings publish at a public address that ends in a slash."""
    addresses = Addresses(base_url=base_url, authority=settings.publish.authority)
    return Edition(
        addresses=addresses,
        hubs=tuple(
            addresses.hub if hub == EMBEDDED else hub for hub in settings.websub.hub
        ),
        content=settings.publish.content,
        topics={
            slug: _topic_rules(slug, topic, settings.publish)
            for slug, topic in settings.topics.items()
        },
        successors={
            topic_feed(former): topic_feed(slug)
            for slug, topic in settings.topics.items()
            for former in topic.formerly
        },
        digests={
            slug: _digest_rules(_topic_rules(slug, topic, settings.publish), topic)
            for slug, topic in settings.topics.items()
            if topic.digest is not None
        },
        searches={
            slug: _search_rules(slug, search, settings.publish)
            for slug, search in settings.searches.items()
        },
        languages=frozenset(
            source.language for source in settings.sources.values() if source.language
        ),
        limit=settings.publish.limit,
        has_health_feed=settings.publish.health_feed,
        tag_titles={slug: tag.title for slug, tag in settings.tags.items()},
        source_titles={
            slug: source.title or slug for slug, source in settings.sources.items()
        },
        contact=settings.fetch.contact,
    )


def _topic_rules(slug: str, topic: TopicSettings, shared: PublishSettings) -> FeedRules:
    rules = _rules(topic_feed(slug), topic.title, topic, shared)
    if not topic.formerly:
        return rules
    return replace(rules, first_name=topic_feed(topic.formerly[0]))


def _digest_rules(rules: FeedRules, topic: TopicSettings) -> FeedRules:
    first = (rules.first_name or rules.name).slug
    return replace(
        rules,
        name=FeedName(FeedKind.DIGEST, rules.name.slug),
        first_name=FeedName(FeedKind.DIGEST, first),
        title=f"{rules.title}: {topic.digest} digest",
        page_size=None,
    )


def _search_rules(
    slug: str, search: SearchSettings, shared: PublishSettings
) -> FeedRules:
    name = FeedName(FeedKind.SEARCH, slug)
    return _rules(name, search.title or slug, search, shared)


def _rules(
    name: FeedName, title: str, match: MatchSettings, shared: PublishSettings
) -> FeedRules:
    limit = match.limit or shared.limit
    return FeedRules(
        name=name,
        title=title,
        description=match.description or title,
        content=match.content or shared.content,
        limit=limit,
        once=_once(match),
        # What no page has yet must fit into the feed: readers find it nowhere else.
        page_size=min(shared.archive_page, limit),
        access=_access(match.access),
    )


def _once(match: MatchSettings) -> Once | None:
    if match.collapse == "none":
        return None
    return Once(prefer=match.prefer, by_story=match.collapse == "stories")


def _access(settings: AccessSettings | None) -> Access | None:
    if settings is None:
        return None
    return build_access(settings.tokens, settings.users)
