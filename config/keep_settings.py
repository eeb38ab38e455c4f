"""How long articles are kept: the frozen model of `keep` in the operator's file."""

from __future__ import annotations

from pydantic import Field

from config.model import Model
from config.values import Count, Duration


class KeepSettings(Model):
    """How long articles stay; what is not said is kept for ever."""

    age: Duration | None = Field(
        default=None,
        description="Articles that were seen first longer ago leave.",
    )
    count: Count | None = Field(
        default=None,
        ge=1,
        description="The newest so many stay.",
    )
    content: Duration | None = Field(
        default=None,
        description="Articles that were seen first longer ago keep their title, their "
        "link and their excerpt, and lose their text.",
    )
