from __future__ import annotations

import resource
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from rekkas.cli import cli
from tests.end_to_end.service import ROOT, environment, rekkas
from tests.rekkas.conftest import Run

HEAVY = ("sqlalchemy", "pydantic", "httpx", "feedparser", "yaml", "rich", "structlog")


def test_help_imports_nothing_heavy() -> None:
    script = (
        "import sys; from rekkas.cli import cli;"
        "cli(['--help'], standalone_mode=False);"
        f"print([name for name in {HEAVY!r} if name in sys.modules])"
    )

    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True
    )

    assert done.stdout.splitlines()[-1] == "[]"


def test_help_costs_less_than_a_fifth_of_a_second(tmp_path: Path) -> None:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(
        [sys.executable, "-m", "rekkas", "--help"],
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=True,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)

    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    assert spent < 0.2


@pytest.mark.parametrize("name", cli.list_commands(None))  # type: ignore[arg-type] # the table needs no context
def test_every_command_explains_itself(name: str, run: Run) -> None:
    shown = run(name, "--help")

    assert shown.exit_code == 0
    assert "Usage: rekkas" in shown.output


@pytest.fixture
def ctrl_c_heard() -> Iterator[None]:
    """Children hear SIGINT, even where a shell runs the tests in the background."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("ctrl_c_heard")
def test_ctrl_c_ends_a_pass_at_once_and_without_a_traceback(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        (tmp_path / "rekkas.yaml").write_text(
            "fetch: {allow_private: [127.0.0.1]}\n"
            f"sources: {{silent: {{url: 'http://127.0.0.1:{port}/feed'}}}}"
        )
        with start(tmp_path, "ingest") as process:
            connection, _ = silent.accept()
            with connection:
                process.send_signal(signal.SIGINT)
                _, told = process.communicate(timeout=5)

    assert process.returncode == 130
    assert "Traceback" not in told


def test_a_name_that_the_locale_cannot_write_is_written_otherwise(
    folder: Path,
) -> None:
    name = "مصادر.yaml"
    (folder / "rekkas.yaml").rename(folder / name)

    with start(
        folder, "check", "--config", name, PYTHONIOENCODING="latin-1"
    ) as process:
        shown, told = process.communicate()

    assert process.returncode == 0, told
    assert name.encode("ascii", "backslashreplace").decode() in shown


def test_a_command_nobody_knows_is_a_usage_error(tmp_path: Path) -> None:
    done = rekkas(tmp_path, "frobnicate")

    assert done.returncode == 2
    assert "frobnicate" in done.stderr


def test_a_closed_pipe_ends_a_command_quietly(folder: Path) -> None:
    with start(folder, "schema") as process:
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        told = process.stderr.read()

    assert told == ""
    assert process.returncode == 141


def start(folder: Path, *arguments: str, **environ: str) -> subprocess.Popen[str]:
    """A command that runs in a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "rekkas", *arguments],
        cwd=folder,
        env={**environment(folder), "PYTHONPATH": str(ROOT), **environ},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
