"""What tells an article from others: the telling terms of its title and text."""

from __future__ import annotations

import pytest

from store.identify.gist import gist_of

SENTENCE = "Mali and Algeria reopened their border on Monday after talks. "

TITLES: dict[str, tuple[str, str | None, tuple[str, ...]]] = {
    "common words are left out and the rest stemmed": (
        "The fishermen of Dakhla are on strike",
        "en",
        ("fishermen", "dakhla", "strike"),
    ),
    "French elisions are no words": (
        "L'Algérie et le Mali s'accordent",
        "fr",
        ("alger", "mal", "accordent"),
    ),
    "Arabic words lose article and conjunction": (
        "تونس والمغرب في قمم",
        "ar",
        ("تونس", "مغرب", "قمم"),
    ),
    "a language with a region has the words of the language": (
        "Vote in the Senate",
        "en-GB",
        ("vote", "senat"),
    ),
    "in an unknown language every word stands as it is": (
        "The Senate votes",
        None,
        ("the", "senate", "votes"),
    ),
    "a number of one figure counts, a letter does not": (
        "Group B: Mali 2, Niger 1",
        "en",
        ("group", "mali", "2", "niger", "1"),
    ),
}


@pytest.mark.parametrize("case", TITLES.values(), ids=TITLES)
def test_a_headline_is_its_telling_stems(
    case: tuple[str, str | None, tuple[str, ...]],
) -> None:
    title, language, headline = case

    assert gist_of(title, "", language).headline == headline


def test_a_text_that_begins_with_the_title_is_taken_from_behind_it() -> None:
    gist = gist_of("Border reopened", "Border reopened. Trucks wait.", "en")

    assert gist.text == ("truck", "wait")


def test_a_text_without_a_title_is_taken_whole() -> None:
    assert gist_of("", "Trucks wait.", "en").text == ("truck", "wait")


def test_a_long_text_counts_by_its_beginning() -> None:
    gist = gist_of("Border reopened", SENTENCE * 1_000, "en")

    assert len(gist.text) == 160


def test_a_teaser_is_no_text() -> None:
    assert not gist_of("Border reopened", SENTENCE, "en").has_text
    assert gist_of("Border reopened", SENTENCE * 5, "en").has_text


def test_terms_are_counted_in_title_and_text_together() -> None:
    gist = gist_of("Mali 2026", "Mali, 14 March. Mali!", "en")

    assert gist.counts["mali"] == 3
    assert gist.numbers == {"2026", "14"}


def test_the_lead_is_the_beginning_of_the_text() -> None:
    gist = gist_of("Border reopened", SENTENCE * 5, "en")

    assert gist.lead == gist.text[: len(gist.lead)]
    assert len(gist.lead) < len(gist.text)
