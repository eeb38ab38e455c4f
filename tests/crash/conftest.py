"""What tests of crashes may ask for: a server of PostgreSQL that can be killed."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator

import pytest

from tests.crash.killable import KillableServer, killable_postgresql


@pytest.fixture
def killable() -> Iterator[KillableServer]:
    """A server of one test's own; without one the test is skipped and says why."""
    try:
        serving = killable_postgresql()
        server = serving.__enter__()
    except (ImportError, OSError, subprocess.SubprocessError) as error:
        pytest.skip(f"no PostgreSQL can be started here: {error}")
    yield server
    serving.__exit__(None, None, None)
