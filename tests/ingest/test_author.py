from __future__ import annotations

import pytest

from ingest.formats.author import author_name, line_of_authors

AUTHORS = {
    "a name": ("Jane Doe", "Jane Doe"),
    "white space around a name": (" Jane Doe\n", "Jane Doe"),
    "an address": ("jane@paper.example", "jane@paper.example"),
    "an address in angle brackets": ("<jane@paper.example>", "jane@paper.example"),
    "as RSS asks for it": ("jane@paper.example (Jane Doe)", "Jane Doe"),
    "a name with brackets as RSS asks for it": ("j@p.example (Jane (2))", "Jane (2)"),
    "an address before the name": ("jane@paper.example Jane Doe", "Jane Doe"),
    "an address in brackets": ("Jane Doe (jane@paper.example)", "Jane Doe"),
    "as in a mail": ("Jane Doe <jane@paper.example>", "Jane Doe"),
    "a quoted name": ('"Doe, Jane" <jane@paper.example>', "Doe, Jane"),
    "an Arabic name": ("يحيى <yahya@paper.example>", "يحيى"),
    "brackets that hold no address": ("Smith & Sons (Ltd)", "Smith & Sons (Ltd)"),
    "a name on a network": ("Jane Doe (@jane)", "Jane Doe (@jane)"),
    "a name on a network alone": ("@jane", "@jane"),
    "several addresses": ("a@b.example, c@d.example", "a@b.example, c@d.example"),
    "far too long": ("@" * 300_000, "@" * 300_000),
    "nothing": (" ", ""),
}


@pytest.mark.parametrize(("words", "name"), AUTHORS.values(), ids=AUTHORS.keys())
def test_the_name_of(words: str, name: str) -> None:
    assert author_name(words) == name


LINES = {
    "two names": ([("Jane", "j@p.example"), ("Karim", "")], "Jane, Karim"),
    "a name twice": ([("Jane", "j@p.example"), ("Jane", "")], "Jane"),
    "an address beside a name": ([("", "j@p.example"), ("Karim", "")], "Karim"),
    "addresses alone": (
        [("", "j@p.example"), ("", "k@p.example")],
        "j@p.example, k@p.example",
    ),
    "an address in a name": (
        [("Jane (j@p.example)", ""), ("Karim", "")],
        "Jane, Karim",
    ),
    "nobody": ([("", ""), ("", "")], None),
}


@pytest.mark.parametrize(("authors", "line"), LINES.values(), ids=LINES.keys())
def test_the_line_of(authors: list[tuple[str, str]], line: str | None) -> None:
    assert line_of_authors(authors) == line
