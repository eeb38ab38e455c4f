"""Which story an article joins as it arrives."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from ingest.entry import Precision
from store.article import StoryId
from store.identify.gist import Gist, gist_of
from store.identify.stories import LIVE_FOR, StoryIndex, decide_told_at

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
BORDER = (
    "Mali and Algeria reopen their border",
    "Algeria and Mali: border reopens after three years",
    "Trucks cross the reopened border of Mali and Algeria",
)
HARBOUR = "Dakhla harbour: fishermen strike over quotas"
CROSSING = (
    "The crossing of Bordj opened on Monday to forty trucks loaded with dates and "
    "cement. Officers stamped passports by hand while drivers waited under tents. "
    "Both ministers shook hands and promised a second crossing by next summer."
)
MATCH = (
    "Goals by Diallo and Traore in stoppage time sent the visitors home. The keeper "
    "saved two penalties and the stadium of Bamako sang until midnight. Next week the "
    "team plays the winners of Monday's other quarter final in Dakar."
)


def headline(title: str, language: str | None = "en") -> Gist:
    return gist_of(title, "", language)


def tell(
    index: StoryIndex, gist: Gist, at: datetime = NOON, *, number: int = 1
) -> StoryId:
    """Let an article join the story it tells, or found the one of its number."""
    found = index.find(gist, at)
    story = StoryId(number) if found is None else found
    index.place(story, gist, at)
    return story


def test_the_first_article_of_an_event_founds_a_story() -> None:
    assert StoryIndex().find(headline(BORDER[0]), NOON) is None


def test_another_report_of_the_event_joins_its_story() -> None:
    index = StoryIndex()

    stories = [tell(index, headline(title), number=n) for n, title in enumerate(BORDER)]

    assert stories == [0, 0, 0]


def test_another_event_founds_another_story() -> None:
    index = StoryIndex()

    tell(index, headline(BORDER[0]), number=1)

    assert tell(index, headline(HARBOUR), number=2) == 2


def test_of_two_stories_the_likelier_is_joined() -> None:
    index = StoryIndex()
    tell(index, headline(HARBOUR), number=1)
    tell(index, headline(BORDER[0]), number=2)

    assert tell(index, headline(BORDER[2]), number=3) == 2


def test_between_equal_stories_the_older_is_joined() -> None:
    index = StoryIndex()
    for number in (7, 4):
        index.place(StoryId(number), headline(BORDER[0]), NOON)

    assert index.find(headline(BORDER[0]), NOON) == 4


def test_after_a_long_silence_the_same_words_are_another_story() -> None:
    index = StoryIndex()
    tell(index, headline(HARBOUR))

    assert index.find(headline(HARBOUR), NOON + timedelta(hours=1)) == 1
    assert index.find(headline(HARBOUR), NOON + LIVE_FOR) is None


def test_an_article_dated_before_its_story_is_judged_by_the_same_distance() -> None:
    index = StoryIndex()
    tell(index, headline(HARBOUR))

    assert index.find(headline(HARBOUR), NOON - timedelta(hours=1)) == 1
    assert index.find(headline(HARBOUR), NOON - LIVE_FOR) is None


def test_a_late_article_does_not_make_its_story_older() -> None:
    index = StoryIndex()
    tell(index, headline(BORDER[0]), NOON)
    tell(index, headline(BORDER[1]), NOON - timedelta(hours=8))

    assert index.forget(silent_since=NOON) == ()


def test_texts_of_two_events_part_articles_with_the_words_of_one_headline() -> None:
    index = StoryIndex()
    tell(index, gist_of("Algeria and Mali meet at last", CROSSING, "en"))

    match = gist_of("Mali beat Algeria when the two meet", MATCH, "en")

    assert index.find(match, NOON) is None


def test_texts_of_one_event_join() -> None:
    index = StoryIndex()
    tell(index, gist_of(BORDER[0], CROSSING, "en"))

    assert index.find(gist_of(BORDER[1], CROSSING, "en"), NOON) == 1


def test_a_headline_without_a_text_joins_a_story_of_texts() -> None:
    index = StoryIndex()
    tell(index, gist_of(BORDER[0], CROSSING, "en"))

    assert index.find(headline(BORDER[1]), NOON) == 1


def test_a_story_is_compared_by_its_last_texts() -> None:
    index = StoryIndex()
    story = StoryId(1)
    match = gist_of("Mali beat Algeria by the border", MATCH, "en")
    index.place(story, match, NOON)

    before = index.find(match, NOON)
    for title in BORDER:
        index.place(story, gist_of(title, CROSSING, "en"), NOON)

    assert before == story
    assert index.find(match, NOON) is None


def test_articles_of_two_languages_tell_two_stories() -> None:
    index = StoryIndex()
    tell(index, headline("Titanfall Xbox Microsoft", "en"))

    assert index.find(headline("Titanfall Xbox Microsoft", "fr"), NOON) is None
    assert index.find(headline("Titanfall Xbox Microsoft", None), NOON) == 1


def test_with_many_stories_to_choose_from_one_rare_word_is_not_enough() -> None:
    index = StoryIndex()
    tell(index, headline("Zerhoun olives bottled"))
    another = headline("Zerhoun pensioners marry")
    among_few = index.find(another, NOON)
    for number in range(2, 2_000):
        name = f"place{number} event{number}"
        index.place(StoryId(number), headline(name), NOON)

    assert among_few == 1
    assert index.find(another, NOON) is None
    assert index.find(headline("Zerhoun olives bottled"), NOON) == 1


def test_common_words_are_followed_to_the_stories_that_rare_words_found() -> None:
    index = StoryIndex()
    for number in range(400):
        index.place(StoryId(number), headline(f"Report on place{number}"), NOON)
    tell(index, headline("Zerhoun olives: report of a harvest"), number=400)

    assert index.find(headline("Report: Zerhoun harvest of olives"), NOON) == 400
    assert index.find(headline("Report of reports"), NOON) is None


def test_a_story_is_forgotten_when_it_is_silent() -> None:
    index = StoryIndex()
    tell(index, gist_of(BORDER[0], CROSSING, "en"), NOON, number=1)
    tell(index, headline(HARBOUR), NOON + timedelta(hours=1), number=2)

    assert index.forget(silent_since=NOON + timedelta(hours=1)) == (1,)
    assert StoryId(1) not in index
    assert index.find(gist_of(BORDER[0], CROSSING, "en"), NOON) is None
    assert index.find(headline(HARBOUR), NOON) == 2


def test_words_that_a_forgotten_story_shared_are_kept_for_the_others() -> None:
    index = StoryIndex()
    index.place(StoryId(1), headline(BORDER[0]), NOON)
    index.place(StoryId(2), headline(BORDER[1]), NOON + timedelta(hours=1))

    index.forget(silent_since=NOON + timedelta(hours=1))

    assert index.find(headline(BORDER[1]), NOON) == 2


PUBLISHED: dict[str, tuple[datetime | None, Precision | None, datetime]] = {
    "an article without a date tells its story now": (None, None, NOON),
    "a time of the future is not believed": (
        NOON + timedelta(hours=1),
        Precision.SECOND,
        NOON,
    ),
    "a time of before is the article's": (
        NOON - timedelta(hours=5),
        Precision.SECOND,
        NOON - timedelta(hours=5),
    ),
    "the date of today says nothing of the hour": (
        NOON - timedelta(hours=12),
        Precision.DAY,
        NOON,
    ),
    "an older date counts": (
        NOON - timedelta(days=2),
        Precision.DAY,
        NOON - timedelta(days=2),
    ),
}


@pytest.mark.parametrize("case", PUBLISHED.values(), ids=PUBLISHED)
def test_when_a_story_is_told(
    case: tuple[datetime | None, Precision | None, datetime],
) -> None:
    published_at, precision, told_at = case

    assert decide_told_at(published_at, precision, now=NOON) == told_at
