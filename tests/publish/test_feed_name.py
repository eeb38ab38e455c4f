from __future__ import annotations

import pytest

from publish.addresses import Addresses
from publish.feed_name import ALL_ARTICLES, FeedKind, FeedName, topic_feed
from tests.publish.factories import AUTHORITY, BASE_URL

NAMES = {
    "a topic": (topic_feed("mali"), "topics/mali", 1, "mali", "topic/mali"),
    "a story": (
        FeedName(FeedKind.STORY, "7"),
        *("stories/7", 1, "7", "story/7"),
    ),
    "everything": (ALL_ARTICLES, "all", 0, "all", "all"),
}


@pytest.mark.parametrize("case", NAMES.values(), ids=NAMES.keys())
def test_a_name_says_where_a_feed_is_and_what_it_is_called(
    case: tuple[FeedName, str, int, str, str],
) -> None:
    name, path, depth, file, uri = case

    assert (name.path, name.depth, name.file, name.uri_name) == (path, depth, file, uri)


def test_no_two_kinds_share_an_address_or_an_identity() -> None:
    addresses = Addresses(base_url=BASE_URL, authority=AUTHORITY)
    names = [FeedName(kind, "" if kind.is_single else "x") for kind in FeedKind]

    assert len({addresses.feed_page(name) for name in names}) == len(names)
    assert len({addresses.feed_uri(name) for name in names}) == len(names)
