from __future__ import annotations

import pytest

from config.new_source import NewSource, block_lines, choose_slugs, flow_entry

SOURCE = NewSource(
    slug="paper",
    keys={
        "title": "The paper",
        "categories": ("News/Maghreb", "Press"),
        "selectors": {"item": "li > a"},
    },
)


def test_a_source_is_written_as_a_block() -> None:
    assert block_lines(SOURCE, indent=2, step=4) == (
        "  paper:",
        '      title: "The paper"',
        '      categories: ["News/Maghreb", "Press"]',
        '      selectors: {item: "li > a"}',
    )


def test_a_source_is_written_in_one_line() -> None:
    assert flow_entry(SOURCE) == (
        'paper: {title: "The paper", categories: ["News/Maghreb", "Press"], '
        'selectors: {item: "li > a"}}'
    )


@pytest.mark.parametrize("slug", ["off", "no", "2026", "1-2", "-"])
def test_a_slug_that_yaml_would_misread_is_quoted(slug: str) -> None:
    source = NewSource(slug=slug, keys={})

    assert block_lines(source, indent=0, step=2) == (f'"{slug}":',)
    assert flow_entry(source) == f'"{slug}": {{}}'


SLUGS = {
    "from the title": ("Ya Biladi", "https://x.example/", "ya-biladi"),
    "without accents": ("L'Économiste", "https://x.example/", "l-economiste"),
    "in whole words": (
        "La voix de la Tunisie profonde et de ses régions oubliées",
        "https://x.example/",
        "la-voix-de-la-tunisie-profonde-et-de-ses",
    ),
    "cut, where it is one long word": ("x" * 70, "https://x.example/", "x" * 40),
    "from the host, where the title has other letters": (
        "هسبريس",
        "https://www.hespress.com/feed",
        "hespress",
    ),
    "from the host, where the title is a number": (
        "2026",
        "https://fr.le360.ma/rss",
        "fr-le360",
    ),
    "from the host behind feeds": (None, "https://feeds.example.org/x", "example"),
    "from a host of one word": (None, "http://localhost:8080/feed", "localhost"),
    "from the host's number": (None, "http://127.0.0.1/feed", "127-0-0"),
    "from nothing": ("!", "https://[::1]/", "1"),
    "from less than that": ("!", "mailto:", "source"),
}


@pytest.mark.parametrize(("title", "url", "slug"), SLUGS.values(), ids=SLUGS.keys())
def test_a_slug_is_made(title: str | None, url: str, slug: str) -> None:
    assert choose_slugs([(title, url)], taken=()) == (slug,)


def test_each_source_gets_a_slug_of_its_own() -> None:
    names = [("News", "https://x.example/")] * 3

    assert choose_slugs(names, taken=["news", "news-3"]) == (
        "news-2",
        "news-4",
        "news-5",
    )


def test_ten_thousand_equal_titles_get_ten_thousand_slugs() -> None:
    slugs = choose_slugs([("News", "https://x.example/")] * 10_000, taken=())

    assert len(set(slugs)) == 10_000
