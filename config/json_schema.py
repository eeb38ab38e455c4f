"""The operator's file as JSON Schema, for editors that complete and check it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from pydantic.json_schema import GenerateJsonSchema

from config.settings import Settings
from config.values import format_duration

# pydantic writes its own names where a bound is checked behind a validator of ours.
_BOUNDS = {"ge": "minimum", "le": "maximum"}


class _AsWritten(GenerateJsonSchema):
    """Has defaults as the file would have them."""

    def encode_default(self, dft: Any) -> Any:
        """A duration with its unit; pydantic alone would have PT30S."""
        if isinstance(dft, timedelta):
            return format_duration(dft)
        return super().encode_default(dft)


def settings_schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of rekkas.yaml, made from the settings models."""
    schema: dict[str, Any] = _closed(
        Settings.model_json_schema(schema_generator=_AsWritten)
    )
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **schema,
        "title": "rekkas.yaml",
    }


def _closed(schema: Any) -> Any:
    """The schema, its bounds by their names, its mappings closed to other keys."""
    if isinstance(schema, list):
        return [_closed(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    closed = {_BOUNDS.get(key, key): _closed(part) for key, part in schema.items()}
    if "patternProperties" in closed:
        closed["additionalProperties"] = False
    return closed
