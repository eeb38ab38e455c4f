from __future__ import annotations

import pytest

from publish.feed import FeedFormat
from publish.feed_name import ALL_ARTICLES, FeedKind, FeedName
from publish.web.feed_files import read_feed_name

TAG, ALL = FeedKind.TAG, FeedKind.ALL
FILES = {
    "a feed": (TAG, {"slug": "a.rss"}, (FeedName(TAG, "a"), FeedFormat.RSS)),
    "a page": (TAG, {"slug": "a"}, (FeedName(TAG, "a"), None)),
    "no format": (TAG, {"slug": "a.xml"}, (FeedName(TAG, "a.xml"), None)),
    "a format in capitals": (TAG, {"slug": "a.RSS"}, (FeedName(TAG, "a.RSS"), None)),
    "a format of nothing": (TAG, {"slug": ".rss"}, (FeedName(TAG, ".rss"), None)),
    "the single feed": (ALL, {"suffix": "atom"}, (ALL_ARTICLES, FeedFormat.ATOM)),
    "its page": (ALL, {}, (ALL_ARTICLES, None)),
    "it in no format": (ALL, {"suffix": "x"}, None),
}


@pytest.mark.parametrize("case", FILES.values(), ids=FILES.keys())
def test_an_address_names_a_feed_and_a_format(
    case: tuple[FeedKind, dict[str, str], object],
) -> None:
    kind, parameters, expected = case

    assert read_feed_name(kind, parameters) == expected
