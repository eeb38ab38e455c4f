"""Everything that we publish, as files that any web server can hand out.

Touches only what has changed, so a web server's validators go on being right, and
takes away only what it once wrote itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from publish.errors import FolderRefusedError
from publish.rendered import Rendered
from publish.site_folder import SiteFolder, open_folder
from publish.site_plan import (
    FileState,
    Manifest,
    bodies_of,
    foreign,
    gone,
    plan_document,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteReport:
    """How many files were written, left as they were, and taken away."""

    written: int
    kept: int
    removed: int


def write_site(path: Path, documents: Iterable[tuple[str, Rendered]]) -> SiteReport:
    """Let a folder have these documents at their paths, and nothing else of ours.

    A document is asked for when the one before is in its place. Stopped anywhere, it
    leaves whole files, and the next time goes on.

    Raises:
        FolderRefusedError: the folder has links or files of somebody else; nothing was
            touched.
        OSError: it cannot be written.
    """
    with open_folder(path) as folder:
        _refuse_foreign(path, folder)
        return _Writing(folder).write(documents)


def _refuse_foreign(path: Path, folder: SiteFolder) -> None:
    others = foreign(folder.find_files(), folder.ours)
    if others:
        more = f" and {len(others) - 1} more" if len(others) > 1 else ""
        raise FolderRefusedError(
            f"{path / others[0]}{more} is not of this site: take it away, or name a "
            "folder of its own for the site"
        )


class _Writing:
    """One site on its way into a folder."""

    def __init__(self, folder: SiteFolder) -> None:
        self._folder = folder
        self._files: dict[str, FileState] = {}
        self._written = 0

    def write(self, documents: Iterable[tuple[str, Rendered]]) -> SiteReport:
        for path, document in documents:
            self._put(path, document)
        removed = gone(self._folder.ours, self._files)
        for path in removed:
            self._folder.remove(path)
        self._folder.settle(self._files)
        kept = len(self._files) - self._written
        return SiteReport(written=self._written, kept=kept, removed=len(removed))

    def _put(self, path: str, document: Rendered) -> None:
        states = plan_document(
            path,
            document,
            known=self._folder.manifest.get(path),
            there_at=self._folder.time_of(path),
        )
        self._files |= states
        changed = self._changed(states)
        if not changed:
            return
        bodies = bodies_of(path, document)
        self._folder.claim(changed)
        for each in changed:
            self._folder.write(each, bodies[each], modified_at=states[each].modified_at)
        self._written += len(changed)

    def _changed(self, states: Manifest) -> list[str]:
        return [
            path
            for path, state in states.items()
            if self._folder.manifest.get(path) != state
            or not self._folder.is_as_written(path, state)
        ]
