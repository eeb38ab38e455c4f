import subprocess
import sys

import pytest

from ingest.entry import FeedDocument
from ingest.normalise.language_guess import guess_languages, lacks_language
from ingest.source import LANGUAGES_OF_THE_BEAT
from tests.factories import make_entry

ITALIAN = (
    "Il presidente della Repubblica ha incontrato ieri a Roma i ministri degli esteri "
    "per una riunione sul tema delle migrazioni."
)


def document_of(*titles: str, language: str | None = None) -> FeedDocument:
    entries = tuple(
        make_entry(title=title, text="", language=language) for title in titles
    )
    return FeedDocument(title=None, language=None, entries=entries)


def guess(title: str, among: tuple[str, ...] = LANGUAGES_OF_THE_BEAT) -> str | None:
    (entry,) = guess_languages(document_of(title), among).entries
    return entry.language


GUESSES = {
    "a French headline": ("Maroc : ministres européens attendus lundi", "fr"),
    "an English headline": ("Ministers prepare next summit meeting", "en"),
    "a Spanish headline": ("Marruecos prepara cumbre africana en Tánger", "es"),
    "a Kabyle headline": ("Aselway yemlal ineɣlafen n tmurt", "kab"),
    "three words": ("Ministers prepare summit", None),
    "names alone": ("Karim Benzema Riyad Mahrez Achraf Hakimi", None),
    "a language nobody configured": (ITALIAN, None),
    "a text between two languages": ("Real Madrid Paris Match Final", None),
    "other letters": ("Министры встретились вчера в Танжере", None),
}


@pytest.mark.parametrize(("title", "language"), GUESSES.values(), ids=GUESSES.keys())
def test_a_headline_is_guessed_where_one_language_is_likely(
    title: str, language: str | None
) -> None:
    assert guess(title) == language


def test_a_text_that_came_later_shows_its_language() -> None:
    entry = make_entry(title="Rabat", text="الوزراء في الرباط", language=None)
    document = FeedDocument(title=None, language=None, entries=(entry,))

    (guessed,) = guess_languages(document, LANGUAGES_OF_THE_BEAT).entries

    assert guessed.language == "ar"


def test_a_configured_language_may_be_guessed() -> None:
    assert guess(ITALIAN, (*LANGUAGES_OF_THE_BEAT, "it")) == "it"


def test_none_is_guessed_where_the_model_knows_none_of_the_languages() -> None:
    assert guess("Ministers prepare next summit meeting", ("zgh",)) is None


def test_a_language_that_is_known_stays() -> None:
    document = document_of("Ministers prepare next summit meeting", language="fr")

    assert not lacks_language(document)
    assert guess_languages(document, LANGUAGES_OF_THE_BEAT) == document


def test_a_document_with_an_open_language_lacks_one() -> None:
    assert lacks_language(document_of("Ministers prepare next summit meeting"))
    assert not lacks_language(document_of())


def test_the_model_is_not_loaded_before_it_is_asked() -> None:
    program = (
        "import sys, ingest.poll, ingest.read, rekkas.cli\n"
        "assert not {'numpy', 'py3langid'} & set(sys.modules)"
    )

    subprocess.run([sys.executable, "-c", program], check=True)
