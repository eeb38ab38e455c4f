"""When a client is told that nothing changed (RFC 9110, 13)."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from publish.web.conditional import is_not_modified

ETAG = '"abc"'
CHANGED_AT = datetime(2026, 11, 1, 12, 0, 0, 500_000, tzinfo=UTC)
SAME = "Sun, 01 Nov 2026 12:00:00 GMT"
EARLIER = "Sun, 01 Nov 2026 11:59:59 GMT"

CASES = {
    "no condition at all": (None, None, False),
    "the same tag": (ETAG, None, True),
    "another tag": ('"abd"', None, False),
    "the same tag weakened by a proxy": ('W/"abc"', None, True),
    "one tag of a list": ('"x", W/"y" ,"abc"', None, True),
    "a list without it": ('"x", "y"', None, False),
    "empty places in a list": (', ,"x",,"abc",', None, True),
    "a comma within a tag": ('"x,abc"', None, False),
    "any tag": (" * ", None, True),
    "a star in a list is no tag": ('"x", *', None, False),
    "a tag without quotes": ("abc", None, False),
    "tags run together": ('"x""abc"', None, False),
    "a tag left open": ('"abc', None, False),
    "an empty header": ("", None, False),
    "a tag beats a date that would say yes": ('"x"', SAME, False),
    "a tag beats a date that would say no": (ETAG, EARLIER, True),
    "the very second": (None, SAME, True),
    "a later second": (None, "Sun, 01 Nov 2026 12:00:01 GMT", True),
    "an earlier second": (None, EARLIER, False),
    "the obsolete form with a short year": (
        None,
        "Sunday, 01-Nov-26 12:00:00 GMT",
        True,
    ),
    "the form of asctime": (None, "Sun Nov  1 12:00:00 2026", True),
    "no date": (None, "yesterday", False),
    "a day that does not exist": (None, "Sun, 31 Feb 2026 12:00:00 GMT", False),
    "a year beyond all": (None, "Sun, 01 Nov 99999 12:00:00 GMT", False),
    "a zone beyond all": (None, "Sun, 01 Nov 2026 12:00:00 +9999999999", False),
    "an empty date": (None, "", False),
}


@pytest.mark.parametrize(
    ("if_none_match", "if_modified_since", "expected"), CASES.values(), ids=CASES
)
def test_a_client_is_told_that_nothing_changed(
    if_none_match: str | None, if_modified_since: str | None, expected: bool
) -> None:
    answer = is_not_modified(
        if_none_match, if_modified_since, etag=ETAG, last_modified=CHANGED_AT
    )

    assert answer is expected
