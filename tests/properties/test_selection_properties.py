"""Selection is ordered, bounded, a subset, and the same whatever comes first."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publish.selection import select_feed
from store.article import Publication
from tests.publish.factories import (
    make_article,
    make_edition,
    make_publication,
    make_rules,
)

pytestmark = pytest.mark.property

START = datetime(2026, 1, 1, tzinfo=UTC)
# Few moments, so that ties are common.
moments = st.integers(0, 5).map(lambda hours: START + timedelta(hours=hours))


@st.composite
def publication_logs(draw: st.DrawFn) -> list[Publication]:
    """A topic's log: each article once, with or without dates."""
    return [
        make_publication(
            make_article(
                number,
                published_at=draw(st.none() | moments),
                first_seen_at=draw(moments),
                revised_at=draw(st.none() | moments),
                link=draw(st.none() | st.text()),
                language=draw(st.sampled_from([None, "en", "fr", "x y"])),
            ),
            matched_at=draw(moments),
        )
        for number in range(1, draw(st.integers(1, 12)))
    ]


@given(log=publication_logs(), limit=st.integers(1, 10), data=st.data())
def test_selection_is_ordered_bounded_and_a_subset(
    log: list[Publication], limit: int, data: st.DataObject
) -> None:
    rules, edition = make_rules(limit=limit), make_edition()

    feed = select_feed(rules, data.draw(st.permutations(log)), edition)

    assert len(feed.items) == min(limit, len(log))
    identities = [item.tag_uri for item in feed.items]
    assert len(set(identities)) == len(identities)
    assert set(identities) <= {
        edition.addresses.tag_uri("article", each.article.uid) for each in log
    }
    newest = [item.published_at or item.first_seen_at for item in feed.items]
    assert all(first >= second for first, second in pairwise(newest))
    assert feed == select_feed(rules, log, edition)


@given(log=publication_logs())
def test_no_two_items_share_a_moment_and_none_depends_on_the_others(
    log: list[Publication],
) -> None:
    rules, edition = make_rules(), make_edition()

    feed = select_feed(rules, log, edition)
    alone = {
        item.tag_uri: item
        for each in log
        for item in select_feed(rules, [each], edition).items
    }

    assert len({item.updated_at for item in feed.items}) == len(feed.items)
    assert all(alone[item.tag_uri] == item for item in feed.items)
    assert all(feed.updated_at >= item.updated_at for item in feed.items)
