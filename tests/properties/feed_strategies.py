"""Topic feeds with the worst texts that a store could hold."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from config.values import ContentChoice
from ingest.entry import Enclosure
from publish.feed import TopicFeed
from tests.publish.factories import make_article, make_feed

# Every code point, lone surrogates and noncharacters too, and what reads as markup.
nasty_texts = st.one_of(
    st.text(st.characters(), max_size=30),
    st.text("<>&;/\"'=[]!-aבمé \n\r\t\x00\x1f\x85\ud800\ufffe\ufffd", max_size=30),
    st.sampled_from(
        ["]]>", "<![CDATA[", "&amp;lt;", "</title>", "<!--", "&#0;", "<b>a</b>"]
    ),
)
START = datetime(1991, 1, 1, tzinfo=UTC)
times = st.timedeltas(timedelta(0), timedelta(days=36_525)).map(START.__add__)


@st.composite
def nasty_feeds(draw: st.DrawFn) -> TopicFeed:
    """A feed as selection makes it of articles whose every text is nasty."""
    articles = [
        make_article(
            number,
            title=draw(nasty_texts),
            summary=draw(nasty_texts),
            content_html=draw(nasty_texts),
            author=draw(st.none() | nasty_texts),
            link=draw(st.none() | nasty_texts.map("https://paper.example/{}".format)),
            language=draw(st.none() | nasty_texts | st.just("ar")),
            origin_title=draw(nasty_texts),
            published_at=draw(st.none() | times),
            enclosures=tuple(
                Enclosure(url=f"https://paper.example/{draw(nasty_texts)}")
                for _ in range(draw(st.integers(0, 2)))
            ),
        )
        for number in range(1, draw(st.integers(1, 4)))
    ]
    return make_feed(
        *articles,
        title=draw(nasty_texts),
        description=draw(nasty_texts),
        content=draw(st.sampled_from(ContentChoice)),
    )
