"""Add sources to the operator's file: whole and sound, or not at all.

The text is changed by `yaml_tree.insertion`, read anew before a byte is written, and
then replaces the file at once.
"""

from __future__ import annotations

import os
from codecs import BOM_UTF8
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkstemp

from config.errors import ConfigError, EditError
from config.load import LoadedSettings, UnreadableError, load_settings, read_text
from config.new_source import NewSource
from config.settings import Settings
from config.yaml_tree.insertion import NoPlaceError, insert_sources


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """A change of the operator's file that was checked and not yet made.

    `added` is what the new text has more than the old one, for the operator to see.
    """

    path: Path
    before: str
    after: str

    @property
    def added(self) -> str:
        """The lines that are new or changed, as they will stand in the file."""
        old, new = self.before.splitlines(), self.after.splitlines()
        start = _common(old, new)
        end = _common(old[start:][::-1], new[start:][::-1])
        return "\n".join(new[start : len(new) - end])


def plan_edit(
    loaded: LoadedSettings, sources: Sequence[NewSource], *, environ: Mapping[str, str]
) -> Edit:
    """The change that adds these sources and leaves everything else as it was.

    Raises:
        EditError: there is no file of the operator's, it cannot be added to, or the
            result would not mean what it should.
    """
    path = own_file(loaded)
    try:
        before = read_text(path)
        after = insert_sources(before, sources)
        result = load_settings(path, environ=environ, text=after).settings
    except (ConfigError, NoPlaceError, UnreadableError) as error:
        raise EditError(_by_hand(path, str(error))) from error
    if not _differs_by(sources, loaded.settings, result):
        reason = "what stands around `sources:` would come to mean something else"
        raise EditError(_by_hand(path, reason))
    return Edit(path=path, before=before, after=after)


def own_file(loaded: LoadedSettings) -> Path:
    """The file of the operator's that can be added to.

    Raises:
        EditError: there is none, the shipped configuration serves.
    """
    if loaded.path is None:
        raise EditError(
            "you have no configuration of your own to add to: write one with "
            "`rekkas init`, and try again"
        )
    return loaded.path


def write_edit(edit: Edit) -> None:
    """Make the change: the file is replaced at once, its rights stay as they are.

    Raises:
        EditError: it cannot be written, or was changed meanwhile; it is as it was.
    """
    target = Path(os.path.realpath(edit.path))  # a link stays one
    try:
        if read_text(target) != edit.before:
            raise EditError(f"{edit.path} was changed meanwhile: try again")
        _replace(target, edit.after)
    except (OSError, UnreadableError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise EditError(f"{edit.path} cannot be written ({reason})") from error


def _common(one: Sequence[str], other: Sequence[str]) -> int:
    """How many lines both begin with."""
    pairs = enumerate(zip(one, other, strict=False))
    shorter = min(len(one), len(other))
    return next((at for at, (a, b) in pairs if a != b), shorter)


def _by_hand(path: Path, reason: str) -> str:
    return f"{path} cannot be added to: {reason}. Add the source by hand"


def _differs_by(
    sources: Sequence[NewSource], before: Settings, after: Settings
) -> bool:
    """Whether these sources are new, and all else is equal."""
    slugs = {source.slug for source in sources}
    kept = {slug: it for slug, it in after.sources.items() if slug not in slugs}
    is_added = slugs <= after.sources.keys() and not slugs & before.sources.keys()
    return is_added and after.model_copy(update={"sources": kept}) == before


def _replace(path: Path, text: str) -> None:
    """Let the file hold this text, at every instant either the old or the new one."""
    with path.open("rb") as file:
        mark = BOM_UTF8 if file.read(len(BOM_UTF8)) == BOM_UTF8 else b""
    descriptor, name = mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with open(descriptor, "wb") as file:  # noqa: PTH123 # a descriptor
            file.write(mark + text.encode("utf-8"))
            file.flush()
            os.fsync(descriptor)
            _keep_owner(path, descriptor)
        os.replace(name, path)  # noqa: PTH105 # one call, one name for the step
    except BaseException:
        with suppress(OSError):
            os.unlink(name)  # noqa: PTH108 # same
        raise


def _keep_owner(path: Path, descriptor: int) -> None:
    """Give the new file the rights of the old one, and its owner where we may."""
    status = path.stat()
    os.fchmod(descriptor, status.st_mode & 0o7777)
    with suppress(PermissionError):
        os.fchown(descriptor, status.st_uid, status.st_gid)
