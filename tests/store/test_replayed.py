"""What changes about tags, in a few words."""

from __future__ import annotations

import pytest

from store.article import Place, Strength, TagHit, TagMatch
from store.replayed import describe_tags


def tag(name: str, strength: Strength, start: int = 0) -> TagMatch:
    hit = TagHit(place=Place.TEXT, start=start, end=start + 4)
    return TagMatch(tag=name, strength=strength, hits=(hit,))


MALI, MENTIONED = tag("mali", Strength.ABOUT), tag("mali", Strength.MENTIONS)

CASES: dict[str, tuple[list[TagMatch], list[TagMatch], str]] = {
    "a tag that came": ([], [MALI], "+about:mali"),
    "a tag that went": ([MENTIONED], [], "-mentions:mali"),
    "a tag that grew stronger": ([MENTIONED], [MALI], "+about:mali -mentions:mali"),
    "a tag that hits elsewhere": (
        [MALI],
        [tag("mali", Strength.ABOUT, start=9)],
        "other hits",
    ),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_a_change_of_tags_is_told(
    case: tuple[list[TagMatch], list[TagMatch], str],
) -> None:
    before, after, told = case

    assert describe_tags(before, after) == told
