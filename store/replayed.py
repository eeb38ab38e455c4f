"""What reading kept answers again changes about articles, as values."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from store.article import TagMatch


class Effect(Enum):
    """In which way an article is another by today's rules."""

    NEW = "new"  # nobody has stored it
    READ = "read otherwise"  # its title or its text
    COPY = "a copy"  # of another article, or of another than before
    NO_COPY = "no copy"  # of any article, though it was one
    TAGGED = "tagged otherwise"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplayedArticle:
    """An article and what changes about it; `detail` says it in a few words."""

    effect: Effect
    uid: str
    source: str
    title: str
    detail: str = ""


def describe_tags(before: Iterable[TagMatch], after: Iterable[TagMatch]) -> str:
    """Which tags came and went, as `+about:mali -mentions:mali`.

    "other hits" where the tags are the same and stand elsewhere in the text.
    """
    had, has = set(map(_written, before)), set(map(_written, after))
    came = [f"+{tag}" for tag in sorted(has - had)]
    went = [f"-{tag}" for tag in sorted(had - has)]
    return " ".join([*came, *went]) or "other hits"


def _written(match: TagMatch) -> str:
    return f"{match.strength.value}:{match.tag}"
