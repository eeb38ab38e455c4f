import pytest

from ingest.normalise.page_canonical import canonical_of_page

PAGE = "https://www.gazette.example/news/a?id=7"


def head(*elements: str) -> str:
    return f"<!doctype html><head><title>A</title>{''.join(elements)}</head><p>Text"


def link(href: str, rel: str = "canonical") -> str:
    return f'<link rel="{rel}" href="{href}">'


FOLLOWED = {
    "an absolute one": link("https://www.gazette.example/news/a"),
    "a relative one": link("/news/a"),
    "on another host of the site": link("http://m.gazette.example/news/a/"),
    "with tracking": link("/news/a?utm_source=rss"),
    "among other relations": link("/news/a", rel="Shortlink Canonical"),
    "the same twice": link("/news/a") + link("https://gazette.example/news/a"),
    "from a base": '<base href="https://www.gazette.example/news/">' + link("a"),
    "beside an empty base": "<base>" + link("/news/a"),
    "beside one without an address": '<link rel="canonical">' + link("/news/a"),
}


@pytest.mark.parametrize("element", FOLLOWED.values(), ids=FOLLOWED.keys())
def test_what_a_page_declares_is_its_canonical_url(element: str) -> None:
    assert canonical_of_page(head(element), PAGE) == "https://gazette.example/news/a"


def test_a_front_page_may_be_its_own() -> None:
    html = head(link("https://gazette.example/"))

    assert canonical_of_page(html, "http://www.gazette.example/index.html") == (
        "https://gazette.example/"
    )


NOT_FOLLOWED = {
    "none": "",
    "an empty one": link(""),
    "two that differ": link("/news/a") + link("/news/b"),
    "the front page": link("/"),
    "the front page, spelt out": link("https://www.gazette.example/index.php"),
    "another publisher": link("https://other.example/news/a"),
    "a script": link("javascript:alert(1)"),
    "another relation": link("/news/a", rel="alternate"),
    "a relation that resembles it": link("/news/a", rel="canonical-wp"),
    "beyond the head": "</head><body>" + link("/news/a"),
    "in a body that is not opened": "<p>A comment</p>" + link("/news/a"),
    "in a comment": f"<!-- {link('/news/a')} -->",
    "in a script": f"<script>'{link('/news/a')}'</script>",
}


@pytest.mark.parametrize("element", NOT_FOLLOWED.values(), ids=NOT_FOLLOWED.keys())
def test_what_cannot_be_meant_is_not_followed(element: str) -> None:
    assert canonical_of_page(head(element), PAGE) is None


@pytest.mark.parametrize(
    "html", ["", "\0", "<", "no page", "<svg><link rel=canonical>"]
)
def test_any_text_is_a_page_without_one(html: str) -> None:
    assert canonical_of_page(html, PAGE) is None


def test_a_page_at_no_address_has_none() -> None:
    assert canonical_of_page(
        head(link("https://gazette.example/a")), "about:blank"
    ) is (None)
