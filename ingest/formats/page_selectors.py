"""A page -> the CSS selectors that may find its list of articles.

A list of articles shows itself by elements of one kind that each hold a link with
enough words for a headline. Which of the proposals is right is the operator's to say;
each comes with the titles that it would give.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from ingest.formats.html_tags import decode_page
from ingest.formats.page import read_page
from ingest.formats.page_tree import (
    Element,
    PageTree,
    ancestors,
    attribute,
    by_owner,
    words,
)
from ingest.formats.raw import NotAFeedError, RawEntry
from ingest.source import PageSelectors

MOST_PROPOSALS = 5
FEWEST_ENTRIES = 3
"""What is there once or twice is no list."""

_MOST_CANDIDATES = 24
_MOST_LINKS = 600
_LEVELS = 6  # from a headline's link up to its block
_SHORTEST_HEADLINE = 15  # characters; menus are of single words
_SHORTEST_SUMMARY = 40
_LONGEST_DATE = 60
_LONG_HEADLINE = 60  # beyond it, and beyond a page of entries, more says nothing
_ENOUGH = 20
_TITLES_SHOWN = 3
_HEADINGS = "h1, h2, h3, h4, h5, h6"
_FURNITURE = frozenset(("nav", "header", "footer", "aside", "form"))
_PLAIN_TAG = re.compile(r"[a-z][a-z0-9-]*")
_STABLE_CLASS = re.compile(
    r"(?!(?:css|sc|jsx|svelte)-)[a-z_][a-z_-]{0,39}\d?", re.IGNORECASE
)
_STATE_CLASS = re.compile(
    r"(?:is|has|first|last|odd|even|active|current|sticky|format|status|category|tag"
    r"|author)(?:-.*)?|hentry|clearfix|lazy\w*|row|col",
    re.IGNORECASE,
)
_DATE_CLASS = re.compile(r"date|time|publi|posted|heure|jour", re.IGNORECASE)
_A_DIGIT = re.compile(r"\d")
_DATE = re.compile(r"\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\b(?:19|20)\d\d\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedSelectors:
    """Selectors that a page can be read with, and what they would give.

    `entry_count` is how many entries, `dated_count` how many of them with the words
    of a date, `titles` the first three, as the page writes them, on one line.
    """

    selectors: PageSelectors
    entry_count: int
    dated_count: int
    titles: tuple[str, ...]


def propose_selectors(
    html: bytes, *, content_type: str | None, base_url: str
) -> tuple[ProposedSelectors, ...]:
    """The proposals, best first, at most five; none where the page shows no list.

    `base_url` is the page's own address: links back to it are no articles.
    """
    tree = PageTree(decode_page(html, content_type=content_type))
    links = list(islice(_headline_links(tree, base_url), _MOST_LINKS))
    items = (key for key, _ in _blocks(links).most_common(_MOST_CANDIDATES))
    proposals = [found for item in items if (found := _proposal(tree, item))]
    ranked = sorted(proposals, key=_worth, reverse=True)
    return tuple(islice(_each_once(ranked), MOST_PROPOSALS))


def _headline_links(tree: PageTree, base_url: str) -> Iterator[Element]:
    """The links that may be headlines: enough words, and not in a page's furniture."""
    for link in tree.find("a[href]"):
        if len(_headline(link)) < _SHORTEST_HEADLINE:
            continue
        if attribute(link, "href") == base_url:
            continue
        tags = [one.tag or "" for one in ancestors(link)]
        # A header inside an article is the article's own.
        around = tags[tags.index("article") :] if "article" in tags else tags
        if _FURNITURE.isdisjoint(around):
            yield link


def _headline(link: Element) -> str:
    """The words of a link, or of the heading that it stands in."""
    heading = link.css_first(_HEADINGS)
    return words(heading) if heading else words(link)


def _blocks(links: Iterable[Element]) -> Counter[str]:
    """How many different elements around the links each item selector finds."""
    blocks: dict[str, set[int]] = {}
    for link in links:
        for element in islice(ancestors(link), _LEVELS):
            if element.tag == "body":
                break
            for selector in _selectors_of(element):
                blocks.setdefault(selector, set()).add(element.mem_id)
    return Counter(
        {
            selector: len(elements)
            for selector, elements in blocks.items()
            if len(elements) >= FEWEST_ENTRIES
        }
    )


