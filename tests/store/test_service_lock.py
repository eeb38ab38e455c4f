from __future__ import annotations

from pathlib import Path

import pytest

from store.errors import DatabaseInUse, StoreError
from store.service_lock import hold_service_lock


def test_a_second_service_is_refused_while_the_first_runs(tmp_path: Path) -> None:
    database = tmp_path / "state" / "rekkas.db"

    with (
        hold_service_lock(database),
        pytest.raises(DatabaseInUse, match=r"rekkas\.db"),
        hold_service_lock(database),
    ):
        pass


def test_a_lock_is_free_again_when_its_service_ends(tmp_path: Path) -> None:
    database = tmp_path / "rekkas.db"
    with hold_service_lock(database):
        pass

    with hold_service_lock(database):
        pass


def test_a_lock_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "inner").write_text("a file")

    with (
        pytest.raises(StoreError, match="cannot be made"),
        hold_service_lock(tmp_path / "inner" / "rekkas.db"),
    ):
        pass
