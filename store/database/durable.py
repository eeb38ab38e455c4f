"""Files that are there whole or not at all, whatever happens while they are written."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from store.errors import StoreError


@contextmanager
def written_beside(target: Path) -> Iterator[Path]:
    """A name at which to write what becomes `target` at the end of the block.

    Until then the target is as it was. If the block is left by an error, nothing is
    left of what was written.

    Raises:
        StoreError: the target cannot be written.
    """
    partial = target.with_name(f".{target.name}.{os.getpid()}.partial")
    try:
        if target.is_dir():
            raise IsADirectoryError(None, "it is a folder")
        partial.touch(mode=0o600)
        yield partial
        sync(partial)
        partial.replace(target)
        sync_folder(target.parent)
    except OSError as error:
        raise StoreError(
            f"{target} cannot be written ({error.strerror or error}): free space on "
            "its disk, or name another file; nothing was changed"
        ) from error
    finally:
        for ending in ("", "-journal", "-wal", "-shm"):
            partial.with_name(partial.name + ending).unlink(missing_ok=True)


def sync_folder(folder: Path) -> None:
    """Bring the names in a folder to the disk."""
    sync(folder)


def sync(path: Path) -> None:
    """Bring what is written of a file to the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
