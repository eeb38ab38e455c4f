"""What everybody begins with, to be compared with: TF-IDF and its cosine."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta

from benchmarks.telling.texts import Headline, Told
from store.terms import terms

Vector = Mapping[str, float]


def cosine(one: Vector, other: Vector) -> float:
    """The cosine of the angle between two vectors; 0 where one is empty."""
    shared = sum(weight * other.get(term, 0) for term, weight in one.items())
    lengths = _length(one) * _length(other)
    return shared / lengths if lengths else 0.0


def pair_cosines(pairs: Sequence[tuple[Told, Told]]) -> list[float]:
    """The cosine of each pair; documents are counted over all pairs."""
    texts = [tuple(Counter(terms(f"{one.title} {one.body}")) for one in pair)
             for pair in pairs]  # fmt: skip
    documents = Counter(term for pair in texts for text in pair for term in text)
    return [
        cosine(*(_weigh(text, documents, 2 * len(pairs)) for text in pair))
        for pair in texts
    ]


def cluster(
    headlines: Sequence[Headline], threshold: float, half_life_hours: float | None
) -> list[int]:
    """Each headline to the nearest centroid above the threshold, as they arrive.

    Documents are counted as they arrive too.
    """
    documents: Counter[str] = Counter()
    centroids: list[_Centroid] = []
    stories: list[int] = []
    for number, headline in enumerate(headlines):
        vector = _weigh(Counter(terms(headline.title)), documents, number)
        documents.update(vector.keys())
        scores = [
            one.cosine(vector) * one.decay(headline.published_at, half_life_hours)
            for one in centroids
        ]
        best = max(range(len(scores)), key=scores.__getitem__, default=None)
        if best is None or scores[best] < threshold:
            best = len(centroids)
            centroids.append(_Centroid())
        centroids[best].take(vector, headline.published_at)
        stories.append(best)
    return stories


class _Centroid:
    """The sum of a story's headlines, each of length 1."""

    def __init__(self) -> None:
        self._weights: defaultdict[str, float] = defaultdict(float)
        self._length = 0.0
        self._told_at = datetime.min.replace(tzinfo=UTC)

    def cosine(self, vector: Vector) -> float:
        shared = sum(
            weight * self._weights[term]
            for term, weight in vector.items()
            if term in self._weights
        )
        return shared / (self._length * _length(vector)) if shared else 0.0

    def decay(self, now: datetime, half_life_hours: float | None) -> float:
        if half_life_hours is None:
            return 1.0
        hours: float = (now - self._told_at) / timedelta(hours=1)
        return math.pow(0.5, hours / half_life_hours)

    def take(self, vector: Vector, at: datetime) -> None:
        length = _length(vector)
        for term, weight in vector.items():
            self._weights[term] += weight / length
        self._length = _length(self._weights)
        self._told_at = at


def _weigh(counts: Counter[str], documents: Counter[str], number: int) -> Vector:
    return {
        term: (1 + math.log(count)) * math.log((number + 2) / (documents[term] + 0.5))
        for term, count in counts.items()
    }


def _length(vector: Vector) -> float:
    return math.sqrt(sum(weight * weight for weight in vector.values()))
