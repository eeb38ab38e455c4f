"""What can go wrong with a job, beside the errors of the job itself.

TooComplexError     it took more than it may
NoWorkerError       no process could be started, or none will be any more
"""

from __future__ import annotations

from concurrent.futures import BrokenExecutor


class TooComplexError(Exception):
    """A job that took more than it may; the message goes on after "it takes"."""


class NoWorkerError(BrokenExecutor):
    """There is no process to do the job; the message says why."""
