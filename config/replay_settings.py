"""How long answers are kept to be read again: the frozen model of `replay`."""

from __future__ import annotations

from pydantic import Field

from config.model import Model
from config.values import Duration


class ReplaySettings(Model):
    """What `rekkas replay` can read again."""

    keep: Duration | None = Field(
        default=None,  # they take more room than the articles that are made of them
        description="How long each document that sources answer with is kept as it "
        "came, compressed. Default: none is.",
    )
