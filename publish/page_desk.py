"""Makes the pages that are no list of a feed's items: stories, sources, parts, about.

Asks the store and lets views and templates write; keeping what was made is the work
of `render`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Protocol

from publish.common_feeds import each_common_feed
from publish.edition import Edition, FeedRules
from publish.feed import TopicFeed
from publish.feed_name import FeedKind, FeedName
from publish.rendered import Rendered, build_rendered
from publish.selection import UPDATED_WHEN_EMPTY, select_feed
from publish.web.feed_groups import group_feeds
from publish.web.feed_view import describe_filter
from publish.web.pages import Pages
from publish.web.source_view import (
    ARRIVALS_SHOWN,
    describe_source,
    describe_source_page,
    latest_moment,
)
from publish.web.story_view import describe_story
from store.article import (
    EVERYTHING,
    Headline,
    Publication,
    SourceDossier,
    SourceReport,
    StoryId,
    TopicFilter,
    TopicPart,
)
from store.once import Once

PAGE = "text/html"


class PageSubjects(Protocol):
    """What pages ask of the store; raises StoreError when it cannot answer."""

    def find_story(self, story: StoryId) -> tuple[Headline, ...]:
        """The articles that told a story, in order of time; none where none is."""

    def topic_parts(self, topic: str) -> tuple[TopicPart, ...]:
        """How much the topic shows of each source in each language."""

    def filter_publications(
        self, topic: str, only: TopicFilter, *, limit: int, once: Once | None
    ) -> tuple[Publication, ...]:
        """The last of a part of a topic, every copy if `once` is None."""

    def source_reports(self, *, now: datetime) -> Mapping[str, SourceReport]:
        """Every source ever configured and how it fares, by slug."""

    def find_source(
        self, slug: str, *, now: datetime, arrivals: timedelta
    ) -> SourceDossier | None:
        """What is known of a source; None where it was never made known."""


class PageDesk:
    """Makes pages of one edition as the store is now, by its clock."""

    def __init__(
        self, edition: Edition, subjects: PageSubjects, clock: Callable[[], datetime]
    ) -> None:
        self._edition = edition
        self._subjects = subjects
        self._clock = clock
        self._pages = Pages(edition)

    def feed(
        self,
        feed: TopicFeed,
        only: TopicFilter = EVERYTHING,
        *,
        holder_query: str = "",
    ) -> Rendered:
        """The page of a feed, with the ways to narrow it where it is a topic's.

        The links to what is private with it get the query of who holds its secret.
        """
        is_topic = feed.name.kind is FeedKind.TOPIC
        parts = self._subjects.topic_parts(feed.name.slug) if is_topic else ()
        held = replace(feed, holder_query=holder_query)
        body = self._pages.feed(held, describe_filter(parts, only, held=holder_query))
        return _page(body, feed.updated_at)

    def narrowed(
        self, rules: FeedRules, only: TopicFilter, *, holder_query: str = ""
    ) -> Rendered:
        """The page of a topic with some of its articles only.

        A source that is asked for shows its copies of others, too.
        """
        once = rules.once if only.origin is None else None
        publications = self._subjects.filter_publications(
            rules.name.slug,
            only,
            limit=rules.limit,
            once=once,
        )
        feed = select_feed(rules, publications, self._edition)
        return self.feed(feed, only, holder_query=holder_query)

    def story(self, name: FeedName) -> Rendered | None:
        """The page of a story, None where there is none of this number."""
        story = StoryId(int(name.slug))
        headlines = self._subjects.find_story(story)
        if not headlines:
            return None
        view = describe_story(story, headlines)
        return _page(self._pages.story(view, name), view.updated_at)

    def feeds(self) -> Rendered:
        """The page of every feed, whatever is stored."""
        feeds = [
            *self._edition.open_searches.values(),
            *each_common_feed(self._edition),
        ]
        return _page(self._pages.feeds(group_feeds(feeds)), UPDATED_WHEN_EMPTY)

    def sources(self) -> Rendered:
        """The page of all configured sources, in the order of their titles."""
        reports = self._subjects.source_reports(now=self._clock())
        configured = self._edition.source_titles
        listed = sorted(
            (report for slug, report in reports.items() if slug in configured),
            key=lambda report: (report.title.casefold(), report.slug),
        )
        body = self._pages.sources(tuple(map(describe_source, listed)))
        return _page(body, latest_moment(one.last_polled_at for one in listed))

    def source(self, name: FeedName) -> Rendered | None:
        """The page of a source, None where the store does not know it yet."""
        now = self._clock()
        dossier = self._subjects.find_source(
            name.slug, now=now, arrivals=ARRIVALS_SHOWN
        )
        if dossier is None:
            return None
        view = describe_source_page(dossier, today=now.date())
        return _page(self._pages.source(view, name), view.updated_at)

    def about(self) -> Rendered:
        """The page about the service."""
        return _page(self._pages.about(), UPDATED_WHEN_EMPTY)


def _page(body: bytes, updated_at: datetime) -> Rendered:
    return build_rendered(body, last_modified=updated_at, media_type=PAGE)
