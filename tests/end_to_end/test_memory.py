"""What the service takes of a machine's memory while hostile sources are read."""

from __future__ import annotations

import gzip
import subprocess
from collections.abc import Callable, Mapping
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
import yaml

from tests.end_to_end.memory import MEGABYTE, needs_proc, resident_bytes, tree_of
from tests.end_to_end.service import LOOPBACK, Service, running, serving
from tests.ports import free_port

MOST_BYTES = 400 * MEGABYTE  # of the service and of all its processes together
SOURCES = 8  # at once, of each kind
_SECONDS_A_LOOK = 0.03
_MOST_LOOKS = 6_000

pytestmark = needs_proc


def channel(items: str) -> bytes:
    return (
        f"<rss version='2.0'><channel><title>N</title>{items}</channel></rss>".encode()
    )


def headlines() -> str:
    return "".join(
        f"<item><title>T{number}</title><guid>g{number}</guid></item>"
        for number in range(250_000)
    )


def long_texts() -> str:
    text = "&lt;p&gt;Hello world, a sentence." * 200
    return "".join(
        f"<item><guid>{number}</guid><description>{text}</description></item>"
        for number in range(2_000)
    )


def json_feed() -> bytes:
    items = ",".join(f'{{"id":"{number}"}}' for number in range(600_000))
    return (
        f'{{"version":"https://jsonfeed.org/version/1.1","items":[{items}]}}'.encode()
    )


HOSTILE: dict[str, Callable[[], bytes]] = {
    "headlines": lambda: channel(headlines()),
    "headlines, not well-formed": lambda: channel(headlines() + "&nbsp;"),
    "long texts": lambda: channel(long_texts()),
    "long texts, not well-formed": lambda: channel(long_texts() + "&nbsp;"),
    "attributes": lambda: channel(
        "<item " + " ".join(f"a{number}='1'" for number in range(900_000)) + "/>"
    ),
    "depth": lambda: channel("<a>" * 4_000_000),
    "json": json_feed,
    "a page": lambda: b"<html><body>" + b"<div><p>x</p>" * 1_000_000,
    "nothing": lambda: bytes(15 * MEGABYTE),
    "a bomb": lambda: bytes(200 * MEGABYTE),
    "a megabyte of headlines": lambda: channel(headlines()[:MEGABYTE] + "&nbsp;"),
}


def handler(bodies: Mapping[str, bytes]) -> type[BaseHTTPRequestHandler]:
    """Answers with the body that the first part of the path names, packed."""
    packed = {name: gzip.compress(body, 1) for name, body in bodies.items()}

    class Hostile(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = packed[self.path.split("/")[1]]
            self.send_response(200)
            self.send_header("Content-Encoding", "gzip")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    return Hostile


def peak_of(service: Service, *, polls: int) -> int:
    """The most memory that the service takes until so many polls are over."""
    peak = 0
    for _ in range(_MOST_LOOKS):
        processes = tuple(tree_of(service.process.pid))
        peak = max(peak, sum(map(resident_bytes, processes)))
        log = service.log.read_text()
        if log.count('"poll_failed"') + log.count('"source_polled"') >= polls:
            return peak
        with pytest.raises(subprocess.TimeoutExpired):
            service.process.wait(_SECONDS_A_LOOK)
    raise AssertionError(service.log.read_text())


def peak_against(folder: Path, bodies: Mapping[str, bytes], *, sources: int) -> int:
    """The most memory taken by a service that polls so many of each at once."""
    with serving(handler(bodies)) as address:
        settings = {
            "include": ["catalogue:tags", "catalogue:topics"],
            "server": {"listen": f"127.0.0.1:{free_port()}"},
            "fetch": {
                "per_host": {"spacing": "0s", "concurrency": 8},
                "allow_private": list(LOOPBACK),
            },
            "sources": {
                f"hostile-{kind}-{number}": {"url": f"{address}/{kind}/{number}"}
                for kind in bodies
                for number in range(sources)
            },
        }
        configuration = folder / "rekkas.yaml"
        configuration.write_text(yaml.safe_dump(settings))
        with running(folder, configuration) as service:
            return peak_of(service, polls=len(bodies) * sources)


def test_hostile_sources_at_once_take_no_more_than_they_may(tmp_path: Path) -> None:
    kinds = ("headlines, not well-formed", "attributes", "a bomb")
    bodies = {str(at): HOSTILE[kind]() for at, kind in enumerate(kinds)}

    assert 50 * MEGABYTE < peak_against(tmp_path, bodies, sources=2) < MOST_BYTES


@pytest.mark.soak
@pytest.mark.parametrize("build", HOSTILE.values(), ids=HOSTILE)
def test_many_of_one_kind_take_no_more_than_they_may(
    build: Callable[[], bytes], tmp_path: Path
) -> None:
    peak = peak_against(tmp_path, {"0": build()}, sources=SOURCES)

    print(f"{peak / MEGABYTE:.0f} MiB")  # noqa: T201 - shown by pytest -rP
    assert peak < MOST_BYTES


@pytest.mark.soak
def test_many_of_every_kind_take_no_more_than_they_may(tmp_path: Path) -> None:
    bodies = {str(at): build() for at, build in enumerate(HOSTILE.values())}

    peak = peak_against(tmp_path, bodies, sources=4)

    print(f"{peak / MEGABYTE:.0f} MiB")  # noqa: T201 - shown by pytest -rP
    assert peak < MOST_BYTES
