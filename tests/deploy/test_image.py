"""What the image is made of runs as it is run there; made without a builder of images.

The package is built from nothing but what the Dockerfile copies, and the service that
is in it runs without capabilities, on a root that nobody may write to.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.end_to_end.service import running, write_configuration

ROOT = Path(__file__).parents[2]
DOCKERFILE = ROOT / "deploy" / "Dockerfile"
# Everything is read-only but the folder that is the volume's; what may be written
# elsewhere ends it before it begins.
CONFINED = """
mount --bind "$0" "$0"
mount -o remount,bind,ro /
! touch "$(dirname "$0")/outside" 2> /dev/null
exec setpriv --bounding-set=-all --inh-caps=-all --no-new-privs "$@"
"""


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that the package is installed to."""
    source = tmp_path_factory.mktemp("source")
    for name in re.findall(r"^COPY (?!--from|deploy)(.+) \S+$", _first_stage(), re.M):
        for copied in name.split():
            _copy(ROOT / copied, source / copied)
    built = tmp_path_factory.mktemp("built")
    subprocess.run(
        [
            *(sys.executable, "-m", "pip", "--disable-pip-version-check", "wheel"),
            *("--quiet", "--no-deps", "--no-build-isolation", "--wheel-dir"),
            *(str(built), str(source)),
        ],
        check=True,
    )
    (wheel,) = built.glob("*.whl")
    with ZipFile(wheel) as archive:
        archive.extractall(built / "installed")
    return built / "installed"


def _first_stage() -> str:
    image = DOCKERFILE.read_text()
    return image[: image.rindex("\nFROM ")]


def _copy(copied: Path, place: Path) -> None:
    if copied.is_dir():
        shutil.copytree(copied, place, ignore=shutil.ignore_patterns("__pycache__"))
    else:
        shutil.copy(copied, place)


def _installed(package: Path) -> Sequence[str]:
    """What comes before a command that is to run the package and not this folder."""
    watched = [name for name in os.environ if name.startswith("COVERAGE")]
    forgotten = [part for name in watched for part in ("-u", name)]
    return ("env", *forgotten, f"PYTHONPATH={package}", "PYTHONDONTWRITEBYTECODE=1")


def test_the_package_has_every_file_that_is_read(package: Path) -> None:
    read = {
        path.relative_to(ROOT)
        for folder in ("config", "ingest", "store", "publish", "rekkas")
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }

    assert read
    assert sorted(path for path in read if not (package / path).is_file()) == []


def test_the_service_writes_to_its_volume_only(package: Path, tmp_path: Path) -> None:
    if os.geteuid() != 0 or not shutil.which("setpriv"):
        pytest.skip("only root makes the root file system read-only")
    volume = tmp_path / "volume"
    volume.mkdir()
    confined = ("unshare", "--mount", "sh", "-euc", CONFINED, str(volume))

    with running(
        volume, write_configuration(volume), [*_installed(package), *confined]
    ) as service:
        service.wait_for("/topics/western-sahara.rss", "PARLACEN")
        code = service.stop()

    assert code == 0
    assert "Traceback" not in service.log.read_text()
    assert (volume / "rekkas.db").is_file()
