"""A small configuration on disk, and commands run over it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from rekkas.cli import cli
from tests.end_to_end.service import CATALOGUE, LOOPBACK, UNREACHABLE

Run = Callable[..., Result]

SETTINGS = {
    "include": ["catalogue:tags", "catalogue:topics"],
    "fetch": {"per_host": {"spacing": "0s"}, "allow_private": list(LOOPBACK)},
    "sources": {
        "daily8": {
            "kind": "snapshot",
            "title": "Daily8",
            "path": str(CATALOGUE / "snapshots" / "daily8.txt"),
            "captured_at": "2025-06-22T12:00:00Z",
            "language": "en",
        },
        "silent": {"url": f"{UNREACHABLE}/feed", "enabled": False},
    },
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An operator's folder with a configuration; commands run in it."""
    (tmp_path / "rekkas.yaml").write_text(yaml.safe_dump(SETTINGS))
    monkeypatch.chdir(tmp_path)
    for name in ("REKKAS_CONFIG", "STATE_DIRECTORY"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


@pytest.fixture
def run(folder: Path) -> Run:
    """Run a command as the operator types it, in this process."""

    def run_command(*arguments: str) -> Result:
        return CliRunner().invoke(cli, arguments, prog_name="rekkas")

    return run_command
