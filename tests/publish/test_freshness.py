"""The change number of the store, asked for once in a while."""

from __future__ import annotations

from publish.freshness import ChangeWatch


class FakeStore:
    """A store that changes at each question, and the clock beside it."""

    def __init__(self) -> None:
        self.number = 0
        self.now = 100.0

    def change_number(self) -> int:
        self.number += 1
        return self.number

    def clock(self) -> float:
        return self.now


def test_nothing_is_known_before_the_first_question() -> None:
    store = FakeStore()

    assert ChangeWatch(store.change_number, clock=store.clock).recent() is None
    assert store.number == 0


def test_an_answer_serves_for_a_while() -> None:
    store = FakeStore()
    watch = ChangeWatch(store.change_number, fresh_for=1, clock=store.clock)

    first = watch.number()
    store.now += 0.9

    assert (first, watch.number(), watch.recent()) == (1, 1, 1)


def test_an_old_answer_is_asked_for_anew() -> None:
    store = FakeStore()
    watch = ChangeWatch(store.change_number, fresh_for=1, clock=store.clock)

    watch.number()
    store.now += 1

    assert watch.recent() is None
    assert watch.number() == 2


def test_an_answer_that_serves_no_time_is_never_recent() -> None:
    store = FakeStore()
    watch = ChangeWatch(store.change_number, fresh_for=0, clock=store.clock)

    assert (watch.number(), watch.number()) == (1, 2)
