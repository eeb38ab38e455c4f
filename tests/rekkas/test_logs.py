from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from rekkas.logs import configure_logs


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def _logs_as_before() -> Iterator[None]:
    handlers, level = logging.root.handlers[:], logging.root.level
    yield
    structlog.reset_defaults()
    logging.root.handlers[:] = handlers
    logging.root.setLevel(level)


def test_machines_read_an_event_a_line() -> None:
    stream = io.StringIO()

    configure_logs(stream)
    structlog.get_logger().info("source_polled", source="paper", new=3)

    event = json.loads(stream.getvalue())
    assert (event["event"], event["source"], event["new"]) == (
        "source_polled",
        "paper",
        3,
    )
    assert event["timestamp"].endswith("Z")


def test_people_read_text() -> None:
    stream = Terminal()

    configure_logs(stream)
    structlog.get_logger().info("source_polled", source="paper")

    assert "source_polled" in stream.getvalue()
    assert not stream.getvalue().startswith("{")


def test_a_terminal_obeys_nothing_that_a_publisher_wrote() -> None:
    stream = Terminal()

    configure_logs(stream)
    structlog.get_logger().info("poll_failed", detail="\x1b[2Jgone\nforged", count=1)

    assert r"\x1b[2Jgone\x0aforged" in stream.getvalue()


@pytest.mark.parametrize("stream", [io.StringIO(), Terminal()], ids=["file", "tty"])
def test_a_bug_is_told_with_its_place_and_without_values(stream: io.StringIO) -> None:
    configure_logs(stream)
    secret = {"password": "hunter2"}
    try:
        secret["missing"]
    except KeyError:
        structlog.get_logger().error("poll_crashed", exc_info=True)

    assert "KeyError" in stream.getvalue()
    assert "hunter2" not in stream.getvalue()
