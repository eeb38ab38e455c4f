from __future__ import annotations

import pytest

from config.selectors import check_css, check_selector
from ingest.formats.page import parse_page
from ingest.formats.page_selectors import MOST_PROPOSALS, propose_selectors
from tests.cost import measured

ADDRESS = "https://paper.example/"
MENU = "".join(f"<li><a href=/s{n}>Section number {n} of us</a>" for n in range(9))
ASIDE = "".join(f"<li><a href=/m{n}>Much read story {n}</a>" for n in range(6))
NUMBERS = range(1, 9)


def page(body: str) -> bytes:
    """A front page with the furniture that such pages have."""
    return (
        f"<!doctype html><html><body><nav><ul>{MENU}</ul></nav>{body}"
        f"<aside><ol>{ASIDE}</ol></aside></body></html>"
    ).encode()


BLOG = page(
    "<main>"
    + "".join(
        f'<article id="post-{n}" class="post-{n} post hentry"><header>'
        f'<h2><a href="/{n}">The headline of story {n}</a></h2>'
        f'<time datetime="2026-11-0{n}">{n} Nov</time></header>'
        f"<p>A summary that is long enough to be one, of story {n}.</p></article>"
        for n in NUMBERS
    )
    + "</main>"
)
BARE_LIST = page(
    '<div id="brief"><ul>'
    + "".join(
        f'<li><a href="{n}.html">A short story, number {n}</a> <i class="date_pub">'
        f"0{n}/11/2026</i>"
        for n in NUMBERS
    )
    + "</ul></div>"
)
TABLE = page(
    '<table class="news">'
    + "".join(
        f'<tr><td class="d">0{n}.11.2026<td><a href="{n}.asp">An old site, page {n}</a>'
        for n in NUMBERS
    )
    + "</table>"
)
CARDS = page(
    '<div class="grid">'
    + "".join(
        f'<a class="css-1x{n} card-link" href="/x/{n}"><h3>A card is a link {n}</h3>'
        f'<b class="meta-date">{n} hours ago</b></a>'
        for n in NUMBERS
    )
    + "</div>"
)
NAMELESS = page(
    "<main>"
    + "".join(
        f'<div><p><a href="/{n}">Nothing has a name {n}</a></div>' for n in NUMBERS
    )
    + "</main>"
)

BEST = {
    "a blog": (BLOG, "article.post", None, "p", 8),
    "a list without classes": (BARE_LIST, "#brief li", ".date_pub", None, 8),
    "a table": (TABLE, "table.news tr", ".d", None, 8),
    "cards that are links": (CARDS, "a.card-link", ".meta-date", None, 8),
    "elements without names": (NAMELESS, "p > a", None, None, 0),
}


@pytest.mark.parametrize("case", BEST.values(), ids=BEST.keys())
def test_the_best_proposal_for(
    case: tuple[bytes, str, str | None, str | None, int],
) -> None:
    html, item, date, summary, dated = case

    best = propose_selectors(html, content_type=None, base_url=ADDRESS)[0]

    assert best.selectors.item == item
    assert best.selectors.date == date
    assert best.selectors.summary == summary
    assert (best.entry_count, best.dated_count) == (8, dated)
    assert [title[-1] for title in best.titles] == ["1", "2", "3"]


@pytest.mark.parametrize("case", BEST.values(), ids=BEST.keys())
def test_a_proposal_is_css_and_gives_what_it_says(
    case: tuple[bytes, str, str | None, str | None, int],
) -> None:
    proposals = propose_selectors(case[0], content_type=None, base_url=ADDRESS)

    assert len(proposals) <= MOST_PROPOSALS
    assert len({proposal.titles for proposal in proposals}) == len(proposals)
    for proposal in proposals:
        selectors = proposal.selectors
        document = parse_page(case[0], content_type=None, selectors=selectors)
        check_css(selectors.item)
        check_selector(selectors.date or "time")
        assert len(document.entries) >= proposal.entry_count >= 3


NO_LISTS = {
    "an empty page": b"",
    "a picture": b"\x89PNG\r\n",
    "an article": b"<article><h1>A single story of ours</h1><p>Text.</article>",
    "furniture alone": page(""),
    "two stories": page('<p class="x"><a href="/1">A story of two, the first</a>' * 2),
    "links back to the page": page(
        f'<p><a href="{ADDRESS}">Back to this very page</a>' * 9
    ),
    "links without words": page("".join(f'<p><a href="/{n}">{n}</a>' for n in NUMBERS)),
    "links that lead nowhere": page(
        "".join(
            f'<p><a href="javascript:{n}">A menu in a script {n}</a>' for n in NUMBERS
        )
    ),
    "one story nine times": page(
        '<p class="x"><a href="/1">The very same story</a>' * 9
    ),
}


@pytest.mark.parametrize("html", NO_LISTS.values(), ids=NO_LISTS.keys())
def test_a_page_without_a_list_gives_no_proposal(html: bytes) -> None:
    assert propose_selectors(html, content_type=None, base_url=ADDRESS) == ()


def test_names_that_css_cannot_write_are_passed_over() -> None:
    html = page(
        "".join(
            f'<x:y class="-"><a:b class="1"><a href="/{n}">A story oddly framed {n}</a>'
            for n in NUMBERS
        )
    )

    best = propose_selectors(html, content_type=None, base_url=ADDRESS)[0]

    assert best.selectors.item == "* > a"


def test_an_item_without_a_link_is_no_entry_of_a_proposal() -> None:
    headline = (
        '<div class="x"><h2><a href="/{n}">The headline of story {n}</a></h2></div>'
    )
    html = page(
        '<div class="x"><h2>An advertisement here</h2></div>'
        + "".join(headline.format(n=n) for n in NUMBERS)
    )

    proposals = propose_selectors(html, content_type=None, base_url=ADDRESS)

    assert {proposal.entry_count for proposal in proposals} == {8}


def test_a_hostile_page_is_searched_in_bounded_time() -> None:
    link = '<div class="a b c d"><a href="/{n}" class="e f g">A headline number {n}</a>'
    html = "".join(link.format(n=n) for n in range(20_000)).encode()

    with measured() as cost:
        propose_selectors(html, content_type=None, base_url=ADDRESS)

    assert cost.seconds < 10
