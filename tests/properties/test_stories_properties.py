"""Similarity is symmetrical; stories depend on nothing but what was placed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.article import StoryId
from store.identify.gist import Gist, gist_of
from store.identify.similarity import TermCounts, similarity
from store.identify.stories import StoryIndex

pytestmark = pytest.mark.property

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
WORDS = ("Mali", "Algiers", "border", "40", "2026", "talks", "الجزائر", "مالي", "the")
phrases = st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join)
texts = st.lists(st.sampled_from(WORDS), max_size=60).map(" ".join)
gists = st.builds(gist_of, phrases, texts, st.sampled_from(["en", "fr", "ar", None]))
moments = st.integers(0, 100).map(lambda hours: NOON + timedelta(hours=hours))
arrivals = st.lists(st.tuples(gists, moments), max_size=20)


def place_all(arrived: list[tuple[Gist, datetime]]) -> tuple[StoryIndex, list[StoryId]]:
    """Let the articles arrive in order; an article that founds a story numbers it."""
    index = StoryIndex()
    stories: list[StoryId] = []
    for number, (gist, told_at) in enumerate(arrived):
        found = index.find(gist, told_at)
        story = StoryId(number) if found is None else found
        index.place(story, gist, told_at)
        stories.append(story)
    return index, stories


@given(st.lists(gists, max_size=5), gists, gists)
def test_similarity_is_symmetrical_and_between_0_and_1(
    stored: list[Gist], one: Gist, other: Gist
) -> None:
    counts = TermCounts()
    for gist in stored:
        counts.add(gist.counts.keys())

    alike = similarity(one, other, counts.rarity)

    assert 0 <= alike <= 1
    assert alike == similarity(other, one, counts.rarity)


@given(gists.filter(lambda gist: bool(gist.counts)))
def test_similarity_with_itself_is_1(gist: Gist) -> None:
    assert similarity(gist, gist, TermCounts().rarity) == pytest.approx(1)


@given(arrivals, gists, moments)
def test_an_index_filled_at_once_answers_as_one_filled_as_articles_arrived(
    arrived: list[tuple[Gist, datetime]], gist: Gist, told_at: datetime
) -> None:
    index, stories = place_all(arrived)

    filled = StoryIndex()
    for (placed, at), story in zip(arrived, stories, strict=True):
        filled.place(story, placed, at)

    assert filled.find(gist, told_at) == index.find(gist, told_at)


@given(arrivals, moments, gists, moments)
def test_what_was_forgotten_has_no_say_any_more(
    arrived: list[tuple[Gist, datetime]],
    silent_since: datetime,
    gist: Gist,
    told_at: datetime,
) -> None:
    index, stories = place_all(arrived)
    forgotten = index.forget(silent_since=silent_since)

    fresh = StoryIndex()
    for (placed, at), story in zip(arrived, stories, strict=True):
        if story not in forgotten:
            fresh.place(story, placed, at)

    assert fresh.find(gist, told_at) == index.find(gist, told_at)
    assert all(one not in index for one in forgotten)


@given(arrivals)
def test_what_arrives_later_moves_no_article(
    arrived: list[tuple[Gist, datetime]],
) -> None:
    _, stories = place_all(arrived)

    for count in range(len(arrived)):
        assert place_all(arrived[:count])[1] == stories[:count]
