"""A file system of a test's own, which can go read-only under a service that runs.

Its files cannot be remounted read-only while they are open for writing, so that one of
memory will not do: this one gives up as after a fault of the disk, or refuses writes.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.end_to_end.test_bad_input import needs_mount

_TOOLS = ("mkfs.ext4", "e2fsck", "chattr")


class Disk:
    """A file system in a file, mounted at `folder`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._image = folder.with_suffix(".img")

    def make(self) -> None:
        """Make it and mount it; skips the test where that cannot be done."""
        with self._image.open("wb") as image:
            image.truncate(64 * 1024 * 1024)
        _run("mkfs.ext4", "-q", "-F", str(self._image))
        self.folder.mkdir()
        if self._mount().returncode:
            pytest.skip("no file system in a file can be mounted here")

    def fail(self) -> None:
        """Give up at once, as the kernel does where a disk cannot be written."""
        _run("mount", "-o", "remount,abort", str(self.folder))

    def repair(self) -> None:
        """Let it be as it was, which needs that nobody uses it."""
        self.unmount()
        mended = subprocess.run(["e2fsck", "-y", str(self._image)], check=False)
        assert mended.returncode <= 1, "1 is: mended"
        assert self._mount().returncode == 0

    def unmount(self) -> None:
        """Take it away."""
        _run("umount", str(self.folder))

    def _mount(self) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            ["mount", "-o", "loop", str(self._image), str(self.folder)],
            capture_output=True,
            check=False,
        )


@contextmanager
def fragile_disk(folder: Path) -> Iterator[Disk]:
    """A disk that a test may break; without the means the test is skipped."""
    needs_mount()
    if not all(map(shutil.which, _TOOLS)):
        pytest.skip(f"it takes {', '.join(_TOOLS)} of e2fsprogs")
    disk = Disk(folder)
    disk.make()
    try:
        yield disk
    finally:
        disk.unmount()


@contextmanager
def unchangeable(database: Path) -> Iterator[None]:
    """Let nobody, not even root, write what is in the database of SQLite's."""
    files = [str(database), f"{database}-wal"]
    _run("chattr", "+i", *files)
    try:
        yield
    finally:
        _run("chattr", "-i", *files)


def _run(*command: str) -> None:
    subprocess.run(command, check=True)
