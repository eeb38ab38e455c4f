"""Fails where a pure module is not covered whole; run after the tests by make coverage.

Which modules are pure is said once, in the import contracts of pyproject.toml.
"""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

PROJECT = Path(__file__).parents[1] / "pyproject.toml"
CONTRACT = "Pure modules know no library that acts"


def pure_files() -> list[str]:
    """The files of every pure module and folder."""
    contracts = tomllib.loads(PROJECT.read_text())["tool"]["importlinter"]["contracts"]
    (contract,) = [one for one in contracts if one["name"] == CONTRACT]
    paths = [name.replace(".", "/") for name in contract["source_modules"]]
    return [f"{path}.py" for path in paths] + [f"{path}/*" for path in paths]


if __name__ == "__main__":
    include = f"--include={','.join(pure_files())}"
    report = [sys.executable, "-m", "coverage", "report", "--fail-under=100", include]
    sys.exit(subprocess.run(report, cwd=PROJECT.parent, check=False).returncode)
