"""What a key may hold, in words, as its JSON Schema says it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from config.values import (
    COUNTRY_PATTERN,
    LANGUAGE_PATTERN,
    SLUG_PATTERN,
)
from tests.reference.markdown import anchor

Schema = Mapping[str, Any]

_DURATION_PATTERN = r"^\d+\s*[smhdw]$"
_BY_PATTERN = {
    COUNTRY_PATTERN: ("country code", "country codes"),
    LANGUAGE_PATTERN: ("language code", "language codes"),
    SLUG_PATTERN: ("name", "names"),
    _DURATION_PATTERN: ("duration", "durations"),
    "^/": ("path", "paths"),
}
_BY_FORMAT = {
    "uri": ("address", "addresses"),
    "date-time": ("moment", "moments"),
    "date": ("day", "days"),
    "path": ("path of a file", "paths of files"),
}
_NUMBERS = {"integer": "whole number", "number": "number"}


@dataclass(frozen=True, slots=True)
class Words:
    """Says it, and leads to the section of each model by its heading."""

    definitions: Mapping[str, Schema]
    headings: Mapping[str, str]

    def say(self, schema: Schema, *, many: bool = False) -> str:
        """What one such value is; of several, what they are."""
        told = list(dict.fromkeys(self._choices(schema, many=many)))
        return " or ".join(part for part in (", ".join(told[:-1]), told[-1]) if part)

    def _choices(self, schema: Schema, *, many: bool) -> Iterator[str]:
        """Each thing that the value may be, but for nothing at all."""
        if "$ref" in schema:
            yield from self._referred(model_of(schema), many=many)
        for choice in (*schema.get("anyOf", ()), *schema.get("oneOf", ())):
            yield from self._choices(choice, many=many)
        if "const" in schema or "enum" in schema:
            values = schema.get("enum", [schema.get("const")])
            yield from (f"`{value}`" for value in values if value is not False)
        elif schema.get("type", "null") != "null":
            yield self._plain(schema, many=many)

    def _referred(self, name: str, *, many: bool) -> Iterator[str]:
        if name in self.headings:
            heading = self.headings[name]
            yield f"keys of [{heading}](#{anchor(heading)})"
        else:
            yield from self._choices(self.definitions[name], many=many)

    def _plain(self, schema: Schema, *, many: bool) -> str:
        match schema["type"]:
            case "array":
                return f"list of {self.say(schema['items'], many=True)}"
            case "object":
                return self._mapping(schema)
            case _:
                return _single(schema, many=many)

    def _mapping(self, schema: Schema) -> str:
        key, value = _key_and_value(schema)
        return f"by {key}: {self.say(value)}"


def model_of(schema: Schema) -> str:
    """The name under which a schema that is referred to is defined."""
    return str(schema["$ref"]).rpartition("/")[2]


def models_in(schema: Any, path: str) -> Iterator[tuple[str, str]]:
    """The models that a key's value is made of, and the path of each."""
    if isinstance(schema, list):
        for part in schema:
            yield from models_in(part, path)
        return
    if not isinstance(schema, dict):
        return
    if "$ref" in schema:
        yield model_of(schema), path
        return
    is_mapping = schema.get("type") == "object"
    for part in schema.values():
        yield from models_in(part, f"{path}.NAME" if is_mapping else path)


def _key_and_value(schema: Schema) -> tuple[str, Schema]:
    patterns = schema.get("patternProperties", {})
    for pattern, value in patterns.items():
        return _BY_PATTERN[pattern][0], value
    return "name", schema["additionalProperties"]


def _single(schema: Schema, *, many: bool) -> str:
    known = _BY_FORMAT.get(schema.get("format", "")) or _BY_PATTERN.get(
        schema.get("pattern", "")
    )
    if known:
        return known[many]
    match schema["type"]:
        case "string":
            return "texts" if many else "text" + _longest(schema)
        case "boolean":
            return "`true` or `false`"
        case number:
            return _NUMBERS[number] + _bounds(schema)


def _longest(schema: Schema) -> str:
    most = schema.get("maxLength")
    return f", at most {most} characters" if most else ""


def _bounds(schema: Schema) -> str:
    least, most = schema.get("minimum"), schema.get("maximum")
    if least is None:
        return ""
    return f", {least:,} to {most:,}" if most else f", at least {least:,}"
