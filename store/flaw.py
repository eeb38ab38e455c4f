"""What a look through a whole database found wrong, as a value."""

from __future__ import annotations

from dataclasses import dataclass

FILE = "file"
ORPHANS = "orphans"


@dataclass(frozen=True, slots=True, kw_only=True)
class Flaw:
    """One kind of thing that is not as it should be.

    `examples` are the first of the `count` places that have it; `advice` is what the
    operator can do.
    """

    check: str
    what: str
    count: int
    examples: tuple[str, ...]
    advice: str

    @property
    def is_damage(self) -> bool:
        """Whether the file itself is broken, so that nothing in it can be trusted."""
        return self.check in (FILE, ORPHANS)
