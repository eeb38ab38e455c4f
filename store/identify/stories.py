"""Which story an article joins as it arrives: the live stories, and the decision.

Knows the stories that were told of late by the words of their articles. An article
joins one of them or founds its own, and stays: nothing is clustered anew. Where
stories are kept is the database's business; why it decides so, decision 0015's.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import NamedTuple

from ingest.entry import Precision
from store.article import StoryId
from store.identify.gist import Gist
from store.identify.similarity import TermCounts, similarity

LIVE_FOR = timedelta(days=3)
"""A story that nobody has told for so long is over: nothing joins it any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryRules:
    """How stories are told apart; the defaults are the ones chosen in decision 0015.

    `repeats` is how likely a word of an article is repeated from its story rather than
    new. `presumed_articles` and `presumed_stories` keep what few articles or stories
    show from counting as certain, and a word is held for no rarer than one in
    `rarest` stories. `doubt` is how much more must speak for a story the more of them
    there are to choose from. The odds that a story goes on fall by e in each
    `silence`. A word of the text counts `lead_weight` of a headline's. Two texts of
    one story are at least as alike as `least_similarity`.
    """

    repeats: float = 0.05
    presumed_articles: float = 3.0
    presumed_stories: float = 100.0
    rarest: float = 200.0
    doubt: float = 0.5
    silence: timedelta = timedelta(hours=8)
    lead_weight: float = 0.5
    least_similarity: float = 0.38


DEFAULT_RULES = StoryRules()

_TEXTS_OF_A_STORY = 3
"""An article is compared with the last of a story, since stories move on."""

_STORIES_COMPARED = 3
"""By their texts, the likeliest first; behind these the right one never was."""


@dataclass(slots=True, eq=False, kw_only=True)
class _Story:
    id: StoryId
    language: str | None
    last_told_at: datetime
    size: int = 0
    words: set[str] = field(default_factory=set)
    texts: deque[Gist] = field(default_factory=deque)


def decide_told_at(
    published_at: datetime | None, precision: Precision | None, *, now: datetime
) -> datetime:
    """When an article that is new by now told its story.

    One that bears the date of today alone may as well be of this moment, and one of
    tomorrow cannot be.
    """
    if published_at is None or published_at > now:
        return now
    is_dated = precision is not None and precision is not Precision.SECOND
    return now if is_dated and now - published_at < timedelta(days=1) else published_at


class _KnownWord(NamedTuple):
    """A word of an article, and how far it speaks for the stories that hold it."""

    holders: Mapping[_Story, float]
    weight: float
    telling: float
    most: float


