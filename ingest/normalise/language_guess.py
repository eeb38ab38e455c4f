"""Guesses the language of the entries that neither a declaration nor clear words told.

Apart from `language`, because the statistics it asks need more memory than a process
that reads documents may take.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from ingest.entry import Entry, FeedDocument
from ingest.normalise.function_words import latin_words, telling_words
from ingest.normalise.language import choose_language, language_sample
from ingest.normalise.scripts import TAMAZIGHT, Script, script_of

_TOO_FEW_WORDS = 3  # to guess from
_LIKELY = 0.7


def lacks_language(document: FeedDocument) -> bool:
    """Whether the language of an entry is open."""
    return any(entry.language is None for entry in document.entries)


def guess_languages(document: FeedDocument, among: Collection[str]) -> FeedDocument:
    """The document with the open languages guessed; None stays where none is likely."""
    languages = frozenset(among)
    entries = tuple(
        entry if entry.language else replace(entry, language=_guessed(entry, languages))
        for entry in document.entries
    )
    return replace(document, entries=entries)


def _guessed(entry: Entry, among: frozenset[str]) -> str | None:
    sample = language_sample(entry.title, entry.text)
    # The text may be the page's, which was not there when the entry was read.
    shown = choose_language(entry=None, source=None, document=None, text=sample)
    words = latin_words(sample)
    if shown or script_of(sample) is not Script.LATIN or len(words) <= _TOO_FEW_WORDS:
        return shown
    return _likely(sample, words, among)


def _likely(sample: str, words: list[str], among: frozenset[str]) -> str | None:
    from ingest.normalise.language_model import likeliest_language

    found = likeliest_language(sample, among)
    if found is None or found[1] < _LIKELY:
        return None
    # The model takes foreign names for Kabyle.
    is_stray = found[0] in TAMAZIGHT and not telling_words(words)["kab"]
    return None if is_stray else found[0]
