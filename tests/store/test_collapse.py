from __future__ import annotations

import pytest

from tests.factories import LONG_TEXT, make_numbered
from tests.store.conftest import Shelf

SHOWN = {
    "the copy that was seen first": ((), ["Mali one"]),
    "the copy of the preferred source": (("daily8",), ["Mali two"]),
    "the first of the preferred that has one": (("nobody", "daily8"), ["Mali two"]),
    "the first seen where both are preferred": (("yabiladi", "daily8"), ["Mali one"]),
}


@pytest.mark.parametrize("case", SHOWN.values(), ids=SHOWN.keys())
def test_of_copies_one_shows(
    case: tuple[tuple[str, ...], list[str]], shelf: Shelf
) -> None:
    prefer, titles = case
    shelf.record(make_numbered(1, title="Mali one", text=LONG_TEXT))
    shelf.record(
        make_numbered(2, title="Mali two", text=LONG_TEXT, origin="daily8"),
        source="daily8",
    )

    found = shelf.library.latest_publications(
        "mali", limit=9, collapse=True, prefer=prefer
    )

    assert [one.article.title for one in found] == titles
    assert len(shelf.titles("mali", collapse=False)) == 2


def test_a_copy_shows_where_its_preferred_one_is_in_no_such_topic(shelf: Shelf) -> None:
    shelf.record(make_numbered(1, title="Mali one", text=LONG_TEXT))
    shelf.record(
        make_numbered(2, title="Morocco two", text=LONG_TEXT, origin="daily8"),
        source="daily8",
    )

    found = shelf.library.latest_publications(
        "mali", limit=9, collapse=True, prefer=("daily8",)
    )

    assert [one.article.title for one in found] == ["Mali one"]
