"""The names that a configuration gives, by which its parts refer to each other."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches


@dataclass(frozen=True, slots=True, kw_only=True)
class Defined:
    """The names that a configuration gives, whether or not all is well with them.

    None for a section that is no mapping, of whose names nothing can be said.
    """

    sources: frozenset[str] | None
    tags: frozenset[str] | None
    topics: frozenset[str] | None

    def missing(self, section: str, name: str) -> str | None:
        """What to say of a name that `sources`, `tags` or `topics` does not give."""
        sections = {"sources": self.sources, "tags": self.tags, "topics": self.topics}
        names = sections[section]
        if names is None or name in names:
            return None
        near = get_close_matches(name, names, n=1)
        hint = f"did you mean {near[0]}?" if near else f"define it under `{section}:`"
        return f"no {section[:-1]} is named {name}, {hint}"
