"""Compressed bytes off the wire -> the document, within bounds at every step.

Knows gzip, deflate, brotli and zstd, one in another, and gzip that nobody declared.
httpx's own decoding has no bound (300 KB of gzip took 1.2 GB), so it is not used.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from typing import Protocol

import brotli
import zstandard

MAX_CODINGS = 2
_PIECE_BYTES = 64 * 1024  # what one step may unpack to, about
_ZSTD_STEP_BYTES = 64  # four bytes make a block of 128 KB: sixteen of them a step
_ZSTD_WINDOW_BYTES = 8 * 1024 * 1024  # RFC 9659: more is not for HTTP
_GZIP_WINDOW = 31  # zlib's way to say: 32 KB window, gzip header
_ZLIB_WINDOW = 15
_RAW_WINDOW = -15
# Markup, JSON, a byte order mark: neither brotli nor zstd can begin so.
_TEXT_STARTS = (b"<", b"{", b"\xef")
_GZIP_START = b"\x1f"  # no text begins so: the character is forbidden in XML and JSON


class BodyTooLargeError(ValueError):
    """The document is larger than was allowed, packed or unpacked."""


class BodyBrokenError(ValueError):
    """The compressed bytes end early or make no sense; the message says which."""


class _Stage(Protocol):
    def feed(self, packed: bytes) -> Iterator[bytes]:
        """The unpacked pieces, lazily: what is not asked for is not unpacked."""

    def is_whole(self) -> bool:
        """Whether what was fed so far is complete."""


class BodyDecoder:
    """Unpacks one body as it arrives, up to `max_bytes` of it, and hands it to `take`.

    `codings` are the declared ones in the order applied. A declared coding that is
    not there, one that is none ("utf-8", "none") and gzip that is not declared are all
    seen in the wild and read.
    """

    def __init__(
        self,
        codings: tuple[str, ...],
        *,
        max_bytes: int,
        take: Callable[[bytes], object],
    ) -> None:
        if len(codings) > MAX_CODINGS:
            raise BodyBrokenError(f"it is packed {len(codings)} times over")
        self._stages = [_stage_of(coding) for coding in reversed(codings)]
        if len(codings) < MAX_CODINGS:
            self._stages.append(_PerhapsGzip())
        self._room = [max_bytes] * (len(self._stages) + 1)
        self._take = take

    def feed(self, packed: bytes) -> None:
        """Take the next bytes off the wire.

        Raises:
            BodyTooLargeError: more than the bound has come, at any step of unpacking.
            BodyBrokenError: the bytes are not what their coding says.
        """
        try:
            self._push(0, packed)
        except (zlib.error, brotli.error, zstandard.ZstdError) as error:
            raise BodyBrokenError("its compression is damaged") from error

    def finish(self) -> None:
        """See that the document is whole.

        Raises:
            BodyBrokenError: a compressed part of it ends early.
        """
        if not all(stage.is_whole() for stage in self._stages):
            raise BodyBrokenError("its compression ends early")

    def _push(self, depth: int, data: bytes) -> None:
        self._room[depth] -= len(data)
        if self._room[depth] < 0:
            raise BodyTooLargeError
        if depth == len(self._stages):
            self._take(data)
        elif data:
            for piece in self._stages[depth].feed(data):
                self._push(depth + 1, piece)


class _PerhapsGzip:
    """Unpacks what begins as gzip does and passes everything else through."""

    def __init__(self) -> None:
        self._inflate: _Inflate | None = None
        self._is_plain = False

    def feed(self, packed: bytes) -> Iterator[bytes]:
        if self._inflate is None and not self._is_plain:
            self._is_plain = not packed.startswith(_GZIP_START)
            self._inflate = None if self._is_plain else _Inflate(_GZIP_WINDOW)
        return iter((packed,)) if self._inflate is None else self._inflate.feed(packed)

    def is_whole(self) -> bool:
        return self._inflate is None or self._inflate.is_whole()


class _PerhapsPacked:
    """Unpacks what is no text; text that is only called packed passes through.

    No coding, None, unpacks nothing: what was to be text and is not is broken.
    """

    def __init__(self, coding: str, build: Callable[[], _Stage] | None) -> None:
        self._coding = coding
        self._build = build
        self._stage: _Stage | None = None
        self._is_text = False

    def feed(self, packed: bytes) -> Iterator[bytes]:
        if self._stage is None and not self._is_text:
            self._is_text = packed.startswith(_TEXT_STARTS)
            self._stage = None if self._is_text else self._built()
        return iter((packed,)) if self._stage is None else self._stage.feed(packed)

    def is_whole(self) -> bool:
        return self._stage is None or self._stage.is_whole()

    def _built(self) -> _Stage:
        if self._build is None:
            raise BodyBrokenError(
                f"it is packed as {self._coding[:40]!r}, which we do not know"
            )
        return self._build()


class _Deflate:
    """`deflate` is zlib's format by the standard, bare by the habit of some servers."""

    def __init__(self) -> None:
        self._inflate: _Inflate | None = None

    def feed(self, packed: bytes) -> Iterator[bytes]:
        if self._inflate is None:
            is_zlib = packed[0] & 0x0F == 8  # RFC 1950, 2.2: compression method
            self._inflate = _Inflate(_ZLIB_WINDOW if is_zlib else _RAW_WINDOW)
        return self._inflate.feed(packed)

    def is_whole(self) -> bool:
        return self._inflate is None or self._inflate.is_whole()


