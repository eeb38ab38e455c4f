"""How alike two articles are."""

from __future__ import annotations

import pytest

from store.identify.gist import Gist, gist_of
from store.identify.similarity import TermCounts, similarity

BORDER = gist_of(
    "Mali and Algeria reopen the border",
    "After three years the crossing of Bordj opened to 40 trucks on Monday.",
    "en",
)
SAME_EVENT = gist_of(
    "Trucks cross again: the Bordj border is open",
    "Algeria let 40 trucks into Mali, the first since 2023.",
    "en",
)
OTHER_EVENT = gist_of(
    "Algeria beat Mali in the cup",
    "Two goals in the last minutes decided the match.",
    "en",
)
UNRELATED = gist_of("Rain expected in Tunis", "Showers until Friday evening.", "en")
ALL = (BORDER, SAME_EVENT, OTHER_EVENT, UNRELATED)


def seen(*gists: Gist) -> TermCounts:
    counts = TermCounts()
    for gist in gists:
        counts.add(gist.counts.keys())
    return counts


def test_an_article_is_like_itself() -> None:
    assert similarity(BORDER, BORDER, seen(*ALL).rarity) == pytest.approx(1)


def test_two_reports_of_an_event_are_more_alike_than_two_about_one_place() -> None:
    rarity = seen(*ALL).rarity

    told_again = similarity(BORDER, SAME_EVENT, rarity)
    elsewhere = similarity(BORDER, OTHER_EVENT, rarity)

    assert told_again > elsewhere > similarity(BORDER, UNRELATED, rarity)


def test_articles_without_a_word_in_common_are_not_alike() -> None:
    assert similarity(BORDER, UNRELATED, seen(*ALL).rarity) == 0


def test_a_shared_number_speaks_for_a_pair_and_a_different_one_against_it() -> None:
    rarity = seen(*ALL).rarity
    talks = [gist_of("Talks in Oran", f"{n} ministers", "en") for n in (12, 12, 15)]

    same, other = (similarity(talks[0], one, rarity) for one in talks[1:])

    assert same > other


def test_without_a_headline_the_words_decide() -> None:
    rarity = seen(*ALL).rarity
    text = gist_of("", "Trucks cross the border of Algeria and Mali.", "en")

    assert similarity(text, text, rarity) == pytest.approx(1)
    assert 0 < similarity(text, BORDER, rarity) < 1


def test_an_article_without_a_telling_word_is_like_no_other() -> None:
    empty = gist_of("On it", "", "en")

    assert similarity(empty, empty, seen(*ALL).rarity) == 0
    assert similarity(empty, BORDER, seen(*ALL).rarity) == 0


def test_a_rare_term_counts_more_than_a_common_one() -> None:
    counts = seen(*ALL)

    assert counts.rarity("bordj") > counts.rarity("algeria")
    assert counts.rarity("never") > counts.rarity("bordj")


def test_what_is_forgotten_is_as_if_never_seen() -> None:
    counts = seen(BORDER, SAME_EVENT)

    counts.remove(SAME_EVENT.counts.keys())

    assert [counts.rarity(term) for term in ("truck", "open")] == [
        seen(BORDER).rarity(term) for term in ("truck", "open")
    ]
