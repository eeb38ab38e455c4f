import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from ingest.pace.forecast import expected_articles, forecast, minute_of
from ingest.pace.learning import NO_NEWS, News, learn, misses_articles
from ingest.pace.rhythm import Rhythm, add_articles, begin, pack, unpack

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)  # a Monday
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)


def watched(*published: datetime, since: datetime = NOW - 7 * DAY) -> Rhythm:
    """What is known now of a source that published at these times."""
    return add_articles(begin(since), published, now=NOW, expected=0.0)


def daily(hour: int, minute: int = 0, days: int = 28) -> list[datetime]:
    """Ten articles a day within ten minutes."""
    start = NOW.replace(hour=hour, minute=minute) - days * DAY
    return [start + day * DAY + n * MINUTE for day in range(days) for n in range(10)]


def test_articles_are_counted_by_hour_weekday_and_minute() -> None:
    rhythm = watched(NOW - MINUTE)

    assert rhythm.hours[11] == rhythm.weekdays[0] == pytest.approx(1, abs=1e-3)
    assert rhythm.minutes[11] == pytest.approx(1, abs=1e-3)
    assert rhythm.articles == pytest.approx(1, abs=1e-3)


def test_the_zone_of_a_time_does_not_matter() -> None:
    moment = NOW - MINUTE
    elsewhere = moment.astimezone(tz=None)

    assert watched(moment) == watched(elsewhere)


def test_counts_fade_by_half_in_three_weeks() -> None:
    rhythm = watched(NOW)

    later = add_articles(rhythm, (), now=NOW + 21 * DAY, expected=0.0)

    assert later.articles == pytest.approx(0.5)
    assert later.recent == pytest.approx(0.5**21)


def test_an_article_counts_the_same_whenever_it_is_learnt() -> None:
    early = add_articles(watched(NOW), (), now=NOW + 9 * DAY, expected=0.0)
    late = add_articles(watched(), [NOW], now=NOW + 9 * DAY, expected=0.0)

    assert early.hours == pytest.approx(late.hours)
    assert early.recent == pytest.approx(late.recent)
    assert early.days == pytest.approx(late.days)


def test_a_clock_that_went_back_teaches_nothing() -> None:
    rhythm = watched(NOW - HOUR)

    assert add_articles(rhythm, [NOW], now=NOW, expected=0.0) == rhythm


def test_a_rhythm_is_known_after_a_day() -> None:
    assert not watched(since=NOW - 20 * HOUR).is_known
    assert watched(since=NOW - 26 * HOUR).is_known


def test_a_rhythm_survives_the_store_and_is_small_there() -> None:
    rhythm = replace(watched(*daily(8, 30)), window=20, expected=12.5)

    stored = json.dumps(pack(rhythm))

    assert len(stored) < 700
    assert pack(unpack(json.loads(stored))) == pack(rhythm)
    assert unpack(json.loads(stored)).hours == pytest.approx(rhythm.hours, abs=1e-4)


def test_the_rate_is_that_of_the_hour_and_the_mean_is_kept() -> None:
    expected = forecast(watched(*daily(8), since=NOW - 28 * DAY))
    midnight = minute_of(NOW.replace(hour=0))
    hours = [expected.around(midnight + hour * 60) * 60 for hour in range(24)]

    assert hours[8] == max(hours)
    assert hours[8] > 10 * hours[20]
    assert sum(expected.hours) == pytest.approx(24)


def test_a_source_without_articles_is_expected_to_publish_less_and_less() -> None:
    rates = [forecast(watched(since=NOW - days * DAY)).rate for days in (0, 1, 9)]

    assert rates == sorted(rates, reverse=True)
    assert rates[0] == pytest.approx(1 / 1440)


def test_minutes_count_only_where_they_differ_by_more_than_chance() -> None:
    punctual = forecast(watched(*daily(8, 30)))
    evenly = [NOW - 7 * n * MINUTE for n in range(1, 400)]

    assert punctual.minutes[6] > 3
    assert set(forecast(watched(*evenly)).minutes) == {1.0}


