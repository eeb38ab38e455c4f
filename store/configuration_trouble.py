"""What an operator is told of her configuration: that it is broken, or whole again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

_MOST_KEPT = 20  # places of one configuration; a file may have thousands


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfigurationTrouble:
    """A configuration that was read at `noted_at`, aware UTC, has this much wrong.

    `problems` has the first places that are to be mended, each as
    `file:line:column: key`: nothing of what is written there, which may be a secret.
    `count` is how many there are; with none, the configuration is whole again.
    """

    noted_at: datetime
    problems: tuple[str, ...]
    count: int


def trouble_of(places: Sequence[str], *, now: datetime) -> ConfigurationTrouble:
    """What is told of a configuration that was read, by the places to be mended."""
    return ConfigurationTrouble(
        noted_at=now, problems=tuple(places[:_MOST_KEPT]), count=len(places)
    )


def is_news(trouble: ConfigurationTrouble, told: ConfigurationTrouble | None) -> bool:
    """Whether it says other than what was told last; a first sound reading is none."""
    if told is None:
        return trouble.count > 0
    return (trouble.problems, trouble.count) != (told.problems, told.count)
