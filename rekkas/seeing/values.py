"""What is seen of the service at a moment, as values."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Backlog:
    """How many polls are under way, and how many sources are due and wait.

    `oldest_seconds` is how long the one has waited that waits longest.
    """

    running: int = 0
    due: int = 0
    oldest_seconds: float = 0.0
