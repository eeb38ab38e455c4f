from __future__ import annotations

import resource
from collections.abc import Iterator

import pytest

from rekkas.open_files import allow_open_files

FILES = resource.RLIMIT_NOFILE


@pytest.fixture(autouse=True)
def limits() -> Iterator[tuple[int, int]]:
    """Those of the process, which it has again afterwards."""
    now, most = resource.getrlimit(FILES)
    yield now, most
    resource.setrlimit(FILES, (now, most))


def test_a_process_may_open_plenty_of_files_as_far_as_its_user_may(
    limits: tuple[int, int],
) -> None:
    most = limits[1]
    resource.setrlimit(FILES, (512, most))

    allow_open_files()

    allowed, _ = resource.getrlimit(FILES)
    assert allowed == (65_536 if most == -1 else min(most, 65_536))


def test_a_process_that_may_open_more_keeps_what_it_may(
    limits: tuple[int, int],
) -> None:
    resource.setrlimit(FILES, (limits[1], limits[1]))

    allow_open_files()

    assert resource.getrlimit(FILES)[0] == limits[1]
