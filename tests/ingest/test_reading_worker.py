"""What a worker process does, done in this one."""

import pickle
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from ingest.reading import frames
from ingest.reading.errors import TooComplexError
from ingest.reading.worker import LEAVES, READY, STAYS, do, memory, serve
from tests.ingest import jobs

A_DAY = 86_400  # of CPU time: the limit is set on the process of the tests


@contextmanager
def pair() -> Iterator[tuple[socket.socket, socket.socket]]:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        yield ours, theirs


def done(job: Callable[[], Any]) -> tuple[bytes, bool, Any]:
    mark, reply = do(pickle.dumps(job), cpu_seconds=A_DAY)
    succeeded, value = pickle.loads(reply)  # noqa: S301  # our own
    return mark, succeeded, value


def test_a_result_comes_back() -> None:
    assert done(partial(jobs.double, 21)) == (STAYS, True, 42)


def test_an_error_comes_back_with_the_place_where_it_rose() -> None:
    mark, succeeded, error = done(jobs.fail)

    assert (mark, succeeded) == (STAYS, False)
    assert isinstance(error, ValueError)
    assert "in fail" in "".join(error.__notes__)


def test_an_error_that_cannot_be_sent_is_told_in_words() -> None:
    _, _, error = done(jobs.fail_in_two_words)

    assert isinstance(error, RuntimeError)
    assert str(error) == "TwoWordsError: as asked"


def test_too_much_depth_is_too_complex() -> None:
    mark, _, error = done(partial(jobs.nest, 0))

    assert mark == STAYS
    assert isinstance(error, TooComplexError)


def test_too_little_memory_is_too_complex_and_the_last_job() -> None:
    mark, _, error = done(partial(jobs.take_memory, 2**62))

    assert mark == LEAVES
    assert isinstance(error, TooComplexError)


def test_a_worker_serves_until_its_parent_has_gone() -> None:
    with pair() as (parent, child):
        worker = threading.Thread(
            target=serve, args=(child,), kwargs={"cpu_seconds": A_DAY}
        )
        worker.start()
        ready = frames.receive(parent)
        frames.send(parent, pickle.dumps(partial(jobs.double, 1)))
        reply = frames.receive(parent)
        parent.close()
        worker.join(10)

        assert bytes(ready) == READY
        assert pickle.loads(reply[1:]) == (True, 2)  # noqa: S301  # our own
        assert not worker.is_alive()


def test_a_process_knows_what_it_takes() -> None:
    now = memory()

    assert now.size > now.resident > 0


def test_where_the_system_does_not_say_a_process_takes_nothing(tmp_path: Path) -> None:
    assert memory(tmp_path / "statm") == (0, 0)


MESSAGES = {"nothing": b"", "a word": b"word", "much": b"x" * 3_000_000}


@pytest.mark.parametrize("message", MESSAGES.values(), ids=MESSAGES.keys())
def test_a_message_arrives_as_it_was_sent(message: bytes) -> None:
    with pair() as (one, other):
        sender = threading.Thread(target=frames.send, args=(one, message))
        sender.start()

        assert frames.receive(other, seconds=10) == message
        sender.join()


def test_a_message_that_does_not_come_is_a_matter_of_time() -> None:
    with pair() as (_, other), pytest.raises(TimeoutError):
        frames.receive(other, seconds=0.01)


def test_no_time_at_all_is_too_little() -> None:
    with pair() as (_, other), pytest.raises(TimeoutError):
        frames.receive(other, seconds=-1)


def test_a_message_cut_off_is_an_error() -> None:
    with pair() as (one, other):
        one.sendall((10).to_bytes(8, "big") + b"half")
        one.close()

        with pytest.raises(frames.BrokenOffError):
            frames.receive(other)
