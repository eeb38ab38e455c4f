"""Several files as one configuration: later files over earlier ones, key by key.

Knows for each value which file gave it, and so turns findings into problems.
"""

from __future__ import annotations

import os.path
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from config.environment import has_reference
from config.errors import Problem
from config.findings import Finding, KeyPath, dotted
from config.yaml_tree.file import Spot, YamlFile

SQLITE = "sqlite:///"


class Layers:
    """The files of one configuration in the order in which they count."""

    def __init__(self, files: Sequence[YamlFile]) -> None:
        self._files = files

    def merge(self) -> dict[str, Any]:
        """The data of all files but their includes.

        Keys merge with the earlier file's keys at every depth, so that a file can
        change one key of a source; texts, numbers and lists replace the earlier ones.
        A section without content is as good as absent.
        """
        merged: dict[str, Any] = {}
        for file in self._files:
            sections = {
                name: section
                for name, section in file.data.items()
                if section is not None and name != "include"
            }
            merged = _merge(merged, sections)
        return merged

    def written(self, path: KeyPath) -> str | None:
        """The text of a value as the operator wrote it; None for lists and mappings."""
        _, spot, depth = self._locate(path)
        return spot.written if depth == len(path) else None

    def problem(self, finding: Finding) -> Problem:
        """The finding with the file, line and column where it is to be mended."""
        file, spot, depth = self._locate(finding.path)
        message, (line, column) = finding.message, spot.value_place
        if finding.is_about_key or (depth < len(finding.path) and not spot.written):
            line, column = spot.key_place
        elif finding.quotes_value and has_reference(spot.written or ""):
            message = "this does not fit once the environment's values are filled in"
        elif finding.column is not None:
            exact = spot.column_of(finding.column)
            column = exact or column
            message += "" if exact else f" (at character {finding.column} of it)"
        return Problem(
            file=file.file,
            line=line,
            column=column,
            key=dotted(finding.path),
            message=message,
        )

    def _locate(self, path: KeyPath) -> tuple[YamlFile, Spot, int]:
        """The last file that gives the value, or the nearest above it, and how deep."""
        for depth in range(len(path), 0, -1):
            for file in reversed(self._files):
                spot = file.find(path[:depth])
                if spot is not None:
                    return file, spot, depth
        nowhere = Spot(key_place=(1, 1), value_place=(1, 1), written=None)
        return self._files[-1], nowhere, 0


def _merge(earlier: Mapping[str, Any], later: Mapping[str, Any]) -> dict[str, Any]:
    merged = dict(earlier)
    for key, value in later.items():
        before = merged.get(key)
        if isinstance(before, Mapping) and isinstance(value, Mapping):
            merged[key] = _merge(before, value)
        else:
            merged[key] = value
    return merged


def anchor_paths(data: Mapping[str, Any], folder: Path) -> None:
    """Let the relative paths of one file's data start at its folder, in place."""
    sources = data.get("sources")
    for source in sources.values() if isinstance(sources, dict) else ():
        if isinstance(source, dict) and isinstance(source.get("path"), str):
            source["path"] = os.path.normpath(folder / source["path"])
    storage = data.get("storage")
    url = storage.get("url") if isinstance(storage, dict) else None
    if isinstance(storage, dict) and isinstance(url, str):
        storage["url"] = _absolute_url(url, folder)


def _absolute_url(url: str, folder: Path) -> str:
    path = url.removeprefix(SQLITE)
    if path in (url, "", ":memory:"):
        return url
    return SQLITE + os.path.normpath(folder / path)
