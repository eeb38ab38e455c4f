"""The folder of a static site: files appear whole or not at all.

Each is written beside its place, brought to the disk and put in place; a folder on the
way that is a symbolic link is refused by the kernel. What is ours is written down
before it is there, so that after a kill nothing of it is taken for somebody else's.
"""

from __future__ import annotations

import fcntl
import os
import stat
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path, PurePosixPath
from typing import TextIO

from publish.errors import FolderRefusedError
from publish.site_plan import FileState, Manifest, read_manifest, write_manifest

_MANIFEST = ".rekkas-site.json"
_JOURNAL = ".rekkas-site.journal"  # paths about to be written, one a line
_LOCK = ".rekkas-site.lock"
_PART = ".rekkas-part"  # ends the name of a file that is being written
_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW
_NEW_FILE = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW


class SiteFolder:
    """One folder while it is published into; made by `open_folder`."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.manifest = self._load_manifest()
        self._journal = self._load_journal()

    @property
    def ours(self) -> frozenset[str]:
        """Every path at which a file may be that we wrote."""
        return frozenset({*self.manifest, *self._journal})

    def find_files(self) -> list[str]:
        """The path of every file in the folder, without what a kill left unfinished.

        A name at the top that begins with a dot is no part of the site: `.well-known`
        is a certificate's, `.nojekyll` a host's.

        Raises:
            FolderRefusedError: one is a symbolic link, or no file at all.
        """
        found, ours = [], self.ours
        for path in self._walk(""):
            if path.endswith(_PART) and path.removesuffix(_PART) in ours:
                (self._path / path).unlink()
            else:
                found.append(path)
        return found

    def _walk(self, folder: str) -> Iterator[str]:
        with os.scandir(self._path / folder) as entries:
            for entry in entries:
                path = f"{folder}/{entry.name}" if folder else entry.name
                if not folder and entry.name.startswith("."):
                    continue
                if entry.is_dir(follow_symlinks=False):
                    yield from self._walk(path)
                elif entry.is_file(follow_symlinks=False):
                    yield path
                else:
                    raise FolderRefusedError(
                        f"{self._path / path} is a symbolic link or no plain file: "
                        "take it away, or name a folder of its own for the site"
                    )

    def is_as_written(self, path: str, state: FileState) -> bool:
        """Whether a file is there as it was written."""
        try:
            found = os.lstat(self._path / path)
        except OSError:
            return False
        return (
            stat.S_ISREG(found.st_mode)
            and found.st_size == state.size
            and int(found.st_mtime) == state.modified_at
        )

    def time_of(self, path: str) -> int | None:
        """When the file that is there was modified, None where none is."""
        try:
            return int(os.lstat(self._path / path).st_mtime)
        except OSError:
            return None

    def claim(self, paths: list[str]) -> None:
        """Note that files are about to be written that were not there."""
        new = {*paths}.difference(self.manifest, self._journal)
        if not new:
            return
        with _open_own(self._path / _JOURNAL) as journal:
            journal.write("".join(f"{path}\n" for path in sorted(new)))
            journal.flush()
            os.fsync(journal.fileno())
        self._journal |= new

    def write(self, path: str, body: bytes, *, modified_at: int) -> None:
        """Put a file in its place, whole, with a time of its own."""
        place = PurePosixPath(path)
        with self._opened(place.parent) as folder:
            part = place.name + _PART
            with os.fdopen(
                os.open(part, _NEW_FILE, 0o644, dir_fd=folder), "wb"
            ) as file:
                file.write(body)
                file.flush()
                os.utime(file.fileno(), (modified_at, modified_at))
                os.fsync(file.fileno())
            os.replace(part, place.name, src_dir_fd=folder, dst_dir_fd=folder)
            os.fsync(folder)

    def remove(self, path: str) -> None:
        """Take a file away, and the folders that are empty without it."""
        (self._path / path).unlink(missing_ok=True)
        for folder in PurePosixPath(path).parents:
            if not folder.name or not _is_empty(self._path / folder):
                return
            (self._path / folder).rmdir()

    def settle(self, manifest: Manifest) -> None:
        """The site is whole: note what it has, and forget what was on the way."""
        if manifest != self.manifest:
            self.write(_MANIFEST, write_manifest(manifest), modified_at=0)
        (self._path / _JOURNAL).unlink(missing_ok=True)
        self.manifest, self._journal = manifest, set()

    @contextmanager
    def _opened(self, folder: PurePosixPath) -> Iterator[int]:
        """A folder of the site, made where it is not there, reached without a link."""
        with ExitStack() as opened:
            found = os.open(self._path, os.O_RDONLY | os.O_DIRECTORY)
            opened.callback(os.close, found)
            for name in folder.parts:
                found = self._enter(name, found)
                opened.callback(os.close, found)
            yield found

    def _enter(self, name: str, folder: int) -> int:
        with suppress(FileExistsError):
            os.mkdir(name, dir_fd=folder)
        try:
            return os.open(name, _FOLDER, dir_fd=folder)
        except NotADirectoryError as error:  # a file, or a link to whatever
            raise FolderRefusedError(
                f"{name} in {self._path} is in the way of a folder of the site: take "
                "it away, or name a folder of its own for the site"
            ) from error

    def _load_manifest(self) -> Manifest:
        try:
            return read_manifest((self._path / _MANIFEST).read_bytes())
        except FileNotFoundError:
            return {}
        except ValueError as error:
            raise FolderRefusedError(
                f"{self._path / _MANIFEST} is damaged, so nobody can tell which files "
                "are ours: empty the folder, or name another"
            ) from error

    def _load_journal(self) -> set[str]:
        try:
            written = (self._path / _JOURNAL).read_text(encoding="utf-8")
        except FileNotFoundError:
            return set()
        return set(written.split("\n")[:-1])  # a kill may have cut the last line short


def _open_own(path: Path) -> TextIO:
    """A file of ours beside the site, to add lines to."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW
    return os.fdopen(os.open(path, flags, 0o644), "a", encoding="utf-8")


def _is_empty(folder: Path) -> bool:
    return folder.is_dir() and not any(folder.iterdir())


@contextmanager
def open_folder(path: Path) -> Iterator[SiteFolder]:
    """The folder of a site, made where it is not there; one process at a time has it.

    Raises:
        FolderRefusedError: another one publishes into it, or it is no folder of a site.
        OSError: it cannot be made or read.
    """
    try:
        path.mkdir(parents=True, exist_ok=True)
    except FileExistsError as error:
        raise FolderRefusedError(
            f"{path} is no folder: take it away, or name another"
        ) from error
    with _open_own(path / _LOCK) as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise FolderRefusedError(
                f"another rekkas publishes into {path} right now: try again when it is "
                "done"
            ) from None
        yield SiteFolder(path)
