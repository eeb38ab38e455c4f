from datetime import timedelta

import pytest

from ingest.pace.host_limits import HostPace, wait_before_start, wait_to_pass

WAITS = {
    "the first request starts at once": (None, 100.0, 0.0),
    "right after a start it waits the spacing": (100.0, 100.0, 2.0),
    "later it waits the rest": (100.0, 101.5, 0.5),
    "at the end of the spacing it starts": (100.0, 102.0, 0.0),
    "long after it starts at once": (100.0, 9000.0, 0.0),
    "a clock that went back costs no more than the spacing": (100.0, 50.0, 2.0),
}


@pytest.mark.parametrize(
    ("last_start", "now", "seconds"), WAITS.values(), ids=WAITS.keys()
)
def test_wait_before_start(
    last_start: float | None, now: float, seconds: float
) -> None:
    pace = HostPace(last_start=last_start)

    assert wait_before_start(pace, now=now, spacing=timedelta(seconds=2)) == seconds


def test_no_spacing_is_no_wait() -> None:
    pace = HostPace(last_start=100.0)

    assert wait_before_start(pace, now=100.0, spacing=timedelta(0)) == 0.0


PASSES = {
    "the first request passes at once": (None, 100.0, 0.0),
    "right after a start it waits the spacing": (100.0, 100.0, 2.0),
    "behind one that waits it waits longer": (104.0, 100.0, 6.0),
    "long after it passes at once": (100.0, 9000.0, 0.0),
    "behind a hundred it waits no longer than the exchange bears": (300.0, 100.0, 10.0),
}


@pytest.mark.parametrize(
    ("last_start", "now", "seconds"), PASSES.values(), ids=PASSES.keys()
)
def test_wait_to_pass(last_start: float | None, now: float, seconds: float) -> None:
    pace = HostPace(last_start=last_start)

    assert wait_to_pass(pace, now=now, spacing=timedelta(seconds=2)) == seconds
