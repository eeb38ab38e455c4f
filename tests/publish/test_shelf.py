"""Renderings are kept until something changes."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

from publish.shelf import Shelf


def make_thing(name: str = "thing") -> str:
    return name


class CountingRenderer:
    """Renders a new document at each call."""

    def __init__(self) -> None:
        self.calls = 0

    def __call__(self) -> str:
        self.calls += 1
        return make_thing(str(self.calls))


def test_a_document_is_rendered_once_per_change() -> None:
    shelf, render = Shelf[str](capacity=2), CountingRenderer()

    bodies = [shelf.take("a", change, render) for change in (1, 1, 2, 2)]

    assert bodies == ["1", "1", "2", "2"]


def test_the_last_rendering_outlives_its_change() -> None:
    shelf = Shelf[str](capacity=2)

    rendered = shelf.take("a", 1, make_thing)

    assert shelf.last("a") is rendered
    assert shelf.last("b") is None


def test_a_document_that_is_gone_is_not_kept() -> None:
    shelf = Shelf[str](capacity=2)
    shelf.take("a", 1, make_thing)

    gone = shelf.take("a", 2, lambda: None)

    assert gone is None
    assert shelf.last("a") is None


def test_the_longest_unused_makes_room() -> None:
    shelf = Shelf[str](capacity=2)

    for key in ("a", "b", "a", "c"):
        shelf.take(key, 1, make_thing)

    assert shelf.last("a")
    assert shelf.last("b") is None
    assert shelf.last("c")


def test_many_threads_that_ask_at_once_cause_one_rendering() -> None:
    shelf, render = Shelf[str](capacity=2), CountingRenderer()
    together = threading.Barrier(8)

    def ask(_number: int) -> str | None:
        together.wait()
        return shelf.take("a", 1, render)

    with ThreadPoolExecutor(max_workers=8) as threads:
        answers = list(threads.map(ask, range(8)))

    assert render.calls == 1
    assert all(answer is answers[0] for answer in answers)
