from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ingest.formats.mended_xml import mended_xml

PIECES = [
    *(
        "<title>",
        "</title>",
        "<author>",
        "</author>",
        "<b>",
        "</b>",
        "<item>",
        "</item>",
    ),
    *(
        "<rss:",
        "</rss:",
        "<a b='",
        "'>",
        "<!--",
        "-->",
        "<![CDATA[",
        "]]>",
        "&",
        "&amp;",
    ),
    *(
        "&eacute;",
        "&#1;",
        "<",
        ">",
        "/>",
        " ",
        "word",
        "<x>",
        "</y>",
        "<category>",
        ";",
    ),
]
documents = st.lists(st.sampled_from(PIECES), max_size=30).map("".join)


@pytest.mark.property
@given(documents | st.text())
@example("<author></rss:<b><title>")
def test_what_is_mended_is_left_as_it_is(text: str) -> None:
    mended = mended_xml(text)

    assert mended_xml(mended) == mended


@pytest.mark.property
@given(st.lists(st.sampled_from(["one ", "två", "الجزائر", "&amp;", ">"])).map("".join))
def test_words_between_whole_tags_are_left_as_they_are(words: str) -> None:
    text = f"<rss><item><title>{words}</title></item></rss>"

    assert mended_xml(text) == text
