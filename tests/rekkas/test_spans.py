from __future__ import annotations

from datetime import timedelta

import pytest

from rekkas.commands.spans import show_ahead, show_past, show_span
from tests.factories import NOW

SPANS = {
    "none at all": (timedelta(0), "0 s"),
    "less than none": (timedelta(seconds=-5), "0 s"),
    "a second and a half": (timedelta(seconds=1.5), "1 s"),
    "just below two minutes": (timedelta(seconds=119), "119 s"),
    "two minutes": (timedelta(minutes=2), "2 min"),
    "an hour and a half": (timedelta(minutes=90), "90 min"),
    "a day and a half": (timedelta(hours=36), "36 h"),
    "years": (timedelta(days=800), "800 d"),
}


@pytest.mark.parametrize("case", SPANS.values(), ids=SPANS)
def test_a_span_is_told_in_the_largest_unit_that_fits(
    case: tuple[timedelta, str],
) -> None:
    span, shown = case

    assert show_span(span) == shown


def test_what_is_due_is_due_now() -> None:
    assert show_ahead(NOW, now=NOW) == "now"
    assert show_ahead(NOW + timedelta(minutes=5), now=NOW) == "in 5 min"


def test_what_never_was_and_never_will_be_stays_nothing() -> None:
    assert show_past(None, now=NOW) is None
    assert show_ahead(None, now=NOW) is None
