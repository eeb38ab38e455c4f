"""`rekkas publish`, and what a web server and readers make of its files."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from html import unescape
from io import BytesIO
from pathlib import Path
from typing import Any

import feedparser
import httpx
import pytest

from tests.end_to_end.service import (
    LOOPBACK,
    ROOT,
    environment,
    feed_handler,
    rekkas,
    rss,
    running,
    serving,
    write_configuration,
)
from tests.end_to_end.web_server import has_brotli, nginx

BASE = "https://news.example.org/"
HEADLINES = {
    str(number): f"Mali: {word} in Bamako"
    for number, word in enumerate(
        ("talks", "rain", "a strike", "elections", "a fair", "roads", "gold"), start=1
    )
}
_HREF = re.compile(r'href="((?:\.\.?/)[^"#]*)')


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a configuration, a database and its site."""
    folder = tmp_path_factory.mktemp("published")
    with serving(feed_handler({"/feed": rss("Paper", HEADLINES)})) as paper:
        configure(folder, f"{paper}/feed")
        assert rekkas(folder, "ingest", *CONFIG).returncode == 0
        done = rekkas(folder, "publish", "--out", "site", *CONFIG)
    assert (done.returncode, done.stdout) == (0, "")
    return folder


CONFIG = ("--config", "rekkas.yaml")


def configure(folder: Path, feed: str) -> None:
    mali = {"title": "Mali", "kind": "place", "names": {"en": ["Mali"]}}
    settings = {
        "storage": {"url": "sqlite:///rekkas.db"},
        "server": {"base_url": BASE},
        "publish": {"archive_page": 3},
        "fetch": {"allow_private": list(LOOPBACK)},
        "sources": {"paper": {"url": feed, "title": "Paper", "language": "en"}},
        "tags": {"mali": mali},
        "topics": {
            "mali": {"title": "Mali", "match": "about:mali"},
            "empty": {"title": "Nothing", "match": "about:mali -mali"},
        },
    }
    (folder / "rekkas.yaml").write_text(json.dumps(settings))


def files_of(site: Path) -> dict[str, tuple[bytes, float]]:
    return {
        str(path.relative_to(site)): (path.read_bytes(), path.stat().st_mtime)
        for path in site.rglob("*")
        if path.is_file()
    }


def test_everything_is_a_file(published: Path) -> None:
    found = files_of(published / "site").keys()

    names = {f"topics/mali{end}" for end in (".rss", ".atom", ".json", "/index.html")}
    pages = {
        f"topics/mali/archive/{number}.{suffix}"
        for number in (1, 2)
        for suffix in ("rss", "atom", "json")
    }
    lists = {"index.html", "topics.opml", "style.css", "about/index.html", "all.rss"}
    groups = {"tags/mali.atom", "sources/paper.json", "languages/en.rss"}
    assert names | pages | lists | groups <= found
    assert sum(name.startswith("articles/") for name in found) >= len(HEADLINES)
    assert "topics/mali/archive/3.rss" not in found


def test_a_site_published_again_is_not_touched(published: Path) -> None:
    before = files_of(published / "site")

    done = rekkas(published, "publish", "--out", "site", *CONFIG)

    assert "files written: 0," in done.stderr
    assert files_of(published / "site") == before


def test_every_link_between_pages_leads_to_a_file(published: Path) -> None:
    site = published / "site"
    for page in site.rglob("*.html"):
        links = [unescape(link) for link in _HREF.findall(page.read_text())]
        assert links
        for link in links:
            assert (page.parent / link).is_file(), f"{page}: {link}"


def read_json_page(document: bytes) -> tuple[dict[str, str], str | None]:
    feed = json.loads(document)
    return {item["id"]: item["title"] for item in feed["items"]}, feed.get("next_url")


def read_xml_page(document: bytes) -> tuple[dict[str, str], str | None]:
    found = feedparser.parse(BytesIO(document))
    links = {link.rel: link.href for link in found.feed.links}
    return {each.id: each.title for each in found.entries}, links.get("prev-archive")


@pytest.mark.parametrize(
    ("suffix", "read_page"),
    [("json", read_json_page), ("rss", read_xml_page), ("atom", read_xml_page)],
)
def test_who_walks_the_archive_gets_everything_once(
    published: Path,
    suffix: str,
    read_page: Callable[[bytes], tuple[dict[str, str], str | None]],
) -> None:
    link: str | None = f"{BASE}topics/mali.{suffix}"
    pages = []
    while link:
        items, link = read_page(
            (published / "site" / link.removeprefix(BASE)).read_bytes()
        )
        pages.append(items)

    current, *archive = pages
    archived = [name for page in archive for name in page]
    assert len(archive) > 1
    assert len(archived) == len(set(archived))
    titles = {name: title for page in pages for name, title in page.items()}
    assert sorted(titles.values()) == sorted(HEADLINES.values())
    assert set(titles) == {*current, *archived}


def test_feeds_are_those_of_the_service(published: Path, tmp_path: Path) -> None:
    configuration = write_configuration(tmp_path)
    settings = json.loads((published / "rekkas.yaml").read_text())
    settings["storage"] = {"url": f"sqlite:///{published}/rekkas.db"}
    port = re.search(r"127\.0\.0\.1:\d+", configuration.read_text())
    assert port is not None
    settings["server"]["listen"] = port[0]
    settings["sources"]["paper"]["enabled"] = False
    configuration.write_text(json.dumps(settings))

    with running(tmp_path, configuration) as service:
        for path in ("topics/mali.rss", "topics/mali/archive/1.atom", "all.json"):
            served = service.wait_for(f"/{path}").content
            assert served == (published / "site" / path).read_bytes()


