"""Whatever a title holds, the operator's file gives it back; nothing else changes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.new_source import NewSource, choose_slugs, quoted
from config.yaml_tree.insertion import insert_sources
from config.yaml_tree.reader import read_yaml

ANY_TEXT = st.text(
    st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40
) | st.sampled_from(["off", "No", "2026", "12:30", "1e5", "~"])
FILES = st.sampled_from(
    [
        "",
        "sources:\n",
        "sources: {}\n",
        "sources: {a: {url: x}}\n# end\n",
        "sources:\n  a:\n    url: x\n  # note\ntopics: {}\n",
    ]
)


@pytest.mark.property
@given(text=ANY_TEXT)
def test_a_quoted_text_is_read_back_as_it_was(text: str) -> None:
    file = read_yaml(f"title: {quoted(text)}\n", file="x.yaml", environ={})

    assert file.problems == []
    assert file.data == {"title": text}


@pytest.mark.property
@given(before=FILES, titles=st.lists(ANY_TEXT, min_size=1, max_size=5))
def test_added_sources_are_read_beside_what_was_there(
    before: str, titles: list[str]
) -> None:
    slugs = choose_slugs([(title, "https://x.example/") for title in titles], taken="a")
    new = [
        NewSource(slug=slug, keys={"title": title})
        for slug, title in zip(slugs, titles, strict=True)
    ]

    after = insert_sources(before, new)

    read = read_yaml(after, file="x.yaml", environ={})
    old = read_yaml(before, file="x.yaml", environ={}).data
    added = {source.slug: dict(source.keys) for source in new}
    assert read.problems == []
    assert read.data == {**old, "sources": {**(old.get("sources") or {}), **added}}
