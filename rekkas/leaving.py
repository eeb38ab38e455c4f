"""The way out of the process, in time whatever its threads are doing.

A thread that asks a dead resolver for a name, or reads a hopeless document, cannot be
interrupted; Python and libuv would wait for it, a minute and longer.
"""

from __future__ import annotations

import os
import threading

from rekkas.exit_code import ExitCode


def leave_within(seconds: float, *, exit_code: ExitCode) -> None:
    """End the process with this code unless it has ended by itself before.

    Nothing is lost by it: what is kept is kept by transactions, and one that is cut
    off is taken back when the database is opened next.
    """
    timer = threading.Timer(seconds, os._exit, (exit_code,))
    timer.daemon = True
    timer.start()
