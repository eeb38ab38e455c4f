from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

import pytest
from sqlalchemy import make_url, text

from store.database.engine import Database, kind_of
from store.database.postgresql import PostgresqlServer, refuse_old
from store.database.sources import (
    SourceName,
    load_names,
    load_state,
    save_names,
)
from store.database.upgrade import open_database
from store.errors import DatabaseUnreachable, DatabaseUnwritable, StoreError
from store.service_lock import hold_service_lock
from tests.ports import free_port
from tests.postgresql import TestServer

URL = "postgresql://ada:s3cret@db.example.org:5433/news?sslmode=require"
PLACE = "postgresql://ada@db.example.org:5433/news"

TROUBLES = {
    "a wrong password": (
        'FATAL:  password authentication failed for user "ada"',
        "check storage.url",
    ),
    "a missing password": ("fe_sendauth: no password supplied", "${NAME}"),
    "a user who is not let in": ("FATAL: no pg_hba.conf entry for host", "pg_hba.conf"),
    "a missing right": ("permission denied for schema public", "owner"),
    "a stand-by": (
        "cannot execute INSERT in a read-only transaction",
        "name the primary server",
    ),
    "a full disk": (
        "could not extend file: No space left on device",
        "free space on its disk",
    ),
    "a writer that does not end": (
        "canceling statement due to lock timeout",
        "stop that program",
    ),
    "a server at its limits": (
        "canceling statement due to statement timeout",
        "check the load",
    ),
    "anything else": ('relation "moon" does not exist', "moon"),
}
UNREACHABLE = {
    "a server that is not there": ("Connection refused", "start the server"),
    "a host without a name": ("failed to resolve host 'db.example.org'", "the host"),
    "a host that is silent": ("connection timeout expired", "firewall"),
    "a server that starts": ("FATAL:  the database system is starting up", "starts up"),
    "a server that ends": (
        "terminating connection due to administrator command",
        "was lost",
    ),
    "a full house": ("FATAL:  sorry, too many clients already", "max_connections"),
}


@pytest.mark.parametrize("case", TROUBLES.values(), ids=TROUBLES)
def test_trouble_is_told_with_the_database_and_what_to_do(
    case: tuple[str, str],
) -> None:
    reason, advice = case

    told = PostgresqlServer(URL).explain(RuntimeError(reason))

    assert f"the database {PLACE} " in str(told)
    assert advice in str(told)
    assert reason.split()[-1] in str(told)
    assert not isinstance(told, DatabaseUnreachable)


PASSING = (
    "a stand-by",
    "a full disk",
    "a writer that does not end",
    "a server at its limits",
)


@pytest.mark.parametrize("name", TROUBLES)
def test_trouble_that_may_pass_is_told_apart(name: str) -> None:
    reason, _ = TROUBLES[name]

    told = PostgresqlServer(URL).explain(RuntimeError(reason))

    assert isinstance(told, DatabaseUnwritable) == (name in PASSING)


@pytest.mark.parametrize("case", UNREACHABLE.values(), ids=UNREACHABLE)
def test_a_server_that_may_come_back_is_told_apart(case: tuple[str, str]) -> None:
    reason, advice = case

    told = PostgresqlServer(URL).explain(RuntimeError(reason))

    assert f"the database {PLACE} " in str(told)
    assert advice in str(told)
    assert isinstance(told, DatabaseUnreachable)


def test_a_password_is_never_shown() -> None:
    kind = PostgresqlServer(URL)

    assert kind.place == PLACE
    assert "s3cret" not in str(kind.explain(RuntimeError("odd")))


def test_an_address_that_cannot_be_read_is_told_without_its_password() -> None:
    with pytest.raises(StoreError, match=r"storage\.url cannot be read") as caught:
        kind_of("postgresql://ada:s3cret@db.example.org:port/news")

    assert "s3cret" not in str(caught.value)


def test_a_server_that_is_not_there_is_named_with_its_port() -> None:
    port = free_port()

    with pytest.raises(DatabaseUnreachable, match=rf"127\.0\.0\.1:{port}/news is not"):
        open_database(f"postgresql://ada@127.0.0.1:{port}/news")


def test_without_the_driver_its_installation_is_advised() -> None:
    program = (
        "import sys; sys.modules['psycopg'] = None\n"
        "from store.database.engine import Database\n"
        "from store.errors import StoreError\n"
        "try:\n    Database('postgresql://ada:s3cret@db.example.org/news')\n"
        "except StoreError as error:\n    print(error)\n"
    )

    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, check=True, text=True
    )

    assert "pip install 'rekkas[postgresql]'" in done.stdout
    assert "s3cret" not in done.stdout


