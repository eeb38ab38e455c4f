"""Where an operator's configuration and database are by custom.

Follows the XDG base directory specification (0.8) and systemd's STATE_DIRECTORY; only
names places, and never looks whether they exist.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

_NAME = "rekkas"
_FILE = "rekkas.yaml"


def configuration_places(environ: Mapping[str, str], cwd: Path) -> Iterator[Path]:
    """Where a configuration that nobody named is looked for, the first one first."""
    yield cwd / _FILE
    user = _user_folder(environ, "XDG_CONFIG_HOME", ".config")
    if user is not None:
        yield user / _NAME / _FILE
    for folder in (environ.get("XDG_CONFIG_DIRS") or "/etc/xdg").split(":"):
        if Path(folder).is_absolute():
            yield Path(folder) / _NAME / _FILE
    yield Path("/etc") / _NAME / _FILE


def database_place(configuration: Path | None, environ: Mapping[str, str]) -> Path:
    """Where articles are kept when no file says.

    That is the service's state folder, else beside the operator's configuration, else
    the user's state folder, else the system's.
    """
    file = f"{_NAME}.db"
    if environ.get("STATE_DIRECTORY"):
        return Path(environ["STATE_DIRECTORY"].split(":")[0]) / file
    if configuration is not None:
        return configuration.parent / file
    user = _user_folder(environ, "XDG_STATE_HOME", ".local/state")
    return (user or Path("/var/lib")) / _NAME / file


def _user_folder(
    environ: Mapping[str, str], variable: str, below_home: str
) -> Path | None:
    """The folder a variable names; the specification ignores relative ones."""
    named = Path(environ.get(variable, ""))
    if named.is_absolute():
        return named
    return Path(environ["HOME"]) / below_home if environ.get("HOME") else None
