from datetime import datetime, timedelta

import pytest

from ingest.fetch.headers import (
    keep_validator,
    parse_age,
    parse_codings,
    parse_expires,
    parse_length,
    parse_max_age,
    parse_retry_after,
)
from tests.ingest.exchange_factories import NOW

MAX_AGES = {
    "seconds alone": ("max-age=3600", 3600),
    "among other directives": ("public, max-age=60, must-revalidate", 60),
    "in capitals": ("Max-Age=60", 60),
    "quoted": ('max-age="60"', 60),
    "with spaces around": ("private , max-age = 60 , x", 60),
    "zero": ("max-age=0", 0),
    "the first of two counts": ("max-age=10, max-age=20", 10),
    "too large counts as the largest": ("max-age=99999999999999999999", 2**31),
    "a little too large as well": ("max-age=99999999999", 2**31),
    "of shared caches only": ("s-maxage=60", None),
    "a longer directive's tail": ("x-max-age=60", None),
    "with a fraction": ("max-age=1.5", None),
    "negative": ("max-age=-1", None),
    "without a value": ("max-age", None),
    "another directive": ("no-cache", None),
    "an empty header": ("", None),
    "no header": (None, None),
}


@pytest.mark.parametrize(("value", "seconds"), MAX_AGES.values(), ids=MAX_AGES.keys())
def test_max_age(value: str | None, seconds: int | None) -> None:
    expected = None if seconds is None else timedelta(seconds=seconds)

    assert parse_max_age(value) == expected


EXPIRES = {
    "later than the server's date": ("Mon, 23 Nov 2026 13:00:00 GMT", 3600),
    "in another zone": ("Mon, 23 Nov 2026 15:00:00 +0200", 3600),
    "the server's date itself": ("Mon, 23 Nov 2026 12:00:00 GMT", 0),
    "long past": ("Wed, 11 Jan 1984 05:00:00 GMT", 0),
    "too far away": ("Mon, 23 Nov 9999 12:00:00 GMT", 2**31),
    "zero, as many servers write": ("0", 0),
    "minus one": ("-1", 0),
    "nothing": ("", 0),
    "outside the calendar": ("Fri, 31 Dec 9999 23:59:59 -2300", 0),
    "no header": (None, None),
}


@pytest.mark.parametrize(("value", "seconds"), EXPIRES.values(), ids=EXPIRES.keys())
@pytest.mark.parametrize(
    ("date", "now"),
    [
        ("Mon, 23 Nov 2026 12:00:00 GMT", NOW - timedelta(days=400)),
        (None, NOW),
        ("not long ago", NOW),
    ],
    ids=["its own clock", "no clock", "an unreadable clock"],
)
def test_expires(
    value: str | None, seconds: int | None, date: str | None, now: datetime
) -> None:
    expected = None if seconds is None else timedelta(seconds=seconds)

    assert parse_expires(value, date=date, now=now) == expected


AGES = {
    "seconds": ("120", 120),
    "too many seconds": ("99999999999999", 2**31),
    "negative": ("-1", 0),
    "with a fraction": ("1.5", 0),
    "two of them": ("1, 2", 0),
    "no header": (None, 0),
}


@pytest.mark.parametrize(("value", "seconds"), AGES.values(), ids=AGES.keys())
def test_age(value: str | None, seconds: int) -> None:
    assert parse_age(value) == timedelta(seconds=seconds)


RETRY_AFTERS = {
    "seconds": ("120", 120),
    "seconds with spaces": (" 120 ", 120),
    "a date": ("Mon, 23 Nov 2026 13:00:00 GMT", 3600),
    "a date without a day of the week": ("23 Nov 2026 13:00:00 GMT", 3600),
    "a date without a known zone is UTC": ("Mon, 23 Nov 2026 13:00:00 -0000", 3600),
    "a date in the form of RFC 850": ("Monday, 23-Nov-26 13:00:00 GMT", 3600),
    "too many seconds": ("99999999999999", 2**31),
    "zero": ("0", None),
    "a date that has passed": ("Mon, 23 Nov 2026 11:00:00 GMT", None),
    "a negative number": ("-5", None),
    "digits of another script": ("٣٠", None),
    "words": ("tomorrow", None),
    "a date outside the calendar": ("Mon, 23 Nov 99999 13:00:00 GMT", None),
    "an empty header": ("", None),
    "no header": (None, None),
}


@pytest.mark.parametrize(
    ("value", "seconds"), RETRY_AFTERS.values(), ids=RETRY_AFTERS.keys()
)
def test_retry_after(value: str | None, seconds: int | None) -> None:
    expected = None if seconds is None else timedelta(seconds=seconds)

    assert parse_retry_after([value] if value else [], now=NOW) == expected


def test_the_longest_of_two_waits_counts() -> None:
    values = ["60", "Mon, 23 Nov 2026 13:00:00 GMT", "120", "soon"]

    assert parse_retry_after(values, now=NOW) == timedelta(hours=1)


LENGTHS = {
    "a number": ("42", 42),
    "nothing": (None, None),
    "a list of two": ("42, 42", None),
    "negative": ("-1", None),
    "longer than any file": ("9" * 5000, None),
}


@pytest.mark.parametrize(("value", "length"), LENGTHS.values(), ids=LENGTHS.keys())
def test_content_length(value: str | None, length: int | None) -> None:
    assert parse_length(value) == length


CODINGS = {
    "one": ("gzip", ("gzip",)),
    "two in the order applied": ("br, gzip", ("br", "gzip")),
    "capitals and spaces": (" GZip ", ("gzip",)),
    "identity is none": ("identity", ()),
    "empty elements are none": (", ,gzip,", ("gzip",)),
    "no header": (None, ()),
}


@pytest.mark.parametrize(("value", "codings"), CODINGS.values(), ids=CODINGS.keys())
def test_content_codings(value: str | None, codings: tuple[str, ...]) -> None:
    assert parse_codings(value) == codings


VALIDATORS = {
    "a strong ETag keeps its quotes": ('"abc"', '"abc"'),
    "a weak ETag keeps its mark": ('W/"abc"', 'W/"abc"'),
    "an ETag without quotes stays wrong": ("abc", "abc"),
    "a date in local time stays wrong": ("Mon Nov 23 2026", "Mon Nov 23 2026"),
    "bytes beyond ASCII stay": ('"\xe9\xff"', '"\xe9\xff"'),
    "an empty one is none": ("", None),
    "a missing one is none": (None, None),
    "one too long to echo is none": ("x" * 1025, None),
    "one that cannot be sent is none": ('"a\x00b"', None),
    "one with a line break is none": ('"a\nb"', None),
}


@pytest.mark.parametrize(("value", "kept"), VALIDATORS.values(), ids=VALIDATORS.keys())
def test_validators_are_kept_as_they_came(value: str | None, kept: str | None) -> None:
    assert keep_validator(value) == kept
