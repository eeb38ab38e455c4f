import pytest

from ingest.normalise.scripts import Script, may_be_written, script_of

SCRIPTS = {
    "Latin": ("Réunion à Tanger", Script.LATIN),
    "Latin of Tamazight": ("ɣef tmurt", Script.LATIN),
    "Arabic": ("الرباط", Script.ARABIC),
    "Tifinagh": ("ⵔⵔⴱⴰⵟ", Script.TIFINAGH),
    "Cyrillic": ("Рабат", Script.OTHER),
    "as much of one as of another": ("Rab راب", Script.OTHER),
    "none": ("2026 — 1:0", Script.NONE),
    "nothing": ("", Script.NONE),
}


@pytest.mark.parametrize(("text", "script"), SCRIPTS.values(), ids=SCRIPTS.keys())
def test_the_script_of_a_text_is_that_of_most_letters(
    text: str, script: Script
) -> None:
    assert script_of(text) is script


WRITTEN = {
    "French": ("fr", {Script.LATIN}),
    "Arabic": ("ar", {Script.ARABIC}),
    "Tamazight": ("zgh", {Script.LATIN, Script.TIFINAGH}),
    "Russian": ("ru", {Script.OTHER}),
    "Serbian": ("sr", {Script.LATIN, Script.OTHER}),
    "Kurdish": ("ku", {Script.ARABIC, Script.LATIN, Script.OTHER}),
    "Wolof": ("wo", {Script.LATIN}),
}


@pytest.mark.parametrize(("language", "scripts"), WRITTEN.values(), ids=WRITTEN.keys())
def test_a_language_is_written_in_its_scripts(
    language: str, scripts: set[Script]
) -> None:
    written = {script for script in Script if may_be_written(language, script)}

    assert written == scripts | {Script.NONE}
