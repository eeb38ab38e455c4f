"""Feed readers that people use, each run as they run it, seen from the server's side.

A reader is asked to refresh one address; it answers with the entries it then shows.
"""

from __future__ import annotations

import mailbox
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterable
from contextlib import closing
from email.header import decode_header, make_header
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import TypeAlias

import feedparser
import httpx
import pytest
from reader import make_reader

Shown: TypeAlias = tuple[tuple[str, str, str], ...]
"""Title, link and id of each entry that a reader shows, sorted."""

Refresh: TypeAlias = Callable[[], Shown]
"""A visit, and what the reader shows after it."""

Start: TypeAlias = Callable[[str, Path], Refresh]
"""A reader subscribed to an address, keeping its files in a folder."""

_PASSED_ON = ("if-none-match", "if-modified-since", "accept", "accept-encoding", "a-im")
_TOLD = ("content-type", "content-encoding", "etag", "last-modified", "vary")
_NOT_MODIFIED = 304
_SECONDS = 60


def recording_proxy(base: str, statuses: list[int]) -> type[BaseHTTPRequestHandler]:
    """Stands before the service and notes how each visit was answered."""

    class Proxy(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            passed = {
                name: value
                for name, value in self.headers.items()
                if name.lower() in _PASSED_ON
            }
            passed.setdefault("Accept-Encoding", "identity")
            with (
                httpx.Client(trust_env=False) as client,
                client.stream("GET", base + self.path, headers=passed) as answer,
            ):
                body = b"".join(answer.iter_raw())
            statuses.append(answer.status_code)
            self.send_response(answer.status_code)
            for name in _TOLD:
                if name in answer.headers:
                    self.send_header(name, answer.headers[name])
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    return Proxy


def newsboat(address: str, folder: Path) -> Refresh:
    """Debian's newsboat, which keeps what it shows in a database of its own."""
    program = _installed("newsboat")
    urls, cache = folder / "urls", folder / "cache.db"
    urls.write_text(f"{address}\n")

    def refresh() -> Shown:
        _run(folder, program, "-u", str(urls), "-c", str(cache), "-x", "reload")
        with sqlite3.connect(cache) as connection:
            rows = connection.execute("SELECT title, url, guid FROM rss_item")
            shown = _sorted(rows.fetchall())
        connection.close()
        return shown

    return refresh


def sfeed(address: str, folder: Path) -> Refresh:
    """Debian's sfeed, fetching with curl and its ETag as sfeed's own page shows."""
    program, _ = _installed("sfeed_update"), _installed("curl")
    feeds, etag = folder / "feeds", folder / "etag"
    configuration = folder / "sfeedrc"
    configuration.write_text(
        f"sfeedpath={feeds}\n"
        "fetch() {\n"
        f'  curl -s -f -m 15 --etag-compare {etag} --etag-save {etag} "$2"\n'
        "}\n"
        f"feeds() {{ feed rekkas '{address}'; }}\n"
    )

    def refresh() -> Shown:
        _run(folder, program, str(configuration))
        lines = (feeds / "rekkas").read_text().splitlines()
        rows = [line.split("\t") for line in lines]
        return _sorted((row[1], row[2], row[5]) for row in rows)

    return refresh


def rss2email(address: str, folder: Path) -> Refresh:
    """Debian's rss2email; what it shows are the mails it ever delivered."""
    program = _installed("r2e")
    configuration, inbox = folder / "r2e.cfg", folder / "INBOX"
    configuration.write_text(
        "[DEFAULT]\n"
        "to = subscriber@example.org\n"
        "email-protocol = maildir\n"
        f"maildir-path = {folder}\n"
        f"[feed.rekkas]\nurl = {address}\n"
    )

    def refresh() -> Shown:
        _run(folder, program, "-c", str(configuration), "-d", f"{folder}/r2e", "run")
        return _sorted(
            (_plain(mail["Subject"]), mail["X-RSS-URL"], mail["X-RSS-ID"])
            for mail in mailbox.Maildir(inbox)
        )

    return refresh


def universal_feed_parser(address: str, folder: Path) -> Refresh:
    """feedparser, given back what it said of the document at the last visit."""
    etag: str | None = None
    modified: str | None = None
    shown: Shown = ()

    def refresh() -> Shown:
        nonlocal etag, modified, shown
        document = feedparser.parse(address, etag=etag, modified=modified)
        etag, modified = document.get("etag"), document.get("modified")
        if document.status != _NOT_MODIFIED:
            shown = _sorted(
                (entry.title, entry.link, entry.id) for entry in document.entries
            )
        return shown

    return refresh


def lemon_reader(address: str, folder: Path) -> Refresh:
    """lemon24's reader, opened anew at each visit as its command line does."""

    def refresh() -> Shown:
        with closing(make_reader(str(folder / "reader.sqlite"))) as reader:
            reader.add_feed(address, exist_ok=True)
            reader.update_feed(address)
            return _sorted(
                (entry.title or "", entry.link or "", entry.id)
                for entry in reader.get_entries()
            )

    return refresh


def _installed(program: str) -> str:
    path = shutil.which(program)
    if path is None:
        pytest.skip(f"{program} is not installed (Debian has it as a package)")
    return path


def _run(folder: Path, *command: str) -> None:
    subprocess.run(
        command,
        env={
            "HOME": str(folder),
            "PATH": "/usr/bin:/bin",
            "TERM": "xterm",
            "LANG": "C.UTF-8",
        },
        check=True,
        capture_output=True,
        timeout=_SECONDS,
    )


def _plain(header: str) -> str:
    return str(make_header(decode_header(header)))


def _sorted(entries: Iterable[tuple[str, str, str]]) -> Shown:
    return tuple(sorted(entries))
