"""The models of what counts as a copy of another article, and of which one.

Says what a key may hold. How texts are compared is the store's.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from config.model import Model
from config.values import Slug

Threshold = Annotated[
    float,
    # Below a half, two reports of one event are taken for copies.
    Field(ge=0.5, le=1, allow_inf_nan=False),
]


class SourceDuplicateSettings(Model):
    """How alike a source's articles are to others where they are copies."""

    threshold: Threshold = Field(
        description="How much of the shorter of two texts the longer has where one is "
        "a copy of the other."
    )


def _off_from_yaml(value: object) -> object:
    """YAML reads a bare off as false."""
    return "off" if value is False else value


SourceDuplicates = Annotated[
    SourceDuplicateSettings | Literal["off"],
    BeforeValidator(
        _off_from_yaml,
        json_schema_input_type=SourceDuplicateSettings | Literal["off", False],
    ),
]


class DuplicatesSettings(Model):
    """Which articles are copies of which."""

    threshold: Threshold = Field(
        default=0.8,  # reports of one event stay far below, copies with typos above
        description="How much of the shorter of two texts the longer has where one is "
        "a copy of the other.",
    )
    prefer: tuple[Slug, ...] = Field(
        default=(),
        description="Sources whose article is the original whoever was first, the "
        "first of them first.",
    )
