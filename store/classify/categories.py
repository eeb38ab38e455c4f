"""The publisher's own categories as tags, where the operator says which mean which."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain

from store.article import Place, Strength, TagHit, TagMatch
from store.terms import terms

CategoryTags = Mapping[str, Mapping[tuple[str, ...], str]]
"""For each source, the tag of each of its categories, by the category's terms."""


def read_category_tags(written: Mapping[str, Mapping[str, str]]) -> CategoryTags:
    """What the operator wrote for each source; case and accents do not matter."""
    return {
        source: {terms(category): tag for category, tag in tags.items()}
        for source, tags in written.items()
        if tags
    }


def add_category_tags(
    tags: Iterable[TagMatch],
    categories: Sequence[str],
    meanings: Iterable[Mapping[tuple[str, ...], str]],
) -> tuple[TagMatch, ...]:
    """The tags with those of the categories, in the order of their slugs.

    What its publisher files under a category is about its tag. `meanings` are those
    of the sources that carried the article.
    """
    found = {match.tag: match for match in tags}
    for tag, hits in _hits(categories, meanings).items():
        words = found[tag].hits if tag in found else ()
        found[tag] = TagMatch(tag=tag, strength=Strength.ABOUT, hits=(*words, *hits))
    return tuple(found[tag] for tag in sorted(found))


def _hits(
    categories: Sequence[str], meanings: Iterable[Mapping[tuple[str, ...], str]]
) -> Mapping[str, Sequence[TagHit]]:
    hits: dict[str, list[TagHit]] = defaultdict(list)
    known = dict(chain.from_iterable(meaning.items() for meaning in meanings))
    start = 0
    for category in categories:
        end = start + len(category)
        tag = known.get(terms(category))
        if tag is not None:
            hits[tag].append(TagHit(place=Place.CATEGORY, start=start, end=end))
        start = end + 1
    return hits
