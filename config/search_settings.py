"""What the operator may say of a saved search: a feed that no index announces."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from config.topic_settings import MatchSettings


class SearchSettings(MatchSettings):
    """An expression that has a feed; its title is its name where none is given."""

    title: str | None = Field(
        default=None,
        min_length=1,
        max_length=200,
        description="What readers know it by. Default: its name.",
    )


def _from_expression(value: Any) -> Any:
    """A text is the expression itself."""
    return {"match": value} if isinstance(value, str) else value


SavedSearch = Annotated[
    SearchSettings,
    BeforeValidator(_from_expression, json_schema_input_type=str | SearchSettings),
]
