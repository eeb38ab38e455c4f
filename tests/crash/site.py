"""`rekkas publish --out` that is killed on its way, and what it left in the folder."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from lxml import etree, html

from tests.end_to_end.service import ROOT, environment

SITE = "site"
_READERS: Mapping[str, Callable[[bytes], object]] = {
    ".rss": etree.fromstring,
    ".atom": etree.fromstring,
    ".opml": etree.fromstring,
    ".json": json.loads,
    ".html": html.document_fromstring,
}


@contextmanager
def publishing(folder: Path, configuration: Path) -> Iterator[None]:
    """A command that publishes while the block runs, and is killed at its end."""
    command = [sys.executable, "-m", "rekkas", "publish", "--out", SITE]
    process = subprocess.Popen(
        [*command, "--config", str(configuration)],
        cwd=folder,
        env={**environment(folder), "PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield
    finally:
        process.kill()
        process.wait()


def find_torn_files(site: Path) -> list[str]:
    """The files of a site that cannot be read to their end; one on its way is none."""
    return [
        str(path.relative_to(site))
        for path in site.rglob("*")
        if path.suffix in _READERS and not _is_whole(path)
    ]


def _is_whole(path: Path) -> bool:
    body = path.read_bytes()
    if path.suffix == ".html" and not body.rstrip().endswith(b"</html>"):
        return False
    try:
        _READERS[path.suffix](body)
    except (ValueError, SyntaxError):  # what lxml raises is the latter
        return False
    return True
