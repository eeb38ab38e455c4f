from dataclasses import replace

import pytest

from ingest.formats.tame_html import MOST_ELEMENTS
from ingest.normalise.full_text import (
    FullText,
    NoFullText,
    extract_full_text,
    with_full_text,
)
from tests.cost import measured
from tests.factories import make_entry
from tests.ingest.article_pages import ARABIC, ENGLISH, LANGUAGES, make_page
from tests.ingest.inertness import faults

URL = "https://gazette.example/articles/1?from=feed"
HTML = "text/html; charset=utf-8"


def extract(page: str | bytes, content_type: str | None = HTML) -> FullText:
    body = page if isinstance(page, bytes) else page.encode()
    found = extract_full_text(body, content_type=content_type, url=URL)
    assert isinstance(found, FullText), found
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_article_of_a_page_is_found(language: str) -> None:
    paragraphs = LANGUAGES[language]

    found = extract(make_page(*paragraphs, language=language))

    assert all(one in found.text.split("\n") for one in paragraphs)
    for elsewhere in ("Menu", "Neighbour", "comment", "Copyright", "steal", "tracking"):
        assert elsewhere not in found.text


def test_what_is_found_is_clean_html_with_absolute_addresses() -> None:
    found = extract(make_page(*ENGLISH))

    assert faults(found.html) == []
    assert '<img src="https://gazette.example/pictures/1.jpg"' in found.html
    assert '<a href="https://gazette.example/articles/map">the map</a>' in found.html
    assert f"<p>{ENGLISH[0]}</p>" in found.html


def test_the_base_that_a_page_names_is_where_addresses_start() -> None:
    page = make_page(*ENGLISH)
    based = page.replace("<title>", "<base href='//cdn.example/a/'><title>")
    spoilt = page.replace("<title>", "<base target=x href='javascript:x'><title>")

    assert 'href="https://cdn.example/a/map"' in extract(based).html
    assert 'href="https://gazette.example/articles/map"' in extract(spoilt).html


def test_the_charset_that_a_page_declares_is_used() -> None:
    page = make_page(*ARABIC, language="ar").replace("utf-8", "windows-1256")

    found = extract(page.encode("windows-1256"), "text/html")

    assert ARABIC[0] in found.text


def test_a_page_without_a_type_is_known_by_its_beginning() -> None:
    assert extract(make_page(*ENGLISH), content_type=None).text
    assert extract(f"<!-- a -->\n{make_page(*ENGLISH)}", content_type=" ").text


NO_PAGES = {
    "a file of another type": ("application/pdf", make_page(*ENGLISH)),
    "a text": ("text/plain", make_page(*ENGLISH)),
    "a file without a type": (None, "%PDF-1.7 and so on"),
    "a type that only begins like it": ("text/html5", make_page(*ENGLISH)),
}


@pytest.mark.parametrize(
    ("content_type", "body"), NO_PAGES.values(), ids=NO_PAGES.keys()
)
def test_what_is_no_page_is_not_read(content_type: str | None, body: str) -> None:
    found = extract_full_text(body.encode(), content_type=content_type, url=URL)

    assert found is NoFullText.NOT_A_PAGE


NOTHING = {
    "nothing": "",
    "an empty page": "<html><body></body></html>",
    "a page of scripts": "<html><body><script>write('text')</script></body></html>",
    "a page of menus": "<html><body><nav><a href=/>Home</a></nav></body></html>",
}


@pytest.mark.parametrize("page", NOTHING.values(), ids=NOTHING.keys())
def test_a_page_without_an_article_has_none(page: str) -> None:
    found = extract_full_text(page.encode(), content_type=HTML, url=URL)

    assert found is NoFullText.NOTHING_FOUND


HOSTILE = {
    "elements that are not closed": "<div>" * 100_000 + ENGLISH[0] * 5,
    "attributes": "<p " + " ".join(f"x{n}=''" for n in range(100_000)) + ">x",
    "attributes with brackets": (
        "<p " + " ".join(f'x{n}="<>"' for n in range(100_000)) + ">x"
    ),
    "formatting": "<p>" + "".join(f"<b id={n}>" for n in range(100_000)) + ENGLISH[0],
    "tables in tables": "<table><tr><td>" * 5_000 + ENGLISH[0] * 5,
    "ampersands": "<p>" + "&" * 1_000_000,
    "paragraphs": f"<p>{ENGLISH[0]}</p>" * MOST_ELEMENTS,
    "scripts that are not closed": "<script>" * 100_000,
}


@pytest.mark.parametrize("page", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_page_takes_little_time(page: str) -> None:
    with measured() as cost:
        found = extract_full_text(
            f"<html><body>{page}".encode(), content_type=HTML, url=URL
        )

    assert isinstance(found, NoFullText) or faults(found.html) == []
    assert cost.seconds < 10  # each takes less than two seconds on an idle machine


FOUND = FullText(html="<p>One two three.</p>", text="One two three.")


def test_the_text_of_the_page_takes_the_place_of_the_entrys() -> None:
    entry = make_entry(text="One.", content_html="<p>One.</p>", summary="Just one.")

    completed = with_full_text(entry, FOUND)

    assert completed == replace(
        entry, text="One two three.", content_html="<p>One two three.</p>"
    )


def test_an_entry_without_a_summary_gets_an_excerpt() -> None:
    entry = make_entry(text="", content_html="", summary="")

    completed = with_full_text(entry, FOUND)

    assert completed == replace(
        entry, text=FOUND.text, content_html=FOUND.html, summary="One two three."
    )


@pytest.mark.parametrize("text", ["One two three.", "One two three, and four."])
def test_a_page_that_says_no_more_changes_nothing(text: str) -> None:
    assert with_full_text(make_entry(text=text), FOUND) is NoFullText.SHORTER


HEADINGS = {
    "the title": ("<h1>A <b>First</b> talk</h1>\n<p>One.</p>", "<p>One.</p>"),
    "another heading": ("<h2>Rabat</h2><p>One.</p>", "<h2>Rabat</h2><p>One.</p>"),
    "the title further down": (
        "<p>One.</p><h1>A first talk</h1>",
        "<p>One.</p><h1>A first talk</h1>",
    ),
}


@pytest.mark.parametrize(("html", "expected"), HEADINGS.values(), ids=HEADINGS.keys())
def test_the_heading_that_is_the_entrys_title_goes(html: str, expected: str) -> None:
    entry = make_entry(title="A first talk", text="", content_html="")

    completed = with_full_text(entry, FullText(html=html, text="not read"))

    assert not isinstance(completed, NoFullText)
    assert completed.content_html == expected
