"""Configurations on disk, and what loading them says."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from config.errors import ConfigError
from config.load import LoadedSettings, load_settings

NOTHING: Mapping[str, str] = {}


def write_configuration(folder: Path, text: str, **others: str) -> Path:
    """A rekkas.yaml in the folder, and others by name: `sub__a` is sub/a.yaml."""
    for name, content in others.items():
        path = folder / f"{name.replace('__', '/')}.yaml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(content, encoding="utf-8")
    main = folder / "rekkas.yaml"
    main.write_text(text, encoding="utf-8")
    return main


def load(
    folder: Path, text: str, environ: Mapping[str, str] = NOTHING, **others: str
) -> LoadedSettings:
    """The settings of these files."""
    path = write_configuration(folder, text, **others)
    return load_settings(path, environ=environ)


def problems_of(
    folder: Path, text: str, environ: Mapping[str, str] = NOTHING, **others: str
) -> list[str]:
    """The problems of these files as the operator reads them, folder left out."""
    try:
        load(folder, text, environ, **others)
    except ConfigError as error:
        return [str(one).replace(f"{folder}/", "") for one in error.problems]
    return []