def test_a_database_that_is_not_there_is_named(postgresql: TestServer) -> None:
    with postgresql.database() as url:
        pass

    with pytest.raises(StoreError, match="is not there: make it, by createdb"):
        open_database(url)


def test_an_old_server_is_refused() -> None:
    refuse_old("the database", 140_000)

    with pytest.raises(StoreError, match="PostgreSQL 13: rekkas needs 14 or later"):
        refuse_old("news", 130_022)


@pytest.fixture
def served(postgresql: TestServer) -> Iterator[str]:
    with postgresql.database() as url:
        yield url


def test_looking_makes_nothing(postgresql: TestServer) -> None:
    with postgresql.database(has_tables=False) as url:
        assert not kind_of(url).is_there()
        open_database(url).close()
        assert kind_of(url).is_there()


def test_a_user_without_rights_is_told_so(postgresql: TestServer) -> None:
    with postgresql.database(has_tables=False) as url:
        guest = make_url(url).set(username="guest", password="welcome")  # noqa: S106
        postgresql.run("DROP ROLE IF EXISTS guest")
        postgresql.run("CREATE ROLE guest LOGIN PASSWORD 'welcome'")
        try:
            with pytest.raises(StoreError, match="make it the owner of the database"):
                open_database(guest.render_as_string(hide_password=False))
        finally:
            postgresql.run("DROP ROLE guest")


def end_connections(url: str) -> None:
    with Database(url) as other, other.read() as connection:
        connection.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE "
                "datname = current_database() AND pid <> pg_backend_pid()"
            )
        )


def change_number(database: Database) -> int:
    with database.read() as connection:
        number: int = connection.execute(text("SELECT number FROM change")).scalar_one()
        return number


def write_meanwhile(database: Database, url: str) -> None:
    with database.write() as connection:
        connection.execute(text("UPDATE change SET number = 7"))
        end_connections(url)
        connection.execute(text("UPDATE change SET number = 8"))


def test_a_connection_lost_while_writing_leaves_nothing_and_heals(served: str) -> None:
    with open_database(served) as database:
        with pytest.raises(DatabaseUnreachable, match="was lost"):
            write_meanwhile(database, served)

        assert change_number(database) == 0
        with database.write() as connection:
            connection.execute(text("UPDATE change SET number = 9"))
        assert change_number(database) == 9


def test_connections_lost_while_idle_are_no_trouble(served: str) -> None:
    with open_database(served) as database:
        assert change_number(database) == 0
        end_connections(served)

        assert change_number(database) == 0


def test_a_service_lock_ends_with_its_connection(served: str) -> None:
    with hold_service_lock(served):
        end_connections(served)

        with hold_service_lock(served):
            pass


def test_one_transaction_may_take_its_time(served: str) -> None:
    def limit(database: Database, *, is_lifted: bool) -> object:
        with database.write() as connection:
            if is_lifted:
                database.kind.lift_time_limit(connection)
            return connection.exec_driver_sql("SHOW statement_timeout").scalar()

    with open_database(served) as database:
        assert limit(database, is_lifted=True) == "0"
        assert limit(database, is_lifted=False) == "1min"


def test_who_only_reads_cannot_write(served: str) -> None:
    with (
        open_database(served) as database,
        pytest.raises(StoreError, match="read-only"),
        database.read() as connection,
    ):
        connection.execute(text("UPDATE change SET number = 9"))


def test_a_reader_sees_one_moment(served: str) -> None:
    with open_database(served) as database, database.read() as reader:
        before = reader.execute(text("SELECT number FROM change")).scalar_one()
        with database.write() as writer:
            writer.execute(text("UPDATE change SET number = 9"))

        assert reader.execute(text("SELECT number FROM change")).scalar_one() == before


def test_a_writer_waits_for_its_turn_and_no_longer(served: str) -> None:
    soon = make_url(served).update_query_dict({"options": "-c lock_timeout=100ms"})
    hasty = soon.render_as_string(hide_password=False)

    with (
        open_database(served) as database,
        Database(hasty) as other,
        database.write(),
        pytest.raises(StoreError, match="stop that program"),
        other.write(),
    ):
        pass


def test_the_service_of_another_machine_is_named(served: str) -> None:
    with (
        PostgresqlServer(served, host="far.example.org").take_service_lock(),
        pytest.raises(StoreError, match=r"runs on far\.example\.org: run this there"),
    ):
        PostgresqlServer(served, host="near.example.org").find_service()


def test_a_text_with_a_nul_is_kept_without_it(served: str) -> None:
    with open_database(served) as database, database.write() as connection:
        name = SourceName(slug="a", title="Half\x00Moon", home=None)
        save_names(connection, [name])
        state = load_state(connection, "a\x00")

        assert load_names(connection)["a"].title == "HalfMoon"
        assert state is not None
