"""The body of an answer while it comes: in memory while small, then in a file.

A file without a name, gone with its last user: many large bodies at once, of which
some come on purpose, take no memory of ours while they wait to be read.
"""

from __future__ import annotations

import hashlib
import tempfile
import weakref
from collections.abc import Callable
from io import BytesIO
from typing import BinaryIO, cast

from ingest.fetch.outcome import Content, InMemory

LARGE_BYTES = 256 * 1024
"""A body beyond this is kept in a file: sixteen may come at a time."""


class Spool:
    """Bytes that are written piece by piece, and then read at once."""

    def __init__(self, *, most_in_memory: int = LARGE_BYTES) -> None:
        self._most_in_memory = most_in_memory
        self._file: BinaryIO = BytesIO()
        self._digest = hashlib.sha256()
        self._size = 0

    @property
    def size(self) -> int:
        """The number of bytes so far."""
        return self._size

    @property
    def digest(self) -> str:
        """Their SHA-256 in hexadecimal."""
        return self._digest.hexdigest()

    def write(self, piece: bytes) -> None:
        """Take the next bytes.

        Raises:
            OSError: there is no room for them on the disk.
        """
        if self._size <= self._most_in_memory < self._size + len(piece):
            self._move_to_disk()
        self._file.write(piece)
        self._digest.update(piece)
        self._size += len(piece)

    def read(self) -> bytes:
        """All bytes, from the first."""
        self._file.seek(0)
        return self._file.read()

    def __reduce__(self) -> tuple[Callable[[bytes], Content], tuple[bytes]]:
        """Another process gets the bytes, not the file."""
        return InMemory, (self.read(),)

    def _move_to_disk(self) -> None:
        # Unbuffered: pieces are large, and what waits in a buffer is no room on disk.
        file = cast(BinaryIO, tempfile.TemporaryFile(buffering=0))  # noqa: SIM115
        weakref.finalize(self, file.close)
        file.write(self.read())
        self._file = file
