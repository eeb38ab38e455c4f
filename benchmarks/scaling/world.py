"""What is asked of the service: sources, what they publish, and who reads."""

from __future__ import annotations

from dataclasses import dataclass, replace

SECONDS_A_DAY = 86_400.0


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """Sources and readers, by their means over a day.

    `rush` is how many times as much as in the mean hour is asked in the busiest one.
    `deaf` is the share of polls without news that bring a document all the same, from
    servers that do not know what they said last. `subscriptions` are readers times
    feeds, `visits` what each makes a day; of a hundred visits `fresh` find something
    new. There are `feeds`, and an article changes `topics` of them.
    """

    sources: int
    polls: float
    articles: float
    deaf: float
    rush: float
    subscriptions: int
    visits: float
    fresh: float
    feeds: int
    topics: float
    document_bytes: float
    exchange_bytes: float

    def grown(self, sources: int) -> World:
        """So many sources, with as many readers each; there are no more feeds."""
        subscriptions = self.subscriptions * sources // self.sources
        return replace(self, sources=sources, subscriptions=subscriptions)

    @property
    def polls_a_second(self) -> float:
        """In the mean hour."""
        return self.sources * self.polls / SECONDS_A_DAY

    @property
    def articles_a_second(self) -> float:
        """In the mean hour."""
        return self.sources * self.articles / SECONDS_A_DAY

    @property
    def documents_a_second(self) -> float:
        """Those that are read, in the mean hour: an article comes with a document."""
        with_news = min(self.articles, self.polls)
        each = with_news + self.deaf * (self.polls - with_news)
        return self.sources * each / SECONDS_A_DAY

    @property
    def visits_a_second(self) -> float:
        """Of readers, in the mean hour."""
        return self.subscriptions * self.visits / SECONDS_A_DAY

    @property
    def renderings_a_second(self) -> float:
        """A feed is made anew when it has changed and is asked for, once a second."""
        changes = self.articles_a_second * self.topics
        return min(changes, self.visits_a_second, float(self.feeds))