def test_a_file_of_somebody_else_ends_the_command(tmp_path: Path) -> None:
    configure(tmp_path, "http://127.0.0.1:9/feed")
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "diary.txt").write_text("mine")

    done = rekkas(tmp_path, "publish", "--out", "site", *CONFIG)

    assert done.returncode == 2
    assert "diary.txt" in done.stderr
    assert files_of(tmp_path / "site").keys() - {".rekkas-site.lock"} == {"diary.txt"}


def test_a_folder_that_cannot_be_written_ends_the_command(tmp_path: Path) -> None:
    configure(tmp_path, "http://127.0.0.1:9/feed")

    done = rekkas(tmp_path, "publish", "--out", "/proc/rekkas", *CONFIG)

    assert done.returncode == 3
    assert "/proc/rekkas cannot be written" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("after", [20, 60, 120])
def test_a_kill_leaves_whole_files_and_the_next_run_completes(
    published: Path, tmp_path: Path, after: int
) -> None:
    site = tmp_path / "site"
    whole = {
        path: body
        for path, (body, _) in files_of(published / "site").items()
        if not path.startswith(".")
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "rekkas", "publish", "--out", str(site), *CONFIG],
        cwd=published,
        env={**environment(published), "PYTHONPATH": str(ROOT)},
        stderr=subprocess.DEVNULL,
    )
    while process.poll() is None and len(list(site.rglob("*"))) < after:
        os.sched_yield()
    process.send_signal(signal.SIGKILL)
    process.wait()

    for path, (body, _) in files_of(site).items():
        if not path.endswith(".rekkas-part") and not path.startswith("."):
            assert body == whole[path]
    assert rekkas(published, "publish", "--out", str(site), *CONFIG).returncode == 0
    assert {
        path: body
        for path, (body, _) in files_of(site).items()
        if not path.startswith(".")
    } == whole


@pytest.fixture(scope="module")
def web(published: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A client of nginx, which hands out the site."""
    folder = tmp_path_factory.mktemp("nginx")
    folder.chmod(0o755)
    with (
        nginx(published / "site", folder) as address,
        httpx.Client(base_url=address, trust_env=False) as client,
    ):
        yield client


TYPES = {
    "/": "text/html; charset=utf-8",
    "/topics/mali/": "text/html; charset=utf-8",
    "/topics/mali/index.html": "text/html; charset=utf-8",
    "/topics/mali.rss": "application/rss+xml; charset=utf-8",
    "/topics/mali.atom": "application/atom+xml; charset=utf-8",
    "/topics/mali.json": "application/feed+json; charset=utf-8",
    "/topics/mali/archive/1.json": "application/feed+json; charset=utf-8",
    "/topics.opml": "text/x-opml; charset=utf-8",
    "/style.css": "text/css; charset=utf-8",
}


@pytest.mark.parametrize(("path", "media_type"), TYPES.items(), ids=TYPES)
def test_nginx_says_what_a_file_is(web: Any, path: str, media_type: str) -> None:
    answer = web.get(path)

    assert answer.status_code == 200
    assert answer.headers["content-type"] == media_type
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "default-src 'none'" in answer.headers["content-security-policy"]


@pytest.mark.parametrize("coding", ["gzip", "br", "identity"])
def test_nginx_sends_no_file_that_a_reader_has(web: Any, coding: str) -> None:
    if coding == "br" and not has_brotli():
        pytest.skip("nginx has no module for Brotli")
    headers = {"accept-encoding": coding}
    first = web.get("/topics/mali.rss", headers=headers)
    validators = {
        "etag": ("if-none-match", first.headers["etag"]),
        "date": ("if-modified-since", first.headers["last-modified"]),
    }

    again = [
        web.get("/topics/mali.rss", headers=headers | {name: value})
        for name, value in validators.values()
    ]

    assert first.headers.get("content-encoding", "identity") == coding
    assert first.headers["vary"] == "Accept-Encoding"
    assert "<rss" in first.text
    assert [answer.status_code for answer in again] == [304, 304]


def test_nginx_lets_archive_pages_be_kept_for_ever(web: Any) -> None:
    kept = {
        path: web.get(path).headers["cache-control"].split(",")[1].strip()
        for path in ("/topics/mali/archive/1.rss", "/topics/mali.rss", "/style.css")
    }

    assert list(kept.values()) == ["max-age=31536000", "max-age=300", "max-age=86400"]


def test_nginx_finds_a_page_at_the_address_that_feeds_name(
    web: Any, published: Path
) -> None:
    link = re.search(f"<link>{BASE}([^<]*)</link>", web.get("/topics/mali.rss").text)
    assert link is not None

    page = web.get(f"/{link[1]}", follow_redirects=True)

    assert page.history[0].headers["location"] == "/topics/mali/"
    assert page.content == (published / "site/topics/mali/index.html").read_bytes()


@pytest.mark.parametrize(
    "path",
    ["/.rekkas-site.json", "/topics/mali.rss.gz", "/articles/", "/nowhere", "/topics/"],
)
def test_nginx_hands_out_nothing_else(web: Any, path: str) -> None:
    assert web.get(path).status_code == 404


def test_nginx_refuses_to_be_written_to(web: Any) -> None:
    assert web.post("/topics/mali.rss").status_code == 405
