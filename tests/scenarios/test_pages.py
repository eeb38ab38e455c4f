"""Pages that list articles, at times without any."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.scenarios.expectation import Expected, check
from tests.scenarios.play import Play, perform
from tests.scenarios.server import answer

PAGE = {"kind": "page", "selectors": {"item": "article"}}
RULES = {"/robots.txt": [answer(b"")]}


def page(body: str, tag: str) -> bytes:
    return answer(f"<html><body>{body}</body></html>".encode(), f"ETag: {tag}")


NOTHING = page("<p>Nothing today</p>", '"1"')
BLANK = page("<article></article>", '"1"')
LISTED = page("<article><h2><a href='/1'>Headline 1</a></h2></article>", '"2"')


EMPTY: dict[str, tuple[bytes, str]] = {
    "no article": (NOTHING, "selector 'article' finds nothing"),
    "articles of nothing": (BLANK, "no link and no title in any"),
}


@pytest.mark.parametrize(("empty", "words"), EMPTY.values(), ids=EMPTY)
async def test_a_page_is_asked_again_and_whole_that_has(
    empty: bytes, words: str
) -> None:
    play = Play(
        feed=[empty, empty, LISTED],
        elsewhere=RULES,
        source=PAGE,
        visits=3,
        every=timedelta(hours=6),
    )

    played = await perform(play)

    kinds = ("not_a_feed", "not_a_feed", "recorded")
    check(played, Expected(outcomes=kinds, titles=("Headline 1",)))
    assert not any("if-none-match" in one.headers for one in played.requests)
    assert [report["health"] for report in played.reports] == ["failing"] * 2 + ["ok"]
    assert words in played.reports[0]["failure"]["detail"]
