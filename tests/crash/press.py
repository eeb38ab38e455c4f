"""Papers on loopback that publish at every visit, and forget what was acknowledged."""

from __future__ import annotations

import threading
from collections import Counter
from contextlib import suppress
from http.server import BaseHTTPRequestHandler

from tests.end_to_end.service import rss


def headline(paper: int, number: int) -> str:
    """The title of an article: no two are alike."""
    return f"Morocco and Mali, report {number} of paper {paper}"


class Paper:
    """One source: `latest` articles so far, of which it carries what nobody has.

    Whoever sends validators says that everything up to them is kept: it is carried no
    longer, so that what was acknowledged and not kept is lost for good, and is missed.
    """

    def __init__(self, number: int, *, batch: int) -> None:
        self.number = number
        self.batch = batch
        self.latest = batch
        self.acknowledged = 0
        self.visits: list[str | None] = []  # what each brought as If-None-Match

    def answer(self, validator: str | None) -> tuple[int, str, bytes]:
        """The status, the validator and the document for one visit."""
        self.visits.append(validator)
        if validator is not None:
            self.acknowledged = max(self.acknowledged, _version(validator))
            if self.acknowledged == self.latest:
                self.latest += self.batch  # told at the next visit
                return 304, validator, b""
        carried = range(self.latest, max(self.acknowledged - 1, 0), -1)
        body = rss(
            "Paper",
            {
                f"{self.number}-{number}": headline(self.number, number)
                for number in carried
            },
        )
        return 200, f'"{self.latest}"', body

    def headlines(self, last: int) -> set[str]:
        """The titles of its articles up to one."""
        return {headline(self.number, number) for number in range(1, last + 1)}


def _version(validator: str) -> int:
    return int(validator.strip('"'))


class Press:
    """The papers, behind one server; `handler` is what serves them."""

    def __init__(self, papers: int, *, batch: int) -> None:
        self.papers = [Paper(number, batch=batch) for number in range(papers)]
        self._lock = threading.Lock()
        self._visited = threading.Condition(self._lock)
        self._visits = 0

    def wait_for_visit(self, count: int, *, seconds: float) -> None:
        """Until it was visited so many times from now on, or for so long."""
        with self._visited:
            wanted = self._visits + count
            self._visited.wait_for(lambda: self._visits >= wanted, seconds)

    def stop_publishing(self) -> None:
        """From now on nothing is new, so that everything can be caught up with."""
        with self._lock:
            for paper in self.papers:
                paper.batch = 0

    def acknowledged(self) -> set[str]:
        """The titles of everything that visitors said they have."""
        with self._lock:
            return {
                title
                for paper in self.papers
                for title in paper.headlines(paper.acknowledged)
            }

    def published(self) -> set[str]:
        """The titles of everything there is."""
        with self._lock:
            return {
                title
                for paper in self.papers
                for title in paper.headlines(paper.latest)
            }

    def outcomes(self) -> Counter[str]:
        """How many visits brought validators, and how many did not."""
        with self._lock:
            return Counter(
                "conditional" if validator else "plain"
                for paper in self.papers
                for validator in paper.visits
            )

    def _answer(self, paper: int, validator: str | None) -> tuple[int, str, bytes]:
        with self._lock:
            return self.papers[paper].answer(validator)

    def _note_visit(self) -> None:
        with self._visited:
            self._visits += 1
            self._visited.notify_all()

    @property
    def handler(self) -> type[BaseHTTPRequestHandler]:
        """What answers at /0, /1 and so on."""
        press = self

        class Answers(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                if not self.path[1:].isdigit():
                    self.send_error(404)  # robots.txt
                    return
                validator = self.headers.get("If-None-Match")
                status, etag, body = press._answer(int(self.path[1:]), validator)
                with suppress(ConnectionError):  # a visitor that was killed
                    self._send(status, etag, body)
                press._note_visit()

            def _send(self, status: int, etag: str, body: bytes) -> None:
                self.send_response(status)
                self.send_header("ETag", etag)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        return Answers
