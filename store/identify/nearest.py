"""Which articles are most like one: what its reader may want to read next."""

from __future__ import annotations

from collections.abc import Mapping

from store.article import ArticleId
from store.identify.gist import Gist
from store.identify.similarity import TermCounts, similarity

_WORTH_A_LOOK = 0.2
"""Of pairs less alike than this, people call nearly all unrelated."""


def nearest(
    gist: Gist, others: Mapping[ArticleId, Gist], *, most: int
) -> tuple[ArticleId, ...]:
    """Those of the others that are much like the article, at most so many.

    The most alike first, of equals the one stored last. Which words are rare is
    counted over all of them.
    """
    counts = TermCounts()
    for one in (gist, *others.values()):
        counts.add(one.counts.keys())
    alike = sorted(
        ((similarity(gist, other, counts.rarity), number)
         for number, other in others.items()),
        reverse=True,
    )  # fmt: skip
    return tuple(number for likeness, number in alike if likeness >= _WORTH_A_LOOK)[
        :most
    ]