class StoryIndex:
    """The stories that were told of late, found by the words of their articles.

    The same articles placed in the same order give the same answers, whether they
    were placed one by one over days or all at once after a start.
    """

    def __init__(self, rules: StoryRules = DEFAULT_RULES) -> None:
        self._rules = rules
        self._stories: dict[StoryId, _Story] = {}
        self._holders: dict[str, dict[_Story, float]] = {}
        self._terms = TermCounts()

    def __contains__(self, story_id: StoryId) -> bool:
        return story_id in self._stories

    def last_told_at(self, story_id: StoryId) -> datetime:
        """When a story that is known was told last."""
        return self._stories[story_id].last_told_at

    def find(self, gist: Gist, told_at: datetime) -> StoryId | None:
        """The story that an article tells which says this; None for a new one."""
        likely = sorted(
            (-score, story.id) for story, score in self._likely(gist, told_at)
        )
        for _, story_id in likely[:_STORIES_COMPARED]:
            if self._reads_alike(gist, self._stories[story_id]):
                return story_id
        return None

    def place(self, story_id: StoryId, gist: Gist, told_at: datetime) -> None:
        """Let an article that says this belong to the story, be it known or new."""
        story = self._stories.get(story_id)
        if story is None:
            story = _Story(id=story_id, language=gist.language, last_told_at=told_at)
            self._stories[story_id] = story
        story.size += 1
        story.last_told_at = max(story.last_told_at, told_at)
        for word, weight in self._weights(gist).items():
            holders = self._holders.setdefault(word, {})
            holders[story] = holders.get(story, 0.0) + weight
            story.words.add(word)
        if gist.has_text:
            self._keep_text(story, gist)

    def forget(self, *, silent_since: datetime) -> tuple[StoryId, ...]:
        """Let go of the stories last told before this moment, and say which."""
        over = [
            story
            for story in self._stories.values()
            if story.last_told_at < silent_since
        ]
        for story in over:
            self._drop(story)
        return tuple(story.id for story in over)

    def _likely(self, gist: Gist, told_at: datetime) -> Iterator[tuple[_Story, float]]:
        """The stories that likelier go on in the article than not, and how likely."""
        rules = self._rules
        weights = self._weights(gist)
        against = sum(weights.values()) * -math.log1p(-rules.repeats)
        against += rules.doubt * math.log1p(len(self._stories) / rules.presumed_stories)
        for story, support in self._support(weights, against).items():
            if support > against and _share_language(gist, story):
                silence = abs(told_at - story.last_told_at) / rules.silence
                if support - against > silence:
                    yield story, support - against - silence

    def _support(
        self, weights: Mapping[str, float], needed: float
    ) -> Mapping[_Story, float]:
        """How much the words speak for each story that may have more than is needed.

        A word does the more, the more articles of the story have it and the fewer
        other stories do. It is stories that are counted and not articles, or the
        names in a story that everybody tells would soon count for nothing.
        """
        support: dict[_Story, float] = {}
        known = self._known_words(weights)
        possible = math.fsum(word.most for word in known)
        for word in known:
            # The rarest first. What all words from here on may add is known, so the
            # commonest are followed only to stories that can still get enough.
            if possible > needed:
                self._count(word, word.holders, support)
            else:
                support = {
                    story: so_far
                    for story, so_far in support.items()
                    if so_far + possible > needed
                }
                self._count(word, support.keys() & word.holders.keys(), support)
            possible -= word.most
        return support

    def _count(
        self, word: _KnownWord, stories: Iterable[_Story], support: dict[_Story, float]
    ) -> None:
        """Add to each story's support what the word says for it."""
        for story in stories:
            share = word.holders[story] / (story.size + self._rules.presumed_articles)
            gained = word.weight * math.log1p(word.telling * share)
            support[story] = support.get(story, 0.0) + gained

    def _known_words(self, weights: Mapping[str, float]) -> list[_KnownWord]:
        """The words that any story has, those of the fewest stories first."""
        rules = self._rules
        odds = rules.repeats / (1 - rules.repeats)
        stories = len(self._stories) + rules.presumed_stories
        known = []
        for word, weight in weights.items():
            holders = self._holders.get(word)
            if holders:
                telling = odds * min(stories / (len(holders) + 1), rules.rarest)
                most = weight * math.log1p(telling)
                known.append(_KnownWord(holders, weight, telling, most))
        return sorted(known, key=_by_holders)

    def _weights(self, gist: Gist) -> Mapping[str, float]:
        """Each word that may speak for a story, in the order of the article."""
        return dict.fromkeys(gist.lead, self._rules.lead_weight) | dict.fromkeys(
            gist.headline, 1.0
        )

    def _reads_alike(self, gist: Gist, story: _Story) -> bool:
        """Whether the texts agree that the story is one, where both have a text."""
        if not gist.has_text or not story.texts:
            return True
        return any(
            similarity(gist, text, self._terms.rarity) >= self._rules.least_similarity
            for text in reversed(story.texts)
        )

    def _keep_text(self, story: _Story, gist: Gist) -> None:
        story.texts.append(gist)
        self._terms.add(gist.counts.keys())
        if len(story.texts) > _TEXTS_OF_A_STORY:
            self._terms.remove(story.texts.popleft().counts.keys())

    def _drop(self, story: _Story) -> None:
        del self._stories[story.id]
        for word in story.words:
            holders = self._holders[word]
            del holders[story]
            if not holders:
                del self._holders[word]
        for gist in story.texts:
            self._terms.remove(gist.counts.keys())


def _by_holders(word: _KnownWord) -> int:
    return len(word.holders)


def _share_language(gist: Gist, story: _Story) -> bool:
    """Stems of two languages are not comparable; an unknown one may be any."""
    return None in (gist.language, story.language) or gist.language == story.language
