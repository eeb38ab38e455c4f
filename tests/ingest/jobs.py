"""Jobs for worker processes, good and bad; a job has to be a function of a module."""

from __future__ import annotations

import os
import signal
from io import BytesIO

import feedparser


def double(number: int) -> int:
    return number * 2


def own_process_id() -> int:
    return os.getpid()


def parse(body: bytes) -> int:
    return len(feedparser.parse(BytesIO(body)).entries)


def take_memory(size: int) -> int:
    return len(bytes(size))


def keep_memory(size: int, _document: bytes = b"") -> int:
    KEPT.append(b"x" * size)
    return os.getpid()


KEPT: list[bytes] = []


def nest(depth: int) -> int:
    return nest(depth + 1)


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def fail() -> None:
    raise ValueError("as asked")


class TwoWordsError(Exception):
    """An exception that does not survive pickling."""

    def __init__(self, one: str, two: str) -> None:
        super().__init__(f"{one} {two}")


def fail_in_two_words() -> None:
    raise TwoWordsError("as", "asked")


def never_end() -> None:
    while True:
        pass
