"""A service's lock: kept while its connection lives, taken again once it was lost."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from rekkas import tenure as tenure_module
from rekkas.tenure import Tenure, kept
from store.database.postgresql import PostgresqlServer
from store.errors import DatabaseInUse, StoreError
from store.service_lock import find_service, hold_service_lock
from tests.postgresql import TestServer
from tests.store.test_postgresql import end_connections


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """A look at the lock after a moment, where seconds are for a server's sake."""
    monkeypatch.setattr(tenure_module, "LOOK_EVERY", timedelta(seconds=0.02))


def test_a_lock_that_is_held_is_left_alone(postgresql: TestServer) -> None:
    with postgresql.database() as url, Tenure(url) as tenure:
        assert not tenure.renew()


def test_a_lock_that_was_lost_is_taken_again(postgresql: TestServer) -> None:
    with postgresql.database() as url, Tenure(url) as tenure:
        end_connections(url)

        assert find_service(url) is None
        assert tenure.renew()
        with pytest.raises(DatabaseInUse), hold_service_lock(url):
            pytest.fail("two services have it")


def test_a_lock_that_another_machine_took_is_not_taken(postgresql: TestServer) -> None:
    with postgresql.database() as url, Tenure(url) as tenure:
        end_connections(url)
        far = PostgresqlServer(url, host="far.example.org")

        with far.take_service_lock() as is_theirs, pytest.raises(DatabaseInUse):
            tenure.renew()

    assert is_theirs


def test_a_file_s_lock_ends_with_the_process(tmp_path: Path) -> None:
    with Tenure(f"sqlite:///{tmp_path / 'rekkas.db'}") as tenure:
        assert not tenure.can_be_lost


class Doubtful(Tenure):
    """A lock at which each look ends as was written down, and then is held."""

    def __init__(self, *looks: bool | StoreError) -> None:
        super().__init__("postgresql://ada@127.0.0.1:9/news")
        self._looks = list(looks)
        self.is_seen = asyncio.Event()
        self._loop = asyncio.get_running_loop()

    def renew(self) -> bool:
        """What this look is to bring."""
        if not self._looks:
            self._loop.call_soon_threadsafe(self.is_seen.set)
            return False
        look = self._looks.pop(0)
        if isinstance(look, StoreError):
            raise look
        return look


@pytest.mark.usefixtures("quick")
async def test_a_server_that_is_gone_is_told_once_and_again_when_it_is_back() -> None:
    gone = StoreError("the database is not served")
    tenure = Doubtful(False, gone, gone, True)
    with capture_logs() as logs:
        async with kept(tenure, pytest.fail):
            await asyncio.wait_for(tenure.is_seen.wait(), 10)

    assert [(line["event"], line.get("lock_taken_again")) for line in logs] == [
        ("database_lost", None),
        ("database_found", True),
    ]


@pytest.mark.usefixtures("quick")
async def test_a_service_whose_lock_another_has_gives_up() -> None:
    told: asyncio.Future[str] = asyncio.get_running_loop().create_future()
    with capture_logs() as logs:
        async with kept(Doubtful(DatabaseInUse("process 7")), told.set_result):
            word = await asyncio.wait_for(told, 10)

    assert "another rekkas service took over the database" in word
    assert [line["event"] for line in logs] == ["lock_lost"]


async def test_a_process_without_a_lock_looks_after_none() -> None:
    async with kept(None, pytest.fail):
        assert "keep the lock" not in {task.get_name() for task in asyncio.all_tasks()}
