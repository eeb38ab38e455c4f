"""How well stories were told apart, and how well a likeness agrees with people's."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryScores:
    """B-cubed precision, recall and their harmonic mean; the adjusted Rand index."""

    f1: float
    ari: float
    precision: float
    recall: float
    stories: int


def score_stories(found: Sequence[Hashable], true: Sequence[Hashable]) -> StoryScores:
    """Compare the stories that articles were put into with those they belong to."""
    both, founds, trues = (
        Counter(zip(found, true, strict=True)),
        Counter(found),
        Counter(true),
    )
    precision = sum(n * n / founds[ours] for (ours, _), n in both.items()) / len(found)
    recall = sum(n * n / trues[theirs] for (_, theirs), n in both.items()) / len(found)
    return StoryScores(
        f1=2 * precision * recall / (precision + recall),
        ari=_adjusted_rand(both, founds, trues),
        precision=precision,
        recall=recall,
        stories=len(founds),
    )


def _adjusted_rand(
    both: Counter[tuple[Hashable, Hashable]],
    founds: Counter[Hashable],
    trues: Counter[Hashable],
) -> float:
    """How many pairs agree beyond those that would by chance (Hubert and Arabie).

    1 where there was nothing to be mistaken about.
    """
    ours, theirs = _pairs(founds), _pairs(trues)
    expected = ours * theirs / math.comb(founds.total(), 2)
    most = (ours + theirs) / 2
    if most == expected:
        return 1.0
    return (_pairs(both) - expected) / (most - expected)


def _pairs(sizes: Counter[Hashable] | Counter[tuple[Hashable, Hashable]]) -> int:
    return sum(math.comb(size, 2) for size in sizes.values())


def pearson(ours: Sequence[float], theirs: Sequence[float]) -> float:
    """How closely two series go together: 1 for a line upwards."""
    mean_ours, mean_theirs = sum(ours) / len(ours), sum(theirs) / len(theirs)
    pairs = list(zip(ours, theirs, strict=True))
    common = sum((x - mean_ours) * (y - mean_theirs) for x, y in pairs)
    spread_ours = sum((x - mean_ours) ** 2 for x in ours)
    spread_theirs = sum((y - mean_theirs) ** 2 for y in theirs)
    return common / math.sqrt(spread_ours * spread_theirs)
