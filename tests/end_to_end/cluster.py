"""Many processes over many hosts of loopback, and what those hosts saw of them."""

from __future__ import annotations

import asyncio
import hashlib
import subprocess
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any

import yaml

from tests.end_to_end.service import ROOT, environment, rss
from tests.ports import free_port


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How many papers there are, how many on a host, and how they are asked."""

    papers: int
    papers_a_host: int
    every: int
    spacing: int

    @property
    def hosts(self) -> list[str]:
        """Addresses of loopback, each a host of its own."""
        count = -(-self.papers // self.papers_a_host)
        return [f"127.1.{n // 200}.{n % 200 + 1}" for n in range(count)]

    def host(self, paper: int) -> str:
        """Where a paper is."""
        return self.hosts[paper // self.papers_a_host]


@dataclass(slots=True)
class Press:
    """A server of all papers: each has one article more at every third request.

    An unchanged paper is answered by 304. `asked` has the moments at which each was
    asked, `hosts` those of each host. Nothing new is printed once it is frozen.
    """

    delay: float = 0.0
    is_frozen: bool = False
    issues: dict[str, int] = field(default_factory=dict)

    asked: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    hosts: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))

    def answer(self, head: str) -> bytes:
        """The answer to a request, which is noted."""
        lines = head.split("\r\n")
        headers = dict(line.lower().split(": ", 1) for line in lines[1:] if line)
        paper = lines[0].split(" ")[1].strip("/")
        now = time.monotonic()
        if not paper.startswith("paper-"):
            return b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
        self.asked[paper].append(now)
        if not self.is_frozen:
            self.issues[paper] = 1 + (len(self.asked[paper]) - 1) // 3
        self.hosts[headers["host"]].append(now)
        return self._paper(paper, headers)

    def _paper(self, paper: str, headers: Mapping[str, str]) -> bytes:
        issue = self.issues.get(paper, 0)
        tag = f'"{issue}"'
        if headers.get("if-none-match") == tag:
            return f"HTTP/1.1 304 Not Modified\r\nETag: {tag}\r\n\r\n".encode()
        body = rss("Paper", headlines(paper, issue))
        head = (
            f"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\nETag: {tag}\r\n"
            f"Content-Length: {len(body)}\r\n\r\n"
        )
        return head.encode() + body


def headlines(paper: str, issue: int) -> dict[str, str]:
    """What a paper carries, the newest first."""
    return {
        f"{paper}-{number}": f"Mali: {_words(paper, number)}"
        for number in reversed(range(issue))
    }


def _words(paper: str, number: int) -> str:
    """A few words that no other headline has, as no event is told by two papers."""
    digits = hashlib.sha256(f"{paper} {number}".encode()).hexdigest()
    return " ".join(digits[start : start + 6] for start in range(0, 36, 6))


@contextmanager
def printing(press: Press) -> Iterator[int]:
    """The papers on every address of loopback; the port."""
    loop, port = asyncio.new_event_loop(), free_port()

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                answer = press.answer(head.decode("latin-1"))
                await asyncio.sleep(press.delay)
                writer.write(answer)
                await writer.drain()
        except (asyncio.CancelledError, asyncio.IncompleteReadError, OSError):
            pass
        finally:
            writer.close()

    async def serve() -> asyncio.Server:
        return await asyncio.start_server(talk, "0.0.0.0", port, backlog=2000)  # noqa: S104

    server = loop.run_until_complete(serve())
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    try:
        yield port
    finally:
        asyncio.run_coroutine_threadsafe(_close(server), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


async def _close(server: asyncio.Server) -> None:
    server.close()
    talking = asyncio.all_tasks() - {asyncio.current_task()}
    for task in talking:
        task.cancel()
    await asyncio.gather(*talking, return_exceptions=True)


def write_plan(folder: Path, plan: Plan, url: str, port: int, **fetch: Any) -> Path:
    """The configuration that all processes read."""
    settings = {
        "storage": {"url": url},
        "server": {"listen": "127.0.0.1:0", "admin_listen": None},
        "include": ["catalogue:tags"],
        "fetch": {
            "per_host": {"spacing": f"{plan.spacing}s"},
            "allow_private": plan.hosts,
            "robots": "none",
            **fetch,
        },
        "sources": {
            f"paper-{number}": {
                "url": f"http://{plan.host(number)}:{port}/paper-{number}",
                "language": "en",
                "every": f"{plan.every}s",
            }
            for number in range(plan.papers)
        },
        "topics": {"mali": {"title": "Mali", "match": "about:mali"}},
    }
    path = folder / "rekkas.yaml"
    path.write_text(yaml.safe_dump(settings))
    return path


class Part:
    """A running `rekkas schedule`, `rekkas worker` or `rekkas serve`."""

    def __init__(self, command: str, configuration: Path, name: str) -> None:
        folder = configuration.parent
        self.log = folder / f"{name}.log"
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "rekkas", command, "--config", configuration],
                cwd=folder,
                env={**environment(folder), "PYTHONPATH": str(ROOT)},
                stdout=log,
                stderr=log,
            )

    @property
    def told(self) -> str:
        """Its log so far."""
        return self.log.read_text()

    def address(self) -> str:
        """Where it serves, once it does."""
        wait_until("it serves", lambda: '"serving": "http' in self.told)
        return self.told.split('"serving": "')[1].split('/"')[0]

    def kill(self) -> None:
        """As the kernel does when memory is short."""
        self.process.kill()
        self.process.wait()


class Parts:
    """Every part of a cluster; none is left behind at the end of the block."""

    def __init__(self, configuration: Path) -> None:
        self._configuration = configuration
        self._all: list[Part] = []
        self._ended = ExitStack()

    def __enter__(self) -> Parts:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._ended.close()

    def start(self, command: str, configuration: Path | None = None) -> Part:
        """One more part."""
        name = f"{command}-{len(self._all)}"
        part = Part(command, configuration or self._configuration, name)
        self._ended.callback(part.kill)
        self._all.append(part)
        return part


def wait_until(what: str, is_so: Any, *, seconds: float = 30) -> None:
    """Wait until something is so; fails when it does not come."""
    ends = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < ends, f"it never came that {what}"
        threading.Event().wait(0.05)
