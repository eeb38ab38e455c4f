"""`rekkas source doctor` as the operator types it, beside a server that misbehaves."""

from __future__ import annotations

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest
import yaml

from rekkas.exit_code import ExitCode
from store.database.upgrade import open_database
from store.library import Library
from tests.end_to_end.service import rss, serving
from tests.rekkas.conftest import Run

HEADLINES = {"1": "A headline", "2": "Another headline"}
SECRET = "hunter2"
TAG = '"1"'


class Misbehaving(BaseHTTPRequestHandler):
    """Each address plays another part; what it hears is noted."""

    heard: list[tuple[str, str | None]]

    def do_GET(self) -> None:
        self.heard.append((self.path, self.headers["Authorization"]))
        play = getattr(self, f"play_{self.path.strip('/').replace('.', '_')}", None)
        if play is None:
            self.send(404)
        else:
            play()

    def play_well(self) -> None:
        if self.headers["If-None-Match"] == TAG:
            self.send(304, ETag=TAG)
        else:
            self.send(200, rss("Well", HEADLINES), ETag=TAG)

    def play_forgetful(self) -> None:
        self.send(200, rss("Forgetful", HEADLINES), ETag=f'"{len(self.heard)}"')

    def play_moved(self) -> None:
        self.send(301, Location="/well")

    def play_page(self) -> None:
        self.send(200, b"<!DOCTYPE html><html><body>Later</body></html>")

    def play_broken(self) -> None:
        self.send(500)

    def play_tired(self) -> None:
        self.send(429, b"", **{"Retry-After": "3600"})

    def play_cut(self) -> None:
        self.send(200, b"<rss", **{"Content-Length": "99999"})

    def play_private(self) -> None:
        given = self.headers["Authorization"]
        self.send(*((200, rss("Private", HEADLINES)) if given else (401,)))

    def play_robots_txt(self) -> None:
        self.send(200, b"User-agent: *\nDisallow: /private")

    def send(self, status: int, body: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        for name, value in ({"Content-Length": str(len(body))} | headers).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def heard() -> list[tuple[str, str | None]]:
    return []


@pytest.fixture
def site(heard: list[tuple[str, str | None]]) -> Iterator[str]:
    handler = type("Playing", (Misbehaving,), {"heard": heard})
    with serving(handler) as address:
        yield address


def configure(folder: Path, *paths: str, **changes: Any) -> None:
    """The operator's file, with a source for each of these addresses."""
    sources = {
        (path.rpartition("/")[2] or "root").replace(".", "-"): {"url": path}
        for path in paths
    }
    settings = {
        "fetch": {
            "per_host": {"spacing": "0s"},
            "deadline": "5s",
            "allow_private": ["127.0.0.1", "127.0.0.1:9"],
        },
        "sources": sources,
        "topics": {},
    }
    (folder / "rekkas.yaml").write_text(yaml.safe_dump(settings | changes))


def checks_of(source: dict[str, Any]) -> dict[str, str]:
    return {check["check"]: check["grade"] for check in source["checks"]}


def test_json_says_the_same_to_machines(run: Run, folder: Path, site: str) -> None:
    configure(folder, f"{site}/well")

    facts = json.loads(run("source", "doctor", "well", "--json").stdout)

    assert set(facts) == {"expat", "sources"}
    assert set(facts["expat"]) == {"check", "grade", "found", "advice"}
    (source,) = facts["sources"]
    assert set(source) == {"source", "url", "grade", "checks"}
    assert (source["source"], source["url"]) == ("well", f"{site}/well")
    assert source["grade"] == "warn"
    assert checks_of(source) == {
        "answers": "ok",
        "redirects": "ok",
        "tls": "warn",
        "robots.txt": "ok",
        "conditional": "ok",
        "asked pace": "ok",
        "compression": "ok",
        "parses": "ok",
        "dates": "ok",
        "freshness": checks_of(source)["freshness"],  # the days go by
        "titles, links": "ok",
        "text": "ok",
    }
    assert all(
        set(one) == {"check", "grade", "found", "advice"} for one in source["checks"]
    )


TROUBLES: dict[str, tuple[str, str, str, str]] = {
    "an error of the server": ("broken", "answers", "fail", "500"),
    "a page in place of a feed": ("page", "parses", "fail", "HTML page"),
    "an answer that is cut": ("cut", "answers", "fail", "broke off"),
    "a host that wants to be left alone": ("tired", "answers", "fail", "429"),
    "nothing there": ("nothing", "answers", "fail", "404"),
    "a move for good": ("moved", "redirects", "warn", "write"),
    "a server that spares nobody": ("forgetful", "conditional", "warn", "the same"),
}


@pytest.mark.parametrize(
    ("path", "check", "grade", "words"), TROUBLES.values(), ids=TROUBLES
)
def test_the_doctor_finds(
    run: Run, folder: Path, site: str, path: str, check: str, grade: str, words: str
) -> None:
    configure(folder, f"{site}/{path}")

    shown = run("source", "doctor", "--json")

    (source,) = json.loads(shown.stdout)["sources"]
    found = {one["check"]: one for one in source["checks"]}[check]
    assert found["grade"] == grade
    assert words in found["found"] + found["advice"]
    assert shown.exit_code == (ExitCode.SOURCES_FAILED if grade == "fail" else 0)


def test_a_source_may_be_named_twice(
    run: Run, folder: Path, site: str, heard: list[tuple[str, str | None]]
) -> None:
    configure(folder, f"{site}/well", f"{site}/broken")

    facts = json.loads(run("source", "doctor", "well", "well", "--json").stdout)

    assert [one["source"] for one in facts["sources"]] == ["well"]
    assert [path for path, _ in heard] == ["/well", "/well", "/robots.txt"]


def test_a_source_that_is_switched_off_is_examined_where_it_is_named(
    run: Run, folder: Path, site: str
) -> None:
    sources = {"idle": {"url": f"{site}/well", "enabled": False}}
    configure(folder, sources=sources)

    named = json.loads(run("source", "doctor", "idle", "--json").stdout)
    all_of_them = json.loads(run("source", "doctor", "--json").stdout)

    assert [one["source"] for one in named["sources"]] == ["idle"]
    assert all_of_them["sources"] == []


def test_no_password_is_shown_or_sent_elsewhere(
    run: Run, folder: Path, site: str, heard: list[tuple[str, str | None]]
) -> None:
    secret = site.replace("//", f"//me:{SECRET}@")
    configure(folder, f"{secret}/private", f"{secret}/broken", f"{secret}/moved")

    shown = run("source", "doctor")
    as_json = run("source", "doctor", "--json")

    for output in (shown.stdout, shown.stderr, as_json.stdout, as_json.stderr):
        assert SECRET not in output
    assert f"{site}/private" in as_json.stdout
    assert {path for path, given in heard if given is None} == {"/robots.txt"}


def test_a_candidate_is_named_without_its_password(
    run: Run, folder: Path, site: str
) -> None:
    secret = site.replace("//", f"//me:{SECRET}@")
    sources = {"two": {"url": f"{site}/nothing", "candidates": [f"{secret}/private"]}}
    configure(folder, sources=sources)

    shown = run("source", "doctor", "two")

    assert SECRET not in shown.stdout + shown.stderr
    assert f"the candidate {site}/private answers" in " ".join(shown.stdout.split())


def test_nothing_of_a_source_is_recorded(run: Run, folder: Path, site: str) -> None:
    configure(folder, f"{site}/well")
    run("ingest")
    url = f"sqlite:///{folder}/rekkas.db"
    with open_database(url) as database:
        before = Library(database).source_states()

    run("source", "doctor")

    with open_database(url) as database:
        assert Library(database).source_states() == before


def test_a_host_that_wants_to_be_left_alone_is_left_alone_afterwards(
    run: Run, folder: Path, site: str, heard: list[tuple[str, str | None]]
) -> None:
    configure(folder, f"{site}/tired", f"{site}/well")
    run("ingest", "well")
    run("source", "doctor", "tired")
    heard.clear()

    shown = run("source", "doctor", "well", "--json")

    assert heard == []
    (source,) = json.loads(shown.stdout)["sources"]
    assert checks_of(source) == {"answers": "warn"}
    assert shown.exit_code == 0
