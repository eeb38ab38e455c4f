import pytest

from ingest.normalise.language import choose_language

ARABIC = "اتفق الوزراء على لقاء جديد في الرباط"
TIFINAGH = "ⴰⵏⵎⵓⵜⵜⴳ ⴰⵎⴰⵢⵏⵓ ⴳ ⵔⵔⴱⴰⵟ"
FRENCH = (
    "Les ministres des affaires étrangères se sont réunis mardi dans la capitale pour "
    "préparer le sommet. Selon un communiqué, ils ont évoqué la situation aux "
    "frontières et la coopération avec les pays voisins."
)
ENGLISH = (
    "The foreign ministers met on Tuesday in the capital to prepare the summit. They "
    "said that the situation at the borders and the cooperation with neighbouring "
    "countries had been discussed."
)
SPANISH = (
    "El presidente se reunió ayer en Madrid con los ministros para hablar de las "
    "fronteras. Según la nota difundida, el Gobierno quiere reforzar la cooperación "
    "con los socios africanos y apoyar una política común."
)
ITALIAN = (
    "Il presidente della Repubblica ha incontrato ieri a Roma i ministri degli esteri "
    "per una riunione sul tema delle migrazioni. Secondo la nota diffusa, il governo "
    "intende rafforzare la cooperazione con i partner africani."
)
KABYLE = (
    "Aselway n tigduda yemlal assa deg tmanaɣt d yineɣlafen akken ad mmeslayen ɣef "
    "tilisa. Ilmend n wayen i d-yusan deg ulɣu, adabu yebɣa ad yesnerni amwati akked "
    "tmura n Tefriqt."
)
BAMBARA = "Jamanakuntigi ye jɛkulu dɔ sigi sen kan Bamakɔ, ka ɲɛsin jamana lakanani ma."


def choose(
    text: str,
    *,
    entry: str | None = None,
    source: str | None = None,
    document: str | None = None,
) -> str | None:
    return choose_language(entry=entry, source=source, document=document, text=text)


# declared by the entry, configured for the source, declared by the document
CHOICES = {
    "the entry's own comes first": (("es", "fr", "en"), "es"),
    "the source's beats the document's": ((None, "fr", "en-US"), "fr"),
    "the document's where nothing else is said": ((None, None, "en-US"), "en"),
    "a region is dropped": (("fr-MA", None, None), "fr"),
    "an underscore parts as well": (("fr_MA", None, None), "fr"),
    "capitals and spaces": ((" FR ", None, None), "fr"),
    "three letters become two": (("fra", None, None), "fr"),
    "three letters that have no two": (("zgh", None, None), "zgh"),
    "an undetermined language is none": (("und", None, "fr"), "fr"),
    "a name is no subtag": (("French", None, "es"), "es"),
    "an empty declaration is none": (("", "", "fr"), "fr"),
    "nothing known": ((None, None, None), None),
    "what the script refutes gives way": (("ar", "fr", None), "fr"),
}


@pytest.mark.parametrize(("declared", "expected"), CHOICES.values(), ids=CHOICES.keys())
def test_declarations_have_an_order(
    declared: tuple[str | None, str | None, str | None], expected: str | None
) -> None:
    entry, source, document = declared

    chosen = choose("Tanger Rabat", entry=entry, source=source, document=document)

    assert chosen == expected


SCRIPTS = {
    "Arabic declared French is Arabic": ("fr", ARABIC, "ar"),
    "Arabic without a declaration is Arabic": (None, ARABIC, "ar"),
    "Persian stays Persian": ("fa-IR", ARABIC, "fa"),
    "Moroccan Arabic stays itself": ("ary", ARABIC, "ary"),
    "Tifinagh declared French is Tamazight": ("fr", TIFINAGH, "zgh"),
    "Tifinagh without a declaration is Tamazight": (None, TIFINAGH, "zgh"),
    "Tifinagh declared Tamazight stays itself": ("tzm", TIFINAGH, "tzm"),
    "French that quotes Arabic stays French": ("fr", f"Le titre {ARABIC[:6]}", "fr"),
    "digits and signs are no letters": (None, f"12345678 «{ARABIC[:4]}» !!!!!", "ar"),
    "half the letters are not more than half": ("en", "اب ab", None),
    "Russian declared French is not known": ("fr", "Министры встретились", None),
    "Russian stays Russian": ("ru", "Министры встретились", "ru"),
    "Latin letters declared Russian are not known": ("ru", "Tanger Rabat", None),
    "no letters say nothing": ("fr", "2026 : 1 - 0", "fr"),
    "no text says nothing": ("fr", "", "fr"),
}


@pytest.mark.parametrize(
    ("declared", "text", "expected"), SCRIPTS.values(), ids=SCRIPTS.keys()
)
def test_the_script_overrules_a_declaration_it_refutes(
    declared: str | None, text: str, expected: str | None
) -> None:
    assert choose(text, source=declared) == expected


TEXTS = {
    "French": (FRENCH, "fr"),
    "English": (ENGLISH, "en"),
    "Spanish": (SPANISH, "es"),
    "Kabyle": (KABYLE, "kab"),
    "Kabyle with Greek letters": (KABYLE.replace("ɣ", "γ"), "kab"),
    "a French headline": ("Le sommet des ministres et la presse", "fr"),
    "a headline of few function words": ("Ministers prepare next summit meeting", None),
    "a language without a table": (ITALIAN, None),
    "another, with a letter of Kabyle": (BAMBARA, None),
}


@pytest.mark.parametrize(("text", "expected"), TEXTS.values(), ids=TEXTS.keys())
def test_a_text_without_a_declaration_shows_its_language(
    text: str, expected: str | None
) -> None:
    assert choose(text) == expected


SHORT = ("Algérie Maroc Mali", "Le roi. La reine", "Breaking news", "Yennayer ameggaz")


@pytest.mark.parametrize("text", SHORT)
def test_three_words_are_not_enough(text: str) -> None:
    words = " ".join(text.split()[:3])

    assert choose(words) is None
    assert choose(words, document="fr") == "fr"


REFUTED = {
    "French declared English": (FRENCH, "en-US", "fr"),
    "English declared French": (ENGLISH, "fr", "en"),
    "Spanish declared French": (SPANISH, "fr", "es"),
    "Kabyle declared French": (KABYLE, "fr", "kab"),
    "French declared Arabic": (FRENCH, "ar", "fr"),
    "French declared German": (FRENCH, "de", "fr"),
}


@pytest.mark.parametrize(
    ("text", "declared", "expected"), REFUTED.values(), ids=REFUTED.keys()
)
def test_many_clear_words_refute_a_declaration(
    text: str, declared: str, expected: str
) -> None:
    assert choose(text, document=declared) == expected


STANDS = {
    "a short text": ("Les ministres préparent le sommet de mardi", "en"),
    "a text without function words": ("Tanger Rabat Alger Tunis " * 8, "en"),
    "a text half in another language": (FRENCH[:90] + ENGLISH[:90], "en"),
    "a neighbour of what the words show": (ITALIAN, "it"),
    "another Tamazight": (KABYLE, "zgh"),
    "a language without a table": (BAMBARA, "bm"),
}


@pytest.mark.parametrize(("text", "declared"), STANDS.values(), ids=STANDS.keys())
def test_a_declaration_stands_otherwise(text: str, declared: str) -> None:
    assert choose(text, source=declared) == declared


def test_between_declarations_that_differ_a_headline_decides() -> None:
    headline = "Les ministres et le sommet de Tanger"

    assert choose(headline, entry="en-US", source="fr") == "fr"
    assert choose(headline, entry="en-US") == "en"
