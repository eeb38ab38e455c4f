"""The language that a text most likely has, by the statistics of py3langid.

To import this module is to load the model, which takes a second and 80 MB: import it
where a text has to be guessed, for most services never meet one.
"""

from __future__ import annotations

from copy import copy
from functools import lru_cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

# The model knows no shame: of two languages to choose from it takes one for a text in
# a third. So the neighbours stand for election too, and winning, elect nobody.
_NEIGHBOURS = frozenset({"ca", "de", "it", "nl", "pt"})
_WON = 0.9

_MODEL = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def likeliest_language(text: str, among: frozenset[str]) -> tuple[str, float] | None:
    """The likeliest of these languages and its share of their likelihood, 0 to 1.

    None where the text is in none of them, or the model knows none.
    """
    ranking = _identifier(among | _NEIGHBOURS).rank(text)
    mine = [(language, share) for language, share in ranking if language in among]
    total = sum(share for _, share in mine)
    winner, likelihood = ranking[0]
    if not total or (winner not in among and likelihood >= _WON):
        return None
    language, share = mine[0]
    return language, share / total


@lru_cache(maxsize=16)
def _identifier(languages: frozenset[str]) -> LanguageIdentifier:
    """An identifier that chooses among those of the languages that it knows."""
    identifier = copy(_MODEL)
    identifier.set_languages(sorted(languages & set(identifier.labels)))
    return identifier
