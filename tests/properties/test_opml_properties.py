"""Lists survive being written and read; any bytes are a list or a named refusal."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.lists.listed import ListedSource, NotAListError
from ingest.lists.opml import parse_opml, render_opml

WORDS = st.text("abé م&<>\"'!", min_size=1, max_size=8).map(
    lambda text: " ".join(text.split()) or "x"
)
CATEGORIES = st.lists(WORDS, min_size=1, max_size=3).map("/".join)
SOURCES = st.lists(
    st.builds(
        ListedSource,
        title=WORDS,
        url=st.integers(0, 10**6).map(lambda n: f"https://example.org/{n}?a=1&b"),
        home=st.none() | st.just("https://example.org/"),
        language=st.none() | st.sampled_from(["ar", "fr"]),
        categories=st.lists(CATEGORIES, unique=True, max_size=3).map(tuple),
    ),
    unique_by=lambda source: source.url,
    max_size=8,
)
PIECES = st.sampled_from(
    ["<opml>", "</opml>", "<outline ", "text='a'", " xmlUrl='https://a/'", ">", "/>",
     "</outline>", "<body>", "&", "&amp;", "<!--", "-->", "<![CDATA[", "]]>", "<?xml?>",
     "\0", "é", "<", "xmlns:a='b' ", "<a:outline ", "category='/a,b/c'", "<!DOCTYPE x>",
     " type='include'", " htmlUrl='x'", "<rdf:RDF>", "<Module>", "<foaf:Agent>"]
)  # fmt: skip


@pytest.mark.property
@given(sources=SOURCES)
def test_what_is_written_is_read_back(sources: list[ListedSource]) -> None:
    read = parse_opml(render_opml(sources))

    assert sorted(read.sources, key=repr) == sorted(sources, key=repr)
    assert read.left_out == ()


@pytest.mark.property
@given(
    body=st.binary(max_size=200) | st.lists(PIECES).map(lambda p: "".join(p).encode())
)
def test_any_bytes_are_a_list_or_refused(body: bytes) -> None:
    with suppress(NotAListError):
        parse_opml(body)
