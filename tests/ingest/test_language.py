import pytest

from ingest.normalise.language import choose_language

ARABIC = "اتفق الوزراء على لقاء جديد في الرباط"

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
}


@pytest.mark.parametrize(("declared", "expected"), CHOICES.values(), ids=CHOICES.keys())
def test_declarations_have_an_order(
    declared: tuple[str | None, str | None, str | None], expected: str | None
) -> None:
    entry, source, document = declared

    chosen = choose_language(
        entry=entry, source=source, document=document, text="The ministers meet"
    )

    assert chosen == expected


SCRIPTS = {
    "Arabic declared French is Arabic": ("fr", ARABIC, "ar"),
    "Arabic without a declaration is Arabic": (None, ARABIC, "ar"),
    "Persian stays Persian": ("fa-IR", ARABIC, "fa"),
    "Moroccan Arabic stays itself": ("ary", ARABIC, "ary"),
    "French that quotes Arabic stays French": ("fr", f"Le titre {ARABIC[:6]}", "fr"),
    "digits and signs are no letters": (None, f"12345678 «{ARABIC[:4]}» !!!!!", "ar"),
    "half the letters are not more than half": ("en", "اب ab", "en"),
    "no letters say nothing": ("fr", "2026 : 1 - 0", "fr"),
    "no text says nothing": ("fr", "", "fr"),
}


@pytest.mark.parametrize(
    ("declared", "text", "expected"), SCRIPTS.values(), ids=SCRIPTS.keys()
)
def test_the_script_overrules_a_declaration_it_refutes(
    declared: str | None, text: str, expected: str | None
) -> None:
    chosen = choose_language(entry=None, source=declared, document=None, text=text)

    assert chosen == expected
