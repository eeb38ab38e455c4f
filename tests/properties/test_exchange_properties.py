from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.fetch.decoding import BodyBrokenError, BodyDecoder, BodyTooLargeError
from ingest.fetch.headers import parse_max_age, parse_retry_after
from ingest.fetch.redirects import DeadEndError, next_target, target_of
from tests.ingest.exchange_factories import NOW

pytestmark = pytest.mark.property

MAX_BYTES = 10_000
codings = st.lists(
    st.sampled_from(["gzip", "x-gzip", "deflate", "br", "zstd", "lzma"]), max_size=3
).map(tuple)
beginnings = st.sampled_from([b"", b"\x1f\x8b\x08", b"\x78\x9c", b"\x28\xb5\x2f\xfd"])


@given(codings, beginnings, st.lists(st.binary(max_size=200), max_size=5))
def test_any_bytes_unpack_or_fail_by_name(
    codings: tuple[str, ...], beginning: bytes, pieces: list[bytes]
) -> None:
    body = bytearray()
    try:
        decoder = BodyDecoder(codings, max_bytes=MAX_BYTES, take=body.extend)
        for piece in (beginning, *pieces):
            decoder.feed(piece)
        decoder.finish()
    except (BodyBrokenError, BodyTooLargeError):
        pass

    assert len(body) <= MAX_BYTES


@given(st.text() | st.from_regex(r"max-age=[0-9]*", fullmatch=True))
def test_any_cache_control_gives_a_span_or_none(value: str) -> None:
    max_age = parse_max_age(value)

    assert max_age is None or max_age >= timedelta(0)


@given(st.text() | st.integers().map(str) | st.datetimes().map(str))
def test_any_retry_after_gives_a_wait_or_none(value: str) -> None:
    wait = parse_retry_after([value], now=NOW)

    assert wait is None or wait > timedelta(0)


locations = st.text() | st.from_regex(r"(https?:)?//[^\s]*", fullmatch=True)


@given(locations)
def test_any_location_leads_to_a_clean_address_or_nowhere(location: str) -> None:
    source = target_of("https://me:secret@news.example/feed.xml")

    try:
        target = next_target((source,), location, max_redirects=5)
    except DeadEndError:
        return

    assert target.url.startswith(("http://", "https://"))
    assert not any(character.isspace() for character in target.url)
    assert target == next_target((source,), target.url, max_redirects=5)
