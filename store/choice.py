"""What else than topics can be asked for: articles by a tag, a source, a language."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

_SEARCHES = "search/"  # no topic's name has a slash


class ChosenBy(Enum):
    """What articles of a choice have in common."""

    NOTHING = "nothing"  # every article
    TAG = "tag"  # they are about it
    SOURCE = "source"  # it wrote or carried them, as `source:` has it
    LANGUAGE = "language"
    STORY = "story"  # by its number


@dataclass(frozen=True, slots=True)
class Choice:
    """All articles that have one thing in common, in the order they were stored."""

    by: ChosenBy
    value: str = ""


def search_log(name: str) -> str:
    """Under what a saved search is decided and logged, beside the topics."""
    return _SEARCHES + name
