"""Which articles are most like one."""

from __future__ import annotations

from store.article import ArticleId
from store.identify.gist import gist_of
from store.identify.nearest import nearest

BORDER = gist_of("Mali and Algeria reopen the border", "", "en")
OTHERS = {
    ArticleId(number): gist_of(title, "", "en")
    for number, title in enumerate(
        (
            "Rain expected in Tunis",
            "Border of Mali and Algeria: trucks wait",
            "Algeria and Mali open their border again",
            "Border of Mali and Algeria: trucks wait",
        )
    )
}


def test_the_most_alike_come_first_and_of_equals_the_latest() -> None:
    assert nearest(BORDER, OTHERS, most=5) == (2, 3, 1)


def test_no_more_are_named_than_wanted() -> None:
    assert nearest(BORDER, OTHERS, most=1) == (2,)


def test_what_is_hardly_alike_is_not_named() -> None:
    assert nearest(gist_of("Vote in Dakar", "", "en"), OTHERS, most=5) == ()
