"""The vocabulary as the forms that are looked for in folded texts.

Turns settings into names; finding them is `tagging`.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from config.settings import NameSettings, TagSettings
from config.values import TagKind
from store.terms import BREAK, JOINT, fold, is_arabic

_ARTICLE, _TO_THE = "ال", "لل"
_SHORTEST_WITH_CLITICS = 3

EVERY_TAG = ""
"""The tag of the vetoes that are publishers' names: nothing counts within them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """One form of a name, folded, and when it counts.

    `language` is the only one in which it counts, None for every one. `letters` is
    what an exact name shows as published, else None. `near` holds the tags beside
    one of which it counts, and is empty for a firm name, which counts anywhere.
    `takes_clitics` where Arabic conjunction, preposition or article may precede it.
    A veto never counts itself: no name of its tag counts within it.
    """

    tag: str
    folded: str
    language: str | None = None
    letters: str | None = None
    near: frozenset[str] = frozenset()
    takes_clitics: bool = False
    is_veto: bool = False

    @property
    def pattern(self) -> str:
        """What to look for in a text with JOINT for BREAK and around it.

        Without a JOINT in front where clitics may stand there.
        """
        core = self.folded.replace(BREAK, JOINT) + JOINT
        return core if self.takes_clitics else JOINT + core


def written_letters(text: str) -> str:
    """The letters and digits of the text as published: what exact names compare."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text)))


def names_by_pattern(
    tags: Mapping[str, TagSettings], publisher_names: Iterable[str]
) -> dict[str, tuple[Name, ...]]:
    """Every name and veto of the vocabulary, by the pattern that finds it.

    A publisher whose whole name is the name of a tag vetoes nothing.
    """
    regions: dict[str | None, set[str]] = defaultdict(set)
    for slug, tag in tags.items():
        regions[tag.region].add(slug)
    found: dict[str, list[Name]] = defaultdict(list)
    for slug, tag in tags.items():
        region = regions[tag.region] if tag.region is not None else {slug}
        for name in _names_of(slug, tag, frozenset(region)):
            found[name.pattern].append(name)
    for publisher in publisher_names:
        for name in _vetoes((publisher,), tag=EVERY_TAG):
            if name.pattern not in found:
                found[name.pattern].append(name)
    return {pattern: tuple(names) for pattern, names in found.items()}


def _names_of(slug: str, tag: TagSettings, region: frozenset[str]) -> Iterator[Name]:
    """The names of one tag, and what keeps them from counting."""
    for language, names in tag.names.items():
        for name in names:
            is_bound = name.exact or tag.kind is TagKind.THEME
            for form in _forms(name.name, is_exact=name.exact):
                yield Name(
                    tag=slug,
                    folded=form,
                    language=language if is_bound else None,
                    letters=written_letters(name.name) if name.exact else None,
                    near=_context(name, slug, region),
                    takes_clitics=not name.exact and _takes_clitics(form),
                )
    yield from _vetoes(tag.never, tag=slug)


def _context(name: NameSettings, slug: str, region: frozenset[str]) -> frozenset[str]:
    """The tags beside which the name counts; the firm names of its own tag will do."""
    if name.near == "region":
        return region
    return frozenset((*name.near, slug)) if name.near else frozenset()


def _vetoes(phrases: Iterable[str], *, tag: str) -> Iterator[Name]:
    for phrase in phrases:
        for form in _forms(phrase):
            takes_clitics = _takes_clitics(form)
            yield Name(tag=tag, folded=form, takes_clitics=takes_clitics, is_veto=True)


def _takes_clitics(folded: str) -> bool:
    return len(folded) >= _SHORTEST_WITH_CLITICS and is_arabic(folded)


def _forms(written: str, *, is_exact: bool = False) -> tuple[str, ...]:
    """The name as texts show it, folded; none for a name without a letter.

    An indefinite Arabic phrase gets its definite form too, and the article its form
    after the preposition ل; what is merely put before a word is found without that.
    """
    folded = fold(written).text.strip(JOINT + BREAK)
    if is_exact or not is_arabic(folded):
        return (folded,) if folded else ()
    words = folded.split(JOINT)
    forms = [folded]
    if len(words) > 1 and not folded.startswith(_ARTICLE):
        forms.append(
            JOINT.join(_ARTICLE + word.removeprefix(_ARTICLE) for word in words)
        )
    forms += [
        _TO_THE + form.removeprefix(_ARTICLE)
        for form in forms
        if form.startswith(_ARTICLE)
    ]
    return tuple(forms)
