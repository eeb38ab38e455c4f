"""What a feed shows once though several articles say it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Once:
    """Of copies of one text only one is shown, or with `by_story` of each story.

    It is that of the first of the sources to `prefer`; else, of copies the original or
    what was seen first, of a story what entered the topic first, so that nothing that
    was shown makes room for what is told later.
    """

    prefer: tuple[str, ...] = ()
    by_story: bool = False
