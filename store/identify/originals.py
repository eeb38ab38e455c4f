"""Which article a text is a copy of, among those that share values of its sketch.

Where in doubt both are kept: of two thresholds the stricter holds, a source's own
texts must be alike as a whole, and a short text within a long one counts only where
it is a good part of it or has its title.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from store.article import ArticleId
from store.identify.near_duplicates import Likeness, Wording, compare

_LEAST_SHARED = 3
"""Values of two sketches that make comparing the texts worth it."""
_MOST_COMPARED = 8
_NUMBERS_KEPT = 0.8
"""Reports of one template keep hardly any number; typists change hardly any."""
MOST_HOLDERS = 20
"""Articles that a value is kept for; what more of them say is boilerplate."""
_TITLES_OF_ONE_TEXT = 2
"""Under so many titles a source repeats a text; one that it gives to more articles
asks readers to subscribe."""
_SMALLEST_PART = 0.2
"""A round-up holds each of its articles whole, yet is a copy of none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DuplicateRules:
    """How alike copies must be, and whose article is the original.

    A threshold is the share of a text that the other has, None where nothing that the
    source carries is called a copy. Sources in `prefer` go before all others, the
    first of them first.
    """

    threshold: float | None = 0.8
    by_source: Mapping[str, float | None] = field(default_factory=dict)
    prefer: tuple[str, ...] = ()

    def threshold_between(self, one: str, other: str) -> float | None:
        """The stricter of two sources' thresholds, None where either is off."""
        mine, others = self._threshold_of(one), self._threshold_of(other)
        return None if mine is None or others is None else max(mine, others)

    def is_off(self, source: str) -> bool:
        """Whether nothing that the source carries is a copy or has one."""
        return self._threshold_of(source) is None

    def rank(self, source: str) -> int:
        """The lower, the rather the source's article is the original."""
        return self.prefer.index(source) if source in self.prefer else len(self.prefer)

    def _threshold_of(self, source: str) -> float | None:
        return self.by_source.get(source, self.threshold)


USUAL_RULES = DuplicateRules()


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleText:
    """What an article says, and who said it; `title` is normalised."""

    article_id: ArticleId
    carrier: str
    origin: str
    title: str
    wording: Wording


@dataclass(frozen=True, slots=True, kw_only=True)
class Root:
    """The original that an article leads to, itself included, and its carrier."""

    article_id: ArticleId
    carrier: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Copied:
    """An article says what another says; `share` is how much of it.

    The one that is to be the original is in `original`; of the other, `copy`, every
    copy is a copy of that original from now on.
    """

    copy: ArticleId
    original: ArticleId
    share: float

    @property
    def reason(self) -> str:
        """Why the one is a copy, for people."""
        return "same text" if self.share == 1 else f"{self.share:.1%} of the text"


def share_in_common(
    one: ArticleText, other: ArticleText, rules: DuplicateRules
) -> float | None:
    """How much of one text the other says, None where neither is a copy."""
    threshold = rules.threshold_between(one.carrier, other.carrier)
    if threshold is None or one.wording.is_short or other.wording.is_short:
        return None
    likeness = compare(one.wording, other.wording)
    if likeness.numbers < _NUMBERS_KEPT:
        return None
    share = _relevant_share(one, other, likeness)
    return share if share >= threshold else None


def _relevant_share(one: ArticleText, other: ArticleText, likeness: Likeness) -> float:
    """A source's own texts share its boilerplate; only as a whole are they alike."""
    is_part = likeness.size >= _SMALLEST_PART or one.title == other.title
    if is_part and not _is_of_one_source(one, other):
        return likeness.containment
    return likeness.jaccard


def _is_of_one_source(one: ArticleText, other: ArticleText) -> bool:
    """Whether the same publisher says both in the same place."""
    return (one.carrier, one.origin) == (other.carrier, other.origin)


class Originals:
    """The articles that share values with the texts of a document, and its own.

    Filled from what is stored; each text that is looked for is known from then on, so
    that copies within one document are found too.
    """

    def __init__(self, rules: DuplicateRules) -> None:
        self._rules = rules
        self._holders: defaultdict[int, list[ArticleId]] = defaultdict(list)
        self._texts: dict[ArticleId, ArticleText] = {}
        self._roots: dict[ArticleId, Root] = {}

    def note(self, value: int, article_id: ArticleId) -> None:
        """Know that the article's sketch has the value."""
        self._holders[value].append(article_id)

    def put(self, text: ArticleText, root: Root) -> None:
        """Know an article's text and its original."""
        self._texts[text.article_id] = text
        self._roots[text.article_id] = root

    def worth_comparing(self, text: ArticleText) -> list[ArticleId]:
        """The other articles whose sketches share most with the text's."""
        shared = Counter(
            holder
            for value in text.wording.sketch
            for holder in self._holders.get(value, ())
            if holder != text.article_id
        )
        ranked = sorted(shared.items(), key=lambda each: (-each[1], each[0]))
        return [one for one, count in ranked if count >= _LEAST_SHARED][:_MOST_COMPARED]

    def find(self, text: ArticleText) -> Copied | None:
        """Whose copy the article is, or who becomes its copy; None for neither.

        Of several originals it belongs to the preferred one, else the first seen.
        """
        alike = self._alike(text)
        if self._is_boilerplate(text, alike):
            return None
        found = [(self._roots[other], share) for other, share in alike.items()]
        if not found:
            return None
        root, share = min(found, key=self._precedence)
        if root.article_id == text.article_id:
            return None
        is_preferred = self._rules.rank(text.carrier) < self._rules.rank(root.carrier)
        pair = (root.article_id, text.article_id)
        copy, original = pair if is_preferred else reversed(pair)
        return Copied(copy=copy, original=original, share=share)

    def learn(self, text: ArticleText, copied: Copied | None) -> None:
        """Know from now on what the article says, and what was found of it."""
        for value in text.wording.sketch:
            self.note(value, text.article_id)
        self.put(text, Root(article_id=text.article_id, carrier=text.carrier))
        if copied is not None:
            original = self._roots[copied.original]
            for one, root in self._roots.items():
                if root.article_id == copied.copy:
                    self._roots[one] = original

    def values_to_keep(self, wording: Wording) -> frozenset[int]:
        """The values of the sketch that still tell texts apart.

        One that many articles have is boilerplate. Later ones are not kept under it:
        so no value costs more to look up than `MOST_HOLDERS`.
        """
        return frozenset(
            value
            for value in wording.sketch
            if len(self._holders.get(value, ())) < MOST_HOLDERS
        )

    def _alike(self, text: ArticleText) -> dict[ArticleId, float]:
        """The articles that it has a text in common with, and how much of it."""
        others = self.worth_comparing(text)
        shares = {
            other: share_in_common(text, self._texts[other], self._rules)
            for other in others
        }
        return {other: share for other, share in shares.items() if share is not None}

    def _is_boilerplate(self, text: ArticleText, alike: Iterable[ArticleId]) -> bool:
        """Whether the source gives the text to each article that it tells little of."""
        own = (self._texts[other] for other in alike)
        titles = {one.title for one in own if _is_of_one_source(one, text)}
        return len(titles | {text.title}) > _TITLES_OF_ONE_TEXT

    def _precedence(self, found: tuple[Root, float]) -> tuple[int, ArticleId]:
        root, _ = found
        return self._rules.rank(root.carrier), root.article_id