def _selectors_of(element: Element) -> Iterator[str]:
    """What the element may be found by: its classes, else where it stands."""
    named = [f"{_tag(element)}.{name}" for name in _classes(element)]
    if not named and _tag(element) != "*":
        named = [f"{_place(element)} {_tag(element)}"]
    return iter(named)


def _place(element: Element) -> str:
    """The nearest element around it that has a name of its own, else its parent."""
    around = list(islice(ancestors(element), 1, _LEVELS))
    for one in around:
        name = attribute(one, "id")
        if name and _STABLE_CLASS.fullmatch(name):
            return f"#{name}"
        for name in _classes(one):
            return f"{_tag(one)}.{name}"
    return f"{_tag(around[0])} >"


def _tag(element: Element) -> str:
    """The element's name, where CSS can write it as it is."""
    name = element.tag or ""
    return name if _PLAIN_TAG.fullmatch(name) else "*"


def _classes(element: Element) -> Iterator[str]:
    """The classes that mean a kind of element, not a state or a number."""
    names = (attribute(element, "class") or "").split()
    return (
        name
        for name in names
        if _STABLE_CLASS.fullmatch(name) and not _STATE_CLASS.fullmatch(name)
    )


def _proposal(tree: PageTree, item: str) -> ProposedSelectors | None:
    """What the item selector would give, its parts looked for; None if no list."""
    items = tree.find(item)
    selectors = PageSelectors(
        item=item,
        date=None if tree.first(f"{item} time") else _common(items, tree, _is_date),
        summary=_common(items, tree, _is_summary),
    )
    try:
        entries = read_page(tree, selectors).entries
    except NotAFeedError:
        return None
    titled = [(entry, title) for entry in entries if (title := _title(entry))]
    titles = [title for _, title in titled]
    if sum(len(title) >= _SHORTEST_HEADLINE for title in titles) < FEWEST_ENTRIES:
        return None
    return ProposedSelectors(
        selectors=selectors,
        entry_count=len(titled),
        dated_count=sum(bool(entry.published) for entry, _ in titled),
        titles=tuple(titles[:_TITLES_SHOWN]),
    )


def _title(entry: RawEntry) -> str | None:
    """The words of the title; None for what is no article with a link and a title."""
    if entry.title is None or entry.link is None:
        return None
    body = PageTree(entry.title.value).first("body")
    return words(body) if body else None


def _common(
    items: list[Element], tree: PageTree, is_meant: Callable[[Element], bool]
) -> str | None:
    """The selector of the element that is meant in most of the items."""
    inside = by_owner(tree.find("[class], p"), items)
    found: Counter[str] = Counter()
    for elements in inside.values():
        first = next((one for one in elements if is_meant(one)), None)
        if first is not None:
            found.update(islice(_part_selectors(first), 1))
    best = found.most_common(1)
    return best[0][0] if best and 2 * best[0][1] > len(items) else None


def _part_selectors(element: Element) -> Iterator[str]:
    yield from (f".{name}" for name in _classes(element))
    yield _tag(element)


def _is_date(element: Element) -> bool:
    text = words(element)
    if len(text) > _LONGEST_DATE:
        return False
    named = _DATE_CLASS.search(attribute(element, "class") or "")
    return bool(_A_DIGIT.search(text) if named else _DATE.search(text))


def _is_summary(element: Element) -> bool:
    if element.tag != "p" or element.css_first("a[href]"):
        return False
    return len(words(element)) >= _SHORTEST_SUMMARY


def _worth(proposal: ProposedSelectors) -> float:
    """How likely this is the list of articles: many, dated, with long headlines."""
    letters = sum(map(len, proposal.titles)) / len(proposal.titles)
    dated = proposal.dated_count / proposal.entry_count
    told = 1 + dated + (0.5 if proposal.selectors.summary else 0)
    return min(proposal.entry_count, _ENOUGH) * min(letters, _LONG_HEADLINE) * told


def _each_once(ranked: Iterable[ProposedSelectors]) -> Iterator[ProposedSelectors]:
    """The best proposal of those that give the same titles."""
    first: dict[tuple[str, ...], ProposedSelectors] = {}
    for proposal in ranked:
        first.setdefault(proposal.titles, proposal)
    return iter(first.values())
