"""Every link between documents leads to a file, and to a heading of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.reference.markdown import anchor

ROOT = Path(__file__).parents[2]
PAGES = (
    *(ROOT / name for name in ("README.md", "CHANGELOG.md", "CONTRIBUTING.md")),
    *sorted((ROOT / "docs").rglob("*.md")),
)
_FENCED = re.compile(r"^(```|~~~).*?^\1", re.MULTILINE | re.DOTALL)
_CODE = re.compile(r"(`+)(?!`).+?(?<!`)\1(?!`)")
_LINK = re.compile(r"(?<=\]\()(?![a-z]+:)([^)#\s]*)(?:#([^)\s]+))?(?=\))")
_REFERENCE = re.compile(r"^\[[^\]]+\]: (?![a-z]+:)([^#\s]*)(?:#(\S+))?$", re.MULTILINE)
_HEADING = re.compile(r"^#{1,6} (.+?)#*$", re.MULTILINE)
_LINKED = re.compile(r"\[([^\]]*)\]\([^)]*\)")


def links_of(page: Path) -> Iterator[tuple[Path, str]]:
    """The files that a page leads to, with the anchor, "" without one."""
    text = _CODE.sub("", _FENCED.sub("", page.read_text(encoding="utf-8")))
    for found in (*_LINK.finditer(text), *_REFERENCE.finditer(text)):
        file, place = found[1], found[2] or ""
        yield (page.parent / file if file else page), place


def anchors_of(page: Path) -> set[str]:
    """The anchors that a page's headings give it, those of one text numbered."""
    text = _FENCED.sub("", page.read_text(encoding="utf-8"))
    headings = [anchor(_LINKED.sub(r"\1", one)) for one in _HEADING.findall(text)]
    counts: Counter[str] = Counter()
    anchors: set[str] = set()
    for one in headings:
        anchors.add(f"{one}-{counts[one]}" if counts[one] else one)
        counts[one] += 1
    return anchors


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_to_a_file_and_a_heading_of_it(page: Path) -> None:
    for file, place in links_of(page):
        assert file.exists(), file
        if place:
            assert place in anchors_of(file), (file, place)


def test_links_are_found() -> None:
    assert sum(1 for page in PAGES for _ in links_of(page)) > 90


def test_every_page_is_linked_from_the_list_of_documents() -> None:
    docs = ROOT / "docs"
    lists = (docs / "README.md", docs / "decisions" / "README.md")
    linked = {file.resolve() for one in lists for file, _ in links_of(one)}

    assert {page for page in docs.rglob("*.md") if page not in linked} <= set(lists)


@pytest.mark.parametrize(
    ("heading", "expected"),
    {
        "words": ("The log", "the-log"),
        "a path of keys": ("fetch.per_host", "fetchper_host"),
        "punctuation": ("Who, and *why*?", "who-and-why"),
        "code": ("`rekkas run`", "rekkas-run"),
        "accents": ("Où ça", "où-ça"),
    }.values(),
)
def test_an_anchor_is_as_github_makes_it(heading: str, expected: str) -> None:
    assert anchor(heading) == expected
