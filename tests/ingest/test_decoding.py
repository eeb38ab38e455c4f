import gzip
import zlib
from collections.abc import Iterable

import brotli
import pytest
import zstandard

from ingest.fetch.decoding import BodyBrokenError, BodyDecoder, BodyTooLargeError

TEXT = "<rss>السلام, l'été</rss>".encode() * 500


def _raw_deflate(text: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(text) + packer.flush()


PACKED: dict[str, tuple[tuple[str, ...], bytes]] = {
    "plain": ((), TEXT),
    "gzip": (("gzip",), gzip.compress(TEXT)),
    "gzip by its old name": (("x-gzip",), gzip.compress(TEXT)),
    "deflate as the standard has it": (("deflate",), zlib.compress(TEXT)),
    "deflate bare": (("deflate",), _raw_deflate(TEXT)),
    "brotli": (("br",), brotli.compress(TEXT)),
    "zstd": (("zstd",), zstandard.compress(TEXT)),
    "gzip in brotli": (("gzip", "br"), brotli.compress(gzip.compress(TEXT))),
    "brotli in zstd": (("br", "zstd"), zstandard.compress(brotli.compress(TEXT))),
    "gzip twice, declared twice": (
        ("gzip", "gzip"),
        gzip.compress(gzip.compress(TEXT)),
    ),
    "gzip twice, declared once": (("gzip",), gzip.compress(gzip.compress(TEXT))),
    "gzip that nobody declared": ((), gzip.compress(TEXT)),
    "gzip declared that is not there": (("gzip",), TEXT),
    "brotli declared that is not there": (("br",), TEXT),
    "zstd declared that is not there": (("zstd",), TEXT),
    "a charset in place of a coding": (("utf-8",), TEXT),
    "JSON in no coding": (("none",), TEXT),
    "gzip in two members": (
        ("gzip",),
        gzip.compress(TEXT[:100]) + gzip.compress(TEXT[100:]),
    ),
    "gzip with padding behind": (("gzip",), gzip.compress(TEXT) + b"\0" * 512),
    "zstd in two frames": (
        ("zstd",),
        zstandard.compress(TEXT[:100]) + zstandard.compress(TEXT[100:]),
    ),
}


def _decode(
    codings: tuple[str, ...], pieces: Iterable[bytes], *, max_bytes: int = 100_000
) -> bytes:
    body = bytearray()
    decoder = BodyDecoder(codings, max_bytes=max_bytes, take=body.extend)
    for piece in pieces:
        decoder.feed(piece)
    decoder.finish()
    return bytes(body)


@pytest.mark.parametrize(("codings", "packed"), PACKED.values(), ids=PACKED.keys())
def test_a_body_is_unpacked(codings: tuple[str, ...], packed: bytes) -> None:
    assert _decode(codings, [packed]) == TEXT


@pytest.mark.parametrize(("codings", "packed"), PACKED.values(), ids=PACKED.keys())
def test_a_body_that_comes_byte_by_byte_is_unpacked(
    codings: tuple[str, ...], packed: bytes
) -> None:
    assert _decode(codings, (packed[i : i + 1] for i in range(len(packed)))) == TEXT


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd"])
def test_an_empty_body_is_whole_whatever_its_coding(coding: str) -> None:
    assert _decode((coding,), [b"", b""]) == b""


CUT = {
    name: case
    for name, case in PACKED.items()
    if name != "gzip with padding behind" and case[1] != TEXT
}


@pytest.mark.parametrize(("codings", "packed"), CUT.values(), ids=CUT.keys())
def test_a_compressed_body_that_ends_early_is_broken(
    codings: tuple[str, ...], packed: bytes
) -> None:
    with pytest.raises(BodyBrokenError, match="ends early"):
        _decode(codings, [packed[:-3]])


DAMAGED = {
    "gzip": (("gzip",), gzip.compress(TEXT)[:20] + b"garbage garbage"),
    "deflate": (("deflate",), b"\xff\xff\xff\xff"),
    "brotli": (("br",), b"garbage" * 20),
    "zstd": (("zstd",), b"garbage" * 20),
}


@pytest.mark.parametrize(("codings", "packed"), DAMAGED.values(), ids=DAMAGED.keys())
def test_damaged_compression_is_broken(codings: tuple[str, ...], packed: bytes) -> None:
    with pytest.raises(BodyBrokenError):
        _decode(codings, [packed])


def test_three_codings_are_refused() -> None:
    with pytest.raises(BodyBrokenError, match="3 times"):
        _decode(("gzip", "gzip", "gzip"), [])


def test_an_unknown_coding_is_refused_by_name() -> None:
    with pytest.raises(BodyBrokenError, match="'lzma'"):
        _decode(("lzma",), [b"", b"\x5d\0\0"])


def test_a_body_of_just_the_bound_is_read() -> None:
    assert _decode((), [b"x" * 10], max_bytes=10) == b"x" * 10


def test_one_byte_more_than_the_bound_is_too_large() -> None:
    with pytest.raises(BodyTooLargeError):
        _decode((), [b"x" * 10, b"x"], max_bytes=10)


ZEROS = b"\0" * 20_000_000
BOMBS = {
    "gzip": (("gzip",), gzip.compress(ZEROS)),
    "gzip that nobody declared": ((), gzip.compress(ZEROS)),
    "gzip in gzip": (("gzip", "gzip"), gzip.compress(gzip.compress(ZEROS))),
    "deflate": (("deflate",), zlib.compress(ZEROS)),
    "brotli": (("br",), brotli.compress(ZEROS, quality=1)),
    "zstd": (("zstd",), zstandard.compress(ZEROS)),
}


@pytest.mark.parametrize(("codings", "packed"), BOMBS.values(), ids=BOMBS.keys())
def test_a_bomb_is_too_large(codings: tuple[str, ...], packed: bytes) -> None:
    with pytest.raises(BodyTooLargeError):
        _decode(codings, [packed], max_bytes=1_000_000)


@pytest.mark.parametrize(("codings", "packed"), BOMBS.values(), ids=BOMBS.keys())
def test_a_very_compressible_body_within_the_bound_is_unpacked_whole(
    codings: tuple[str, ...], packed: bytes
) -> None:
    assert _decode(codings, [packed], max_bytes=len(ZEROS)) == ZEROS


def test_padding_behind_the_document_counts_too() -> None:
    endless_padding = gzip.compress(b"x") + b"\0" * 200

    with pytest.raises(BodyTooLargeError):
        _decode(("gzip",), [endless_padding], max_bytes=100)


def test_bytes_behind_a_whole_brotli_body_are_passed_over() -> None:
    assert _decode(("br",), [brotli.compress(b"x"), b"y"]) == b"x"
