"""How much an article says of what a search looked for."""

from __future__ import annotations

from collections.abc import Mapping

from store.article import Place

_TITLE_WEIGHT = 3.0
_HALF_SAID = 2.0
"""So many hits in the text count half of what any number of them can count."""


def score(counts: Mapping[Place, int], text_length: int) -> float:
    """From 0, nothing, to 4, by the number of hits in each place.

    One hit in the title counts more than all of a text. The hits of a short text count
    more: it says less of other things.
    """
    in_title = _TITLE_WEIGHT * (counts.get(Place.TITLE, 0) > 0)
    said = counts.get(Place.TEXT, 0) * 2000 / (1000 + text_length)
    return in_title + said / (said + _HALF_SAID)
