"""What serving costs: CPU time of an answer, beside that of a bare ASGI application.

Both are served by one server configuration on loopback and on the event loop of the
service, each in a thread of its own whose CPU time is read; a client with one
connection asks from another. They take turns, round by round, so that both meet the
same load. Ratios in one run mean something on any machine, milliseconds only on this
one. Run by `make bench`.
"""

from __future__ import annotations

import socket
import statistics
import threading
import time
from collections.abc import Awaitable, Callable, Iterator, MutableMapping
from contextlib import contextmanager
from typing import Any, TypeAlias

import uvloop

from publish.render import Renderer
from publish.web.app import build_app
from rekkas.connections import ConnectionLimits
from rekkas.seeing.request_tally import RequestTally
from rekkas.seeing.requests import KINDS, CountedRequests
from rekkas.serving import build_server
from tests.publish.factories import make_article, make_edition, make_rules
from tests.publish.fakes import FakeArticles

REQUESTS = 1000
ROUNDS = 15
ITEMS = 20
Message: TypeAlias = MutableMapping[str, Any]
Send: TypeAlias = Callable[[Message], Awaitable[None]]


def build_ours() -> Any:
    """Our application over one topic of excerpts of the usual length, counted."""
    articles = tuple(
        make_article(
            number,
            title=f"Ministers of both countries meet in Bamako the {number}th time",
            summary="They spoke of the border, of trade and of what comes next. " * 3,
        )
        for number in range(1, ITEMS + 1)
    )
    edition = make_edition(make_rules("mali"))
    app = build_app(Renderer(edition, FakeArticles({"mali": articles})))
    return CountedRequests(app, RequestTally(KINDS))


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
        server = build_server(app, ConnectionLimits(most=10))
        thread = threading.Thread(
            target=uvloop.run, args=(server.serve(sockets=[listener]),)
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


def compare(app: Any, other: Any, headers: str) -> tuple[float, float]:
    """Milliseconds of CPU of an answer of each: the medians of rounds in turn."""
    costs: tuple[list[float], list[float]] = ([], [])
    with serving(app) as one, serving(other) as two:
        for _ in range(ROUNDS):
            for (port, cpu_seconds), kept in zip((one, two), costs, strict=True):
                before = cpu_seconds()
                ask(port, headers, REQUESTS)
                kept.append((cpu_seconds() - before) / REQUESTS * 1000)
    return statistics.median(costs[0]), statistics.median(costs[1])


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
        ours, bare = compare(build_ours(), constant_of(*answer), headers)
        print(
            f"{name} of {answer[1]:6,} bytes: {ours:.3f} ms, "
            f"bare {bare:.3f} ms, ratio {ours / bare:.2f}"
        )


if __name__ == "__main__":
    main()
