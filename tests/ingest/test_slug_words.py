from __future__ import annotations

import pytest

from ingest.formats.slug_words import title_from_address

TITLES = {
    "words between hyphens": ("/la-presse-du-jour", "La presse du jour"),
    "words between underscores": ("/la_presse_du_jour/", "La presse du jour"),
    "an ending": ("/news/la-presse-du-jour.html", "La presse du jour"),
    "an identifier behind": ("/la-presse-du-jour-1234567", "La presse du jour"),
    "an identifier before": ("/123456-la-presse-du-jour", "La presse du jour"),
    "an identifier of a part of its own": (
        "/la-presse-du-jour/12345",
        "La presse du jour",
    ),
    "an identifier in hexadecimal": ("/la-presse-1f2e3d4c5b", "La presse"),
    "an identifier with letters": ("/la-presse-a1234567", "La presse"),
    "a year stays": ("/elections-2026", None),
    "a year among words stays": ("/les-elections-2026", "Les elections 2026"),
    "Arabic, escaped": (
        "/%D8%A7%D9%84%D8%AC%D8%B3%D8%B1-%D9%8A%D9%81%D8%AA%D8%AD",
        "الجسر يفتح",
    ),
    "words that look hexadecimal": ("/facade-decade-defaced", "Facade decade defaced"),
    "a section": ("/politique/", None),
    "a section of two words, for want of better": (
        "/afrique-ouest/12345",
        "Afrique ouest",
    ),
    "nothing": ("/", None),
    "numbers alone": ("/2026/11/03-14-30", None),
    "a query says nothing": ("/?p=la-presse-du-jour", None),
}


@pytest.mark.parametrize(("path", "title"), TITLES.values(), ids=TITLES.keys())
def test_the_title_of(path: str, title: str | None) -> None:
    assert title_from_address(f"https://gazette.example{path}") == title


def test_what_is_no_address_has_no_title() -> None:
    assert title_from_address("https://[gazette/la-presse-du-jour") is None
