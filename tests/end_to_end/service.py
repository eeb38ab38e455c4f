"""rekkas as a process of its own, and the servers that its sources point to."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx
import yaml

from tests.ports import free_port

ROOT = Path(__file__).parents[2]
CATALOGUE = ROOT / "config" / "catalogue"
UNREACHABLE = "http://127.0.0.1:9"  # discard: nothing listens there
LOOPBACK = ("127.0.0.1", "127.0.0.1:9")  # where sources of tests may be, port 9 too
_TRIES = 400
_SECONDS_A_TRY = 0.05


def environment(folder: Path) -> dict[str, str]:
    """The environment of a process that keeps everything under one folder."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
    coverage = {
        name: value for name, value in os.environ.items() if name.startswith("COVERAGE")
    }
    homes = {
        "HOME": str(folder),
        "XDG_STATE_HOME": str(folder / "state"),
        "XDG_CONFIG_HOME": str(folder / "config"),
    }
    return {**kept, **coverage, **homes}


def rekkas(folder: Path, *arguments: str, timeout: float = 120) -> Any:
    """A command run to its end; its output is text."""
    return subprocess.run(
        [sys.executable, "-m", "rekkas", *arguments],
        cwd=folder,
        env={**environment(folder), "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
    )


def write_configuration(folder: Path, **changes: Any) -> Path:
    """The shipped configuration without network: every feed's address refuses."""
    catalogue = yaml.safe_load((CATALOGUE / "maghreb.yaml").read_text())
    sources = {
        slug: {"url": f"{UNREACHABLE}/{slug}", "candidates": []}
        for slug, source in catalogue["sources"].items()
        if source.get("kind", "feed") == "feed" and source.get("enabled", True)
    }
    settings = {
        "include": ["catalogue:maghreb", "catalogue:tags", "catalogue:topics"],
        "server": {"listen": f"127.0.0.1:{free_port()}"},
        "fetch": {"allow_private": list(LOOPBACK)},
        "sources": sources,
    }
    path = folder / "rekkas.yaml"
    path.write_text(yaml.safe_dump(settings | changes, allow_unicode=True))
    return path


class Service:
    """A running `rekkas run` and the address it serves.

    `within` is a command that runs it, in an environment of its own.
    """

    def __init__(
        self, folder: Path, configuration: Path, within: Sequence[str] = ()
    ) -> None:
        listen = yaml.safe_load(configuration.read_text())["server"]["listen"]
        self.base = f"http://{listen}"
        self.log = folder / "run.log"
        self.client = httpx.Client(base_url=self.base, trust_env=False)
        command = [sys.executable, "-m", "rekkas", "run"]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [*within, *command, "--config", str(configuration)],
                cwd=folder,
                env={**environment(folder), "PYTHONPATH": str(ROOT)},
                stdout=log,
                stderr=log,
            )

    def get(self, path: str, **headers: str) -> httpx.Response:
        """The answer to one GET."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.client.get(path, headers=named)

    def wait_for(self, path: str, text: str = "") -> httpx.Response:
        """The first 200 at this address that carries the text; fails when it dies."""
        for _ in range(_TRIES):
            try:
                answer = self.get(path)
            except httpx.TransportError:
                answer = None
            if answer is not None and answer.status_code == 200 and text in answer.text:
                return answer
            try:
                self.process.wait(_SECONDS_A_TRY)
            except subprocess.TimeoutExpired:
                continue
            break
        raise AssertionError(f"{path} never came: {self.log.read_text()}")

    def stop(self, sign: signal.Signals = signal.SIGTERM) -> int:
        """Ask it to stop; its exit code, within the five seconds it has."""
        self.process.send_signal(sign)
        return self.process.wait(5)

    def close(self) -> None:
        """Leave nothing running."""
        self.client.close()
        self.process.kill()
        self.process.wait()


@contextmanager
def running(
    folder: Path, configuration: Path, within: Sequence[str] = ()
) -> Iterator[Service]:
    """A service that is gone at the end of the block, whatever happens."""
    service = Service(folder, configuration, within)
    try:
        yield service
    finally:
        service.close()


@contextmanager
def serving(handler: type[BaseHTTPRequestHandler]) -> Iterator[str]:
    """A server on loopback for the time of the block; its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def feed_handler(feeds: Mapping[str, bytes]) -> type[BaseHTTPRequestHandler]:
    """A server of feeds by path, read anew for each request; 404 elsewhere."""

    class Feeds(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = feeds.get(self.path)
            self.send_response(404 if body is None else 200)
            self.send_header("Content-Type", "application/rss+xml")
            self.send_header("Content-Length", str(len(body or b"")))
            self.end_headers()
            self.wfile.write(body or b"")

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    return Feeds


def rss(title: str, headlines: Mapping[str, str]) -> bytes:
    """An RSS document of these headlines, by the path of each item."""
    items = "".join(
        f"<item><title>{headline}</title><guid>{path}</guid>"
        f"<link>https://paper.example/{path}</link>"
        f"<pubDate>Sun, 22 Nov 2026 08:{number % 60:02}:00 GMT</pubDate>"
        f"<description>{headline}, told in a sentence.</description></item>"
        for number, (path, headline) in enumerate(headlines.items())
    )
    return (
        f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel>'
        f"<title>{title}</title><link>https://paper.example/</link>"
        f"<description>News</description>{items}</channel></rss>"
    ).encode()
