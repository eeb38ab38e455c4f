"""`rekkas source doctor`: sources of every fate, examined over real sockets."""

from __future__ import annotations

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.end_to_end.service import LOOPBACK, UNREACHABLE, rekkas, rss, serving

ASKED: list[str] = []


class Publisher(BaseHTTPRequestHandler):
    """A feed with an ETag, one that moved, a page, and a robots.txt."""

    def do_GET(self) -> None:
        ASKED.append(self.path)
        match self.path:
            case "/feed" if self.headers["If-None-Match"] == '"1"':
                self._answer(304)
            case "/feed":
                self._answer(200, rss("Paper", {"1": "One", "2": "Two"}), ETag='"1"')
            case "/moved":
                self._answer(301, Location="/feed")
            case "/page":
                self._answer(200, b"<html><body>No feed here</body></html>")
            case "/robots.txt":
                self._answer(200, b"User-agent: *\nDisallow: /secret\n")
            case _:
                self._answer(404)

    def _answer(self, status: int, body: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    ASKED.clear()
    with serving(Publisher) as address:
        secret = address.replace("//", "//user:hush-hush@")
        sources = {
            "well": {"url": f"{secret}/feed"},
            "moved": {"url": f"{address}/moved"},
            "page": {"url": f"{address}/page"},
            "gone": {"url": f"{address}/gone"},
            "shut": {"url": f"{UNREACHABLE}/feed"},
            "off": {"url": f"{address}/off", "enabled": False},
        }
        settings = {
            "fetch": {"per_host": {"spacing": "0s"}, "allow_private": list(LOOPBACK)},
            "sources": sources,
        }
        (tmp_path / "rekkas.yaml").write_text(yaml.safe_dump(settings))
        yield tmp_path


def examine(folder: Path, *slugs: str) -> tuple[int, dict[str, Any]]:
    done = rekkas(folder, "source", "doctor", "--json", *slugs)
    assert "Traceback" not in done.stderr
    assert "hush-hush" not in done.stdout + done.stderr
    return done.returncode, json.loads(done.stdout)


def test_each_source_is_told_of_and_none_spoils_another(folder: Path) -> None:
    code, told = examine(folder)
    sources = {one["source"]: one for one in told["sources"]}
    checks = {
        slug: {check["check"]: check for check in one["checks"]}
        for slug, one in sources.items()
    }

    assert code == 1
    assert {slug: one["grade"] for slug, one in sources.items()} == {
        "well": "warn",  # by plain http
        "moved": "warn",
        "page": "fail",
        "gone": "fail",
        "shut": "fail",
    }
    assert [one["grade"] for one in told["sources"]][:3] == ["fail"] * 3
    assert checks["well"]["conditional"]["grade"] == "ok"
    assert checks["well"]["robots.txt"]["found"] == "allows it"
    assert "301 permanent" in checks["moved"]["redirects"]["found"]
    assert checks["page"]["parses"]["grade"] == "fail"
    assert "404" in checks["gone"]["answers"]["found"]
    assert set(checks["shut"]) == {"answers"}
    assert told["expat"]["check"] == "expat"


def test_nothing_is_recorded_and_a_source_is_asked_twice(folder: Path) -> None:
    code, _ = examine(folder, "well")

    assert code == 0
    assert sorted(ASKED) == ["/feed", "/feed", "/robots.txt"]
    assert not (folder / "rekkas.db").exists()


def test_people_read_what_is_wrong_and_what_to_do(folder: Path) -> None:
    one = rekkas(folder, "source", "doctor", "moved")
    several = rekkas(folder, "source", "doctor", "well", "page")
    unknown = rekkas(folder, "source", "doctor", "wel")

    assert one.returncode == 0
    assert "moved: warn" in one.stdout
    assert "301 permanent" in one.stdout
    assert several.returncode == 1
    assert "2 sources: 1 fail, 1 warn" in several.stdout
    assert "hush-hush" not in several.stdout
    assert unknown.returncode == 2
    assert "did you mean well?" in unknown.stderr
