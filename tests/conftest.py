"""What holds for tests of every package, and what they may ask for: PostgreSQL."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

from tests.postgresql import TestServer, serve_postgresql

# How long an example takes says how busy the machine is, and nothing of a property.
settings.register_profile(
    "unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("unhurried")


@pytest.fixture(scope="session")
def postgresql(testrun_uid: str, worker_id: str) -> Iterator[TestServer]:
    """The PostgreSQL of this run; without one its tests are skipped and say why."""
    try:
        serving = serve_postgresql(testrun_uid, worker_id)
        server = serving.__enter__()
    except (ImportError, OSError, subprocess.SubprocessError) as error:
        pytest.skip(f"no PostgreSQL can be started here: {error}")
    yield server
    serving.__exit__(None, None, None)
