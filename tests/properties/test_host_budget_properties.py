from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.pace.host_budget import UNTOUCHED, after_request, ready_at

pytestmark = pytest.mark.property

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
DAY = timedelta(days=1)
gaps = st.lists(
    st.timedeltas(min_value=timedelta(0), max_value=timedelta(hours=9)), max_size=200
)


@given(gaps, st.integers(1, 50))
def test_no_day_holds_more_requests_than_its_budget(
    gaps: list[timedelta], daily_budget: int
) -> None:
    now, state, asked = NOW, UNTOUCHED, list[datetime]()
    for gap in gaps:
        now += gap
        if ready_at(state, daily_budget=daily_budget, now=now) is None:
            state = after_request(state, daily_budget=daily_budget, now=now)
            asked.append(now)

    for start in asked:
        assert sum(start <= one < start + DAY for one in asked) <= daily_budget


@given(gaps, st.integers(1, 50))
def test_a_host_is_ready_when_it_was_said_to_be(
    gaps: list[timedelta], daily_budget: int
) -> None:
    now, state = NOW, UNTOUCHED
    for gap in gaps:
        now += gap
        ready = ready_at(state, daily_budget=daily_budget, now=now)
        now = ready or now
        assert ready_at(state, daily_budget=daily_budget, now=now) is None
        state = after_request(state, daily_budget=daily_budget, now=now)
