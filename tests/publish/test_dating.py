"""Which dates of publishers feeds repeat."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from publish.dating import believed_date, changed_date, has_wrong_date, shown_date
from publish.notes import note_text
from tests.publish.factories import SEEN_AT, make_article, make_item

EARLIER = SEEN_AT - timedelta(days=2)
BELIEVED = {
    "a date of the past": EARLIER,
    "the first day of 1990": datetime(1990, 1, 1, tzinfo=UTC),
    "the moment it was seen": SEEN_AT,
    "a clock that is ten minutes fast": SEEN_AT + timedelta(minutes=10),
}
WRONG = {
    "a date before there were feeds": datetime(1970, 1, 1, tzinfo=UTC),
    "local time that is told for UTC": SEEN_AT + timedelta(hours=1),
    "tomorrow": SEEN_AT + timedelta(days=1),
}


@pytest.mark.parametrize("moment", BELIEVED.values(), ids=BELIEVED)
def test_a_date_that_can_be_is_repeated(moment: datetime) -> None:
    article = make_article(published_at=moment)

    assert believed_date(article) == shown_date(article) == moment
    assert not has_wrong_date(article)


@pytest.mark.parametrize("moment", WRONG.values(), ids=WRONG)
def test_for_one_that_cannot_be_stands_when_the_article_was_seen(
    moment: datetime,
) -> None:
    article = make_article(published_at=moment)

    assert believed_date(article) is None
    assert shown_date(article) == SEEN_AT
    assert has_wrong_date(article)


def test_an_article_without_a_date_has_no_wrong_one() -> None:
    article = make_article(published_at=None)

    assert believed_date(article) is None
    assert not has_wrong_date(article)


CHANGED: dict[str, tuple[dict[str, Any], datetime]] = {
    "when we saw it revised": ({"revised_at": SEEN_AT, "updated_at": EARLIER}, SEEN_AT),
    "else when the publisher says so": (
        {"updated_at": SEEN_AT, "published_at": EARLIER},
        SEEN_AT,
    ),
    "unless that cannot be": (
        {"updated_at": SEEN_AT + timedelta(hours=5), "published_at": EARLIER},
        EARLIER,
    ),
    "else when it was published": ({"published_at": EARLIER}, EARLIER),
    "else when it was first seen": ({"published_at": None}, SEEN_AT),
}


@pytest.mark.parametrize(("changes", "expected"), CHANGED.values(), ids=CHANGED)
def test_an_article_changed(changes: dict[str, Any], expected: datetime) -> None:
    article = make_article(7, **changes)

    assert changed_date(article) == expected.replace(microsecond=7)


def test_an_item_says_that_its_date_cannot_be_right() -> None:
    item = make_item(published_at=None, has_wrong_date=True, first_seen_at=SEEN_AT)

    assert note_text(item) == (
        "The publisher gives a date that cannot be right; first seen on "
        "23 November 2026, 08:30 UTC."
    )