def test_busy_days_are_expected_to_go_on() -> None:
    rhythm = replace(watched(*daily(8)), expected=10.0)

    busy = forecast(replace(rhythm, recent=40.0)).rate
    calm = forecast(replace(rhythm, recent=0.0)).rate

    assert busy == pytest.approx(calm * 9)


def test_what_habits_let_expect_adds_up() -> None:
    rhythm = watched(*daily(8), since=NOW - 28 * DAY)

    a_day = expected_articles(rhythm, now=NOW + DAY)
    a_month = expected_articles(rhythm, now=NOW + 30 * DAY)

    # Ten a day, those of the morning faded by some hours.
    assert 7 < a_day < 10
    assert a_day < a_month < 20


def test_the_first_document_is_learnt_from_its_oldest_article_on() -> None:
    published = tuple(NOW - n * HOUR for n in range(1, 10))

    rhythm = learn(None, News(published=published, window=9), now=NOW)

    assert rhythm.days == pytest.approx(9 / 24, rel=0.01)
    assert rhythm.articles == pytest.approx(9, rel=0.02)
    assert rhythm.window == 9


def test_an_article_pinned_for_years_does_not_hide_the_rhythm() -> None:
    published = (*(NOW - n * HOUR for n in range(1, 25)), NOW - 900 * DAY)

    rhythm = learn(None, News(published=published, window=25), now=NOW)

    assert rhythm.articles / rhythm.days == pytest.approx(24, rel=0.1)


def test_a_first_document_without_times_teaches_only_its_size() -> None:
    rhythm = learn(None, News(published=(None, None), window=2), now=NOW)

    assert (rhythm.articles, rhythm.days, rhythm.window) == (0, 0, 2)


def test_an_article_without_a_time_came_half_way() -> None:
    before = watched()

    news = News(published=(None, NOW - 9 * DAY), window=20)
    rhythm = learn(before, news, now=NOW + 6 * HOUR)

    assert rhythm.hours[15] == pytest.approx(2, rel=0.01)


def test_silence_keeps_the_size_of_the_document() -> None:
    before = replace(watched(), window=20)

    assert learn(before, NO_NEWS, now=NOW + HOUR).window == 20


def test_time_whose_articles_are_gone_was_not_watched() -> None:
    before = replace(watched(), window=3)
    published = tuple(NOW + 9 * DAY - n * HOUR for n in range(1, 4))

    rhythm = learn(before, News(published=published, window=3), now=NOW + 9 * DAY)

    assert rhythm.days - before.days < 0.2
    assert rhythm.articles == pytest.approx(3, rel=0.01)


def test_nothing_is_learnt_from_a_lost_window_without_times() -> None:
    before = replace(watched(), window=3)

    rhythm = learn(before, News(published=(None,) * 3, window=3), now=NOW + DAY)

    assert rhythm.articles == 0


MISSES = {
    "all of a full document is new": (20, 20, 20, True),
    "one entry is known": (20, 19, 20, False),
    "the document is emptier than it was": (20, 5, 5, False),
    "the document is fuller than it was": (20, 30, 30, True),
    "a document of one entry is no window": (1, 1, 1, False),
    "nobody knows how full it was": (0, 20, 20, False),
    "nothing came": (20, 0, 0, False),
}


@pytest.mark.parametrize(
    ("before", "new", "window", "is_missed"), MISSES.values(), ids=MISSES.keys()
)
def test_misses_articles(before: int, new: int, window: int, is_missed: bool) -> None:
    rhythm = replace(watched(), window=before)

    news = News(published=(None,) * new, window=window)

    assert misses_articles(rhythm, news) is is_missed


def test_a_first_document_misses_nothing() -> None:
    assert not misses_articles(None, News(published=(None,) * 20, window=20))
