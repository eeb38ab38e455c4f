"""The vocabulary as the forms that are looked for in folded texts.

Turns settings into names; finding them is `tagging`.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum

from config.tag_settings import BoilerplateSettings, NameSettings, TagSettings
from config.values import TagKind
from store.terms import BREAK, JOINT, fold, is_arabic

_ARTICLE, _TO_THE = "ال", "لل"
_SHORTEST_WITH_CLITICS = 3

EVERY_TAG = ""
"""The tag of vetoes that are publishers' names: nothing counts within them."""


class Role(Enum):
    """What it says of an article that a form stands in its text."""

    NAME = "name"
    """The article has the tag."""
    VETO = "veto"
    """No name of the tag counts within it."""
    CONTEXT = "context"
    """Names that list it mean something else."""
    OPENING = "opening"
    """What follows on the line leads to other articles."""
    SENTENCE = "sentence"
    """The sentence was written by a machine."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """One form of a name, folded, and when it counts.

    `language` is the only one in which it counts, None for every one. `letters` is
    what an exact name shows as published, else None. `near` holds the tags beside
    one of which it counts, and is empty for a firm name, which counts anywhere.
    `unless` holds the contexts that show another meaning: of a common word only near
    them, of a proper name in the whole article. `takes_clitics` where Arabic
    conjunction, preposition or article may precede it.
    """

    tag: str
    folded: str
    role: Role = Role.NAME
    language: str | None = None
    letters: str | None = None
    near: frozenset[str] = frozenset()
    unless: frozenset[str] = frozenset()
    is_common: bool = False
    takes_clitics: bool = False

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
    tags: Mapping[str, TagSettings],
    publisher_names: Iterable[str],
    boilerplate: BoilerplateSettings,
) -> dict[str, tuple[Name, ...]]:
    """Every form of the vocabulary, by the pattern that finds it.

    A publisher whose whole name is the name of a tag vetoes nothing.
    """
    found: dict[str, list[Name]] = defaultdict(list)
    for name in _names_of_tags(tags):
        found[name.pattern].append(name)
    for publisher in (*boilerplate.names, *publisher_names):
        for name in _phrase(publisher, Role.VETO):
            if name.pattern not in found:
                found[name.pattern].append(name)
    for name in _other_phrases(tags, boilerplate):
        found[name.pattern].append(name)
    return {pattern: tuple(names) for pattern, names in found.items()}


def _names_of_tags(tags: Mapping[str, TagSettings]) -> Iterator[Name]:
    """The names of every tag, and the phrases that are not the tag."""
    regions: dict[str | None, set[str]] = defaultdict(set)
    for slug, tag in tags.items():
        regions[tag.region].add(slug)
    for slug, tag in tags.items():
        region = regions[tag.region] if tag.region is not None else {slug}
        for language, names in tag.names.items():
            for name in names:
                near = _context(name, slug, frozenset(region))
                is_theme = tag.kind is TagKind.THEME
                yield from _forms_of_name(name, slug, language, near, is_theme)
        for phrase in tag.never:
            yield from _phrase(phrase, Role.VETO, tag=slug)


def _forms_of_name(
    name: NameSettings, slug: str, language: str, near: frozenset[str], is_theme: bool
) -> Iterator[Name]:
    unless = frozenset(form for phrase in name.unless for form in _forms(phrase))
    for form in _forms(name.name, is_exact=name.exact):
        yield Name(
            tag=slug,
            folded=form,
            language=language if name.exact or is_theme else None,
            letters=written_letters(name.name) if name.exact else None,
            near=near,
            unless=unless,
            is_common=is_theme and not name.exact,
            takes_clitics=not name.exact and _takes_clitics(form),
        )


def _context(name: NameSettings, slug: str, region: frozenset[str]) -> frozenset[str]:
    """The tags beside which the name counts; the firm names of its own tag will do."""
    if name.near == "region":
        return region
    return frozenset((*name.near, slug)) if name.near else frozenset()


def _other_phrases(
    tags: Mapping[str, TagSettings], boilerplate: BoilerplateSettings
) -> Iterator[Name]:
    """What other meanings and machines are known by, each once."""
    contexts = {
        phrase
        for tag in tags.values()
        for names in tag.names.values()
        for name in names
        for phrase in name.unless
    }
    by_role = {
        Role.CONTEXT: sorted(contexts),
        Role.OPENING: boilerplate.openings,
        Role.SENTENCE: boilerplate.sentences,
    }
    for role, phrases in by_role.items():
        forms = (form for phrase in phrases for form in _phrase(phrase, role))
        yield from dict.fromkeys(forms)


def _phrase(written: str, role: Role, *, tag: str = EVERY_TAG) -> Iterator[Name]:
    for form in _forms(written):
        takes_clitics = _takes_clitics(form)
        yield Name(tag=tag, folded=form, role=role, takes_clitics=takes_clitics)


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
