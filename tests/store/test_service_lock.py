from __future__ import annotations

import os
from pathlib import Path

import pytest

from store.errors import DatabaseInUse, StoreError
from store.service_lock import find_service, hold_service_lock


def test_a_second_service_is_refused_while_the_first_runs(url: str) -> None:
    with (
        hold_service_lock(url),
        pytest.raises(DatabaseInUse, match=r"another rekkas service .*rekkas"),
        hold_service_lock(url),
    ):
        pass


def test_a_lock_is_free_again_when_its_service_ends(url: str) -> None:
    with hold_service_lock(url):
        pass

    with hold_service_lock(url):
        pass


def test_a_lock_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "inner").write_text("a file")

    with (
        pytest.raises(StoreError, match="cannot be made"),
        hold_service_lock(f"sqlite:///{tmp_path / 'inner' / 'rekkas.db'}"),
    ):
        pass


def test_the_process_that_is_the_service_is_found(url: str) -> None:
    with hold_service_lock(url):
        assert find_service(url) == os.getpid()

    assert find_service(url) is None


def test_where_nothing_was_ever_started_no_service_is_found(tmp_path: Path) -> None:
    assert find_service(f"sqlite:///{tmp_path}/rekkas.db") is None
