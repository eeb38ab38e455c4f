"""The operator's file as JSON Schema, for editors that complete and check it."""

from __future__ import annotations

from typing import Any

from config.settings import Settings


def settings_schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of rekkas.yaml, made from the settings models."""
    schema: dict[str, Any] = _closed(Settings.model_json_schema())
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **schema,
        "title": "rekkas.yaml",
    }


def _closed(schema: Any) -> Any:
    """The schema with every mapping refusing the keys that match no pattern."""
    if isinstance(schema, list):
        return [_closed(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    closed = {key: _closed(part) for key, part in schema.items()}
    if "patternProperties" in closed:
        closed["additionalProperties"] = False
    return closed
