"""Reads documents of the corpus in a process of its own, and says what went wrong.

`python -m tests.fuzz.child START COUNT` prints one line of JSON a fault, then one with
the longest time and the number of documents and of named refusals. Memory beyond the
bound raises MemoryError, which is a fault as any other exception.
"""

from __future__ import annotations

import json
import re
import resource
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict
from itertools import chain
from pathlib import Path
from typing import Any

from ingest.formats.choose import parse_document
from ingest.formats.raw import NotAFeedError
from ingest.normalise.document import normalise_document
from ingest.source import FeedAddress, Source
from tests.factories import NOW
from tests.fuzz.corpus import Case, case

MOST_CPU_SECONDS = 1.0
MOST_MEMORY = 200 * 1024 * 1024
"""Bytes of address space beyond what the program takes before it reads anything."""

ADDRESS = "https://paper.example/feed"
UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
SOURCE = Source(slug="paper", title="Paper", location=FeedAddress(url=ADDRESS))


def read(document: Case) -> bool:
    """Whether it is a document; False where it was refused by name."""
    try:
        raw = parse_document(document.body, content_type=document.content_type)
    except NotAFeedError:
        return False
    normalised = normalise_document(raw, source=SOURCE, base_url=ADDRESS, now=NOW)
    for text in texts(asdict(normalised)):
        if UNWRITABLE.search(text):
            raise AssertionError(f"no document can carry {text!r:.200}")
    return True


def texts(value: object) -> Iterator[str]:
    """Every text in a value, however deep."""
    match value:
        case str():
            yield value
        case dict():
            yield from chain.from_iterable(texts(each) for each in value.values())
        case list() | tuple():
            yield from chain.from_iterable(texts(each) for each in value)


def main(start: int, count: int) -> None:
    read(case(start))  # what is imported and compiled at the first need
    bound_memory()
    slowest, read_count = 0.0, 0
    for number in range(start, start + count):
        document = case(number)
        before = time.process_time()
        try:
            read_count += read(document)
        except Exception as error:  # noqa: BLE001 - which is what is looked for
            say(number=number, kind=document.kind, fault=f"{error!r:.300}")
        seconds = time.process_time() - before
        slowest = max(slowest, seconds)
        if seconds > MOST_CPU_SECONDS:
            say(number=number, kind=document.kind, fault=f"{seconds:.2f} s of CPU")
    say(slowest=round(slowest, 3), documents=read_count, refused=count - read_count)


def bound_memory() -> None:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    bound = pages * resource.getpagesize() + MOST_MEMORY
    resource.setrlimit(resource.RLIMIT_AS, (bound, bound))


def say(**values: Any) -> None:
    sys.stdout.write(json.dumps(values) + "\n")


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
