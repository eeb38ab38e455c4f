import pytest

from ingest.normalise.leftovers import without_leftovers

EMPTY = {
    "a paragraph": ("<p>a</p><p></p><p>b</p>", "<p>a</p><p>b</p>"),
    "a paragraph of spaces": ("<p>&nbsp; \u200b</p><p>b</p>", "<p>b</p>"),
    "a paragraph of a line break": ("<p><br></p><p>b</p>", "<p>b</p>"),
    "what is left empty by what it held": (
        '<div class="a"><ul><li><a href="/"></a></li></ul></div>b',
        "b",
    ),
    "spaces between words": ("a<b> </b>b<i>&nbsp;</i>c<u></u>d", "a b cd"),
    "a line break between words": ("a<b><br></b>b", "a<b><br></b>b"),
    "a paragraph with a picture": ('<p><img src="a"></p>', '<p><img src="a"></p>'),
    "a cell": (
        "<table><tr><td></td></tr></table>",
        "<table><tr><td></td></tr></table>",
    ),
    "an end without its start": ("a</p><p></p>", "a</p>"),
    "an end of another": ("<p><b></p></b>a", "<p><b></p></b>a"),
}


@pytest.mark.parametrize(("html", "expected"), EMPTY.values(), ids=EMPTY.keys())
def test_what_shows_nothing_goes(html: str, expected: str) -> None:
    assert without_leftovers(html) == expected


TAILS = {
    "a signature in a paragraph": (
        '<p>a</p><p>The post <a href="/a">A</a> appeared first on <a>B</a>.</p>',
        "<p>a</p><p>",
    ),
    "a signature behind the text": (
        '<p>A. The article <a href="/a">A</a> first appeared on B.</p>',
        "<p>A.",
    ),
    "a French signature": (
        "<p>a</p><p>L&rsquo;article A est apparu en premier sur B.</p>",
        "<p>a</p>",
    ),
    "another French signature": (
        "<p>a […] Cet article A est apparu en premier sur B.",
        "<p>a […]",
    ),
    "an Arabic signature": (
        "<p>أ</p><p>ظهرت المقالة <a>عنوان</a> أولاً على <a>موقع</a>.</p>",
        "<p>أ</p><p>",
    ),
    "another Arabic signature": (
        "<p>أ</p><p>المقال عنوان نشرت أولا على موقع</p>",
        "<p>أ</p><p>",
    ),
    "a link onward": ('<p>a</p><p><a href="/a">Read more &raquo;</a></p>', "<p>a</p>"),
    "a link onward behind the text": (
        '<p>A talk […] <a href="/a">Continue reading</a></p>',
        "<p>A talk […]",
    ),
    "words onward behind an ellipsis": (
        "<p>Un entretien… Lire la suite</p>",
        "<p>Un entretien…",
    ),
    "a link onward that names the site": (
        '<p>a</p><p><a href="/a">Lire l&rsquo;article complet sur Gazette</a></p>',
        "<p>a</p>",
    ),
    "an Arabic link onward": ("<p>أ</p><p>إقرأ المزيد…</p>", "<p>أ</p>"),
    "one after another": (
        "<p>a</p><p>Read more</p><p>The post A appeared first on B.</p>",
        "<p>a</p>",
    ),
}


@pytest.mark.parametrize(("html", "expected"), TAILS.values(), ids=TAILS.keys())
def test_the_last_words_of_a_program_go(html: str, expected: str) -> None:
    assert without_leftovers(html).removesuffix("<p>") == expected.removesuffix("<p>")


AUTHORS = {
    "an appeal to read": "<p>Children should read more about the history of Rome.</p>",
    "an appeal that stands alone": "<p>a</p><p>Read more books, said the minister.</p>",
    "a post that is an office": "<p>The post of minister was given to A. B.</p>",
    "an article that appeared": "<p>He said it appeared first on the border.</p>",
    "a related article": '<p>a</p><p>Lire aussi : <a href="/b">Un accord</a></p>',
    "words onward in the middle": "<p>Read more</p><p>a</p>",
    "a signature of endless length": "<p>The post "
    + "a " * 600
    + "appeared first on B</p>",
    "the credit of a reprint": "<p>a</p><p>This was first published by B.</p>",
}


@pytest.mark.parametrize("html", AUTHORS.values(), ids=AUTHORS.keys())
def test_the_words_of_an_author_stay(html: str) -> None:
    assert without_leftovers(html) == html
