"""What serving costs: CPU time of an answer, beside that of a bare ASGI application.

Both are served by one server configuration on loopback, in a thread of their own whose
CPU time is read; a client with one connection asks from another. Ratios in one run mean
something on any machine, milliseconds only on this one. Run by `make bench`.
"""

from __future__ import annotations

import asyncio
import socket
import statistics
import threading
import time
from collections.abc import Awaitable, Callable, Iterator, MutableMapping
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any, TypeAlias

from config.values import ContentChoice
from publish.addresses import Addresses
from publish.edition import Edition, TopicRules
from publish.render import Renderer
from publish.web.app import build_app
from rekkas.serving import build_server
from store.article import Article, ArticleId, Publication, Reason

REQUESTS = 3000
ROUNDS = 5
ITEMS = 20
Message: TypeAlias = MutableMapping[str, Any]
Send: TypeAlias = Callable[[Message], Awaitable[None]]


class OneTopic:
    """A store of one topic that never changes."""

    def __init__(self) -> None:
        self._publications = tuple(make_publication(n) for n in range(1, ITEMS + 1))

    def change_number(self) -> int:
        """Always the same."""
        return 1

    def latest_publications(self, *_: object, **__: object) -> tuple[Publication, ...]:
        """All there are."""
        return self._publications

    def topic_sizes(self) -> dict[str, Any]:
        """Asked for by nobody here."""
        return {}

    def find_article(self, article_id: ArticleId) -> None:  # noqa: ARG002
        """Asked for by nobody here."""
        return


def make_publication(number: int) -> Publication:
    """An article with an excerpt of the usual length."""
    seen_at = datetime(2026, 11, 23, 8, number, tzinfo=UTC)
    article = Article(
        id=ArticleId(number),
        uid=f"a{number:07x}",
        link=f"https://paper.example/{number}",
        title=f"Ministers of both countries meet in Bamako for the {number}th time",
        summary="They spoke of the border, of trade and of what comes next. " * 3,
        content_html="",
        text="",
        author=None,
        language="en",
        published_at=seen_at,
        published_precision=None,
        updated_at=None,
        first_seen_at=seen_at,
        revised_at=None,
        origin="paper",
        origin_title="The Paper",
        origin_home="https://paper.example/",
        duplicate_of=None,
        duplicate_reason=None,
        story=None,
        categories=(),
        enclosures=(),
        rights=None,
        comments_url=None,
        comment_count=None,
        image_url=None,
        tags=(),
    )
    return Publication(
        topic="mali",
        position=number,
        article=article,
        matched_at=seen_at,
        reason=Reason(clauses=("about:mali",)),
    )


def build_ours() -> Any:
    """Our application over one topic."""
    rules = TopicRules(
        slug="mali",
        title="Mali",
        description="Mali",
        content=ContentChoice.EXCERPT,
        limit=50,
        collapse=False,
    )
    edition = Edition(
        addresses=Addresses(base_url="http://x/", authority="x,2026"),
        content=ContentChoice.EXCERPT,
        topics={"mali": rules},
        tag_titles={},
        source_titles={},
    )
    return build_app(Renderer(edition, OneTopic()))


def build_bare(status: int, headers: list[tuple[bytes, bytes]], body: bytes) -> Any:
    """The least that an ASGI application can be: one constant answer."""

    async def bare(scope: Message, receive: object, send: Send) -> None:  # noqa: ARG001
        start = {"type": "http.response.start", "status": status, "headers": headers}
        await send(start)
        await send({"type": "http.response.body", "body": body})

    return bare


@contextmanager
def serving(app: Any) -> Iterator[tuple[int, Callable[[], float]]]:
    """The port that the application is served at, and the CPU seconds of its thread."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = build_server(app)
        thread = threading.Thread(
            target=asyncio.run, args=(server.serve(sockets=[listener]),)
        )
        thread.start()
        while not server.started:
            time.sleep(0.01)
        clock = time.pthread_getcpuclockid(thread.ident or 0)
        try:
            yield listener.getsockname()[1], lambda: time.clock_gettime(clock)
        finally:
            server.should_exit = True
            thread.join()


def ask(port: int, headers: str, times: int) -> tuple[bytes, int]:
    """Ask over one connection; the head of the last answer and the size of its body."""
    request = f"GET /topics/mali.rss HTTP/1.1\r\nHost: x\r\n{headers}\r\n".encode()
    with socket.create_connection(("127.0.0.1", port)) as connection:
        for _ in range(times):
            connection.sendall(request)
            head, body = read_answer(connection)
    return head, body


def read_answer(connection: socket.socket) -> tuple[bytes, int]:
    """The head of one answer and the size of its body."""
    received = b""
    while b"\r\n\r\n" not in received:
        received += connection.recv(65536)
    head, _, body = received.partition(b"\r\n\r\n")
    length = int(read_field(head, "content-length") or 0)
    size = len(body)
    while size < length and not head.startswith(b"HTTP/1.1 304"):
        size += len(connection.recv(65536))
    return head, size


def read_field(head: bytes, name: str) -> str | None:
    """A header of an answer."""
    for line in head.decode().splitlines():
        field, _, value = line.partition(": ")
        if field.lower() == name:
            return value
    return None


def measure(app: Any, headers: str) -> float:
    """Milliseconds of CPU of one answer: the median of some rounds."""
    with serving(app) as (port, cpu_seconds):
        ask(port, headers, 100)
        costs = []
        for _ in range(ROUNDS):
            before = cpu_seconds()
            ask(port, headers, REQUESTS)
            costs.append((cpu_seconds() - before) / REQUESTS * 1000)
    return statistics.median(costs)


def constant_of(head: bytes, size: int) -> Any:
    """A bare application that answers with as many bytes."""
    status = int(head.split()[1])
    lines = [line.split(b": ", 1) for line in head.splitlines()[1:]]
    kept = [(name, value) for name, value in lines if name != b"date"]
    return build_bare(status, kept, b"x" * size)


def main() -> None:
    """Print what a 304 and a 200 cost, beside the same bytes from a bare answer."""
    with serving(build_ours()) as (port, _):
        whole = ask(port, "", 1)
        tag = read_field(whole[0], "etag")
        known = ask(port, f"If-None-Match: {tag}\r\n", 1)
    for name, headers, answer in (
        ("304", f"If-None-Match: {tag}\r\n", known),
        ("200", "", whole),
    ):
        ours = measure(build_ours(), headers)
        bare = measure(constant_of(*answer), headers)
        print(
            f"{name} of {answer[1]:6,} bytes: {ours:.3f} ms, "
            f"bare {bare:.3f} ms, ratio {ours / bare:.2f}"
        )


if __name__ == "__main__":
    main()
