"""What tests of every package may ask for: a server of PostgreSQL."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator

import pytest

from tests.postgresql import TestServer, serve_postgresql


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
