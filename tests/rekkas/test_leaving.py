from __future__ import annotations

import subprocess
import sys

from tests.end_to_end.service import ROOT

HANGING = """
import threading
from rekkas.leaving import leave_within
threading.Thread(target=threading.Event().wait).start()
leave_within(0.05, exit_code=7)
"""
ENDING = """
from rekkas.leaving import leave_within
leave_within(60, exit_code=7)
"""


def run(script: str) -> int:
    return subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, timeout=30, check=False
    ).returncode


def test_a_thread_that_never_ends_keeps_no_process() -> None:
    assert run(HANGING) == 7


def test_a_process_that_ends_by_itself_is_not_held_up() -> None:
    assert run(ENDING) == 0
