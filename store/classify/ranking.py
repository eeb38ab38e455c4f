"""How much an article says of what a search looked for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from store.article import Place, TagHit

_TITLE_WEIGHT = 3.0
_HALF_SAID = 2.0
"""So many hits in the text count half of what any number of them can count."""


def score(hits: Iterable[TagHit], text_length: int) -> float:
    """From 0, nothing, to 4; one hit in the title counts more than all of a text.

    The hits of a short text count more: it says less of other things.
    """
    counts = Counter(hit.place for hit in hits)
    in_title = _TITLE_WEIGHT * (counts[Place.TITLE] > 0)
    said = counts[Place.TEXT] * 2000 / (1000 + text_length)
    return in_title + said / (said + _HALF_SAID)
