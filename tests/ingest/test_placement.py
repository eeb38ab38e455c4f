from itertools import pairwise

import pytest

from ingest.pace.forecast import Forecast
from ingest.pace.placement import Bounds, place_poll

EVEN_HOURS, EVEN_DAYS, EVEN_MINUTES = [1.0] * 24, [1.0] * 7, [1.0] * 12


def expect(
    *,
    a_day: float,
    hours: list[float] = EVEN_HOURS,
    minutes: list[float] = EVEN_MINUTES,
) -> Forecast:
    return Forecast(a_day / 1440, hours, EVEN_DAYS, minutes)


def bounds(
    *,
    patience: float = 60.0,
    shortest: float = 5.0,
    longest: float = 1440.0,
    most_articles: float = 1e9,
) -> Bounds:
    return Bounds(
        patience=patience,
        shortest=shortest,
        longest=longest,
        most_articles=most_articles,
    )


@pytest.mark.parametrize("a_day", [2, 10, 48, 200])
def test_an_even_source_is_polled_by_the_square_root_rule(a_day: int) -> None:
    wait = place_poll(expect(a_day=a_day), 0, bounds())

    assert wait == pytest.approx((2 * 60 * 1440 / a_day) ** 0.5, rel=0.15)


def test_the_bounds_are_kept() -> None:
    assert place_poll(expect(a_day=9999), 0, bounds(shortest=60)) == 60
    assert place_poll(expect(a_day=0.001), 0, bounds(longest=300)) <= 300
    assert place_poll(expect(a_day=1), 0, bounds(shortest=90, longest=90)) == 90


def polls_of_a_day(expected: Forecast) -> list[float]:
    moment, polls = 0.0, []
    while moment < 1440:
        moment += place_poll(expected, moment, bounds(patience=10))
        polls.append(moment)
    return polls


def test_polls_gather_where_articles_do() -> None:
    hours = [0.0] * 8 + [2.4] * 10 + [0.0] * 6

    polls = polls_of_a_day(expect(a_day=48, hours=hours))

    by_day = [poll for poll in polls if 480 < poll <= 1090]
    assert len(by_day) >= len(polls) - 2
    assert all(later - earlier < 120 for earlier, later in pairwise(by_day))


def test_a_poll_comes_after_the_minutes_at_which_a_job_publishes() -> None:
    minutes = [0.0] * 3 + [12.0] + [0.0] * 8  # from 15 to 20 past the hour

    polls = polls_of_a_day(expect(a_day=24, minutes=minutes))

    assert sum(20 <= poll % 60 <= 30 for poll in polls) >= 0.8 * len(polls)


def test_no_more_articles_are_waited_for_than_may_wait() -> None:
    one_an_hour = expect(a_day=24)

    wait = place_poll(one_an_hour, 0, bounds(patience=10_000, most_articles=3))

    assert 120 <= wait <= 180


def test_the_fewest_articles_do_not_break_the_shortest_wait() -> None:
    wait = place_poll(expect(a_day=999), 0, bounds(shortest=60, most_articles=1))

    assert wait == 60