class _Inflate:
    """zlib's three formats; gzip may have several members and padding behind them."""

    def __init__(self, window: int) -> None:
        self._window = window
        self._zlib = zlib.decompressobj(window)

    def feed(self, packed: bytes) -> Iterator[bytes]:
        may_have_more = True
        while may_have_more:
            if self._zlib.eof:
                if not packed.startswith(_GZIP_START):
                    return
                self._zlib = zlib.decompressobj(self._window)
            piece = self._zlib.decompress(packed, _PIECE_BYTES)
            packed = self._zlib.unused_data or self._zlib.unconsumed_tail
            # A full piece may leave output inside zlib though no input is left.
            may_have_more = bool(packed) or len(piece) == _PIECE_BYTES
            yield piece

    def is_whole(self) -> bool:
        return self._zlib.eof


class _Brotli:
    def __init__(self) -> None:
        self._brotli = brotli.Decompressor()
        self._has_begun = False

    def feed(self, packed: bytes) -> Iterator[bytes]:
        self._has_begun = True
        may_have_more = not self._brotli.is_finished()
        while may_have_more:
            piece = self._brotli.process(packed, output_buffer_limit=_PIECE_BYTES)
            packed = b""
            may_have_more = bool(piece) and not self._brotli.is_finished()
            yield piece

    def is_whole(self) -> bool:
        return not self._has_begun or self._brotli.is_finished()


class _Zstandard:
    """Frames one after the other, unpacked a few blocks at a time."""

    def __init__(self) -> None:
        self._decompressor = zstandard.ZstdDecompressor(
            max_window_size=_ZSTD_WINDOW_BYTES
        )
        self._frame: zstandard.ZstdDecompressionObj | None = None

    def feed(self, packed: bytes) -> Iterator[bytes]:
        for start in range(0, len(packed), _ZSTD_STEP_BYTES):
            yield from self._step(packed[start : start + _ZSTD_STEP_BYTES])

    def is_whole(self) -> bool:
        return self._frame is None

    def _step(self, packed: bytes) -> Iterator[bytes]:
        while packed:
            frame = self._frame or self._decompressor.decompressobj()
            piece = frame.decompress(packed)
            self._frame = None if frame.eof else frame
            packed = frame.unused_data if frame.eof else b""
            yield piece


_SURE_STAGES: dict[str, Callable[[], _Stage]] = {
    "gzip": _PerhapsGzip,
    "x-gzip": _PerhapsGzip,
    "deflate": _Deflate,  # bare, it may begin as a text does
}
_STAGES: dict[str, Callable[[], _Stage]] = {"br": _Brotli, "zstd": _Zstandard}


def _stage_of(coding: str) -> _Stage:
    if coding in _SURE_STAGES:
        return _SURE_STAGES[coding]()
    return _PerhapsPacked(coding, _STAGES.get(coding))
