"""The page of keys: every one of the operator's file, as its JSON Schema has them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from config.json_schema import settings_schema
from tests.reference.key_types import Schema, Words, model_of, models_in
from tests.reference.markdown import WRITTEN, table

_NOTHING: tuple[object, ...] = (None, [], {})


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Keys that stand together: below one path, and in sources of one kind."""

    heading: str
    about: str
    keys: Mapping[str, Schema]
    required: frozenset[str]


def write_keys() -> str:
    """Every key under the path at which it stands."""
    schema = settings_schema()
    sections = list(each_section(schema))
    words = Words(definitions=schema["$defs"], headings=_headings(schema))
    return "\n".join((_HEAD, *(_written(one, words) for one in sections)))


def each_section(schema: Schema) -> Iterator[Section]:
    """The sections of the page, from the outermost keys inwards."""
    definitions = schema["$defs"]
    yield _section("The file", schema)
    shown: set[str] = set()
    for heading, names in _places(schema):
        models = [(name, definitions[name]) for name in names if name not in shown]
        shown.update(names)
        if len(models) == 1:
            yield _section(heading, models[0][1])
        elif models:
            yield from _kinds(heading, models)


def meaning_of(key: Schema, definitions: Mapping[str, Schema]) -> str:
    """What a key is for: in its own words, or in those of what it holds."""
    if "description" in key:
        return str(key["description"])
    if "$ref" not in key:
        return ""
    return str(definitions[model_of(key)].get("description", "")).partition("\n\n")[0]


def _places(schema: Schema) -> Iterator[tuple[str, list[str]]]:
    """Each path below which there are keys, and the models that say which."""
    definitions = schema["$defs"]
    waiting = _below(schema, "", definitions)
    while waiting:
        path, names = waiting.pop(0)
        yield path, names
        found: dict[str, list[str]] = {}
        for name in names:
            for inner, models in _below(definitions[name], f"{path}.", definitions):
                found.setdefault(inner, models)
        waiting = [*found.items(), *waiting]


def _below(
    model: Schema, prefix: str, definitions: Mapping[str, Schema]
) -> list[tuple[str, list[str]]]:
    found: dict[str, list[str]] = {}
    for key, value in model["properties"].items():
        for name, path in models_in(value, f"{prefix}{key}"):
            if "properties" in definitions[name]:
                found.setdefault(path, []).append(name)
    return list(found.items())


def _headings(schema: Schema) -> dict[str, str]:
    """Where the keys of each model are told: where they stand first."""
    headings: dict[str, str] = {}
    for path, names in _places(schema):
        for name in names:
            headings.setdefault(name, path)
    return headings


def _section(heading: str, model: Schema) -> Section:
    return Section(
        heading=heading,
        about=str(model.get("description", "")),
        keys=model["properties"],
        required=frozenset(model.get("required", ())),
    )


def _kinds(heading: str, models: list[tuple[str, Schema]]) -> Iterator[Section]:
    """What all kinds have in common, and then what each has of its own."""
    first, *others = (model["properties"] for _, model in models)
    common = {
        key: value
        for key, value in first.items()
        if all(other.get(key) == value for other in others)
    }
    yield Section(heading=heading, about=_COMMON, keys=common, required=frozenset())
    for _, model in models:
        kind = model["properties"]["kind"]["const"]
        own = {k: v for k, v in model["properties"].items() if k not in common}
        yield _section(f"{heading} of kind {kind}", {**model, "properties": own})


def _written(section: Section, words: Words) -> str:
    rows = [
        (
            key,
            _type(key, value, words),
            _default(value, is_required=key in section.required),
            meaning_of(value, words.definitions),
        )
        for key, value in section.keys.items()
    ]
    told = table(("key", "what it holds", "default", "meaning"), rows)
    return f"## {section.heading}\n\n{section.about}\n\n{told}"


def _type(key: str, value: Schema, words: Words) -> str:
    told = words.say(value)
    is_size = key.endswith("_bytes")
    return told.replace("whole number", "number of bytes") if is_size else told


def _default(value: Schema, *, is_required: bool) -> str:
    if is_required:
        return "must be given"
    default: Any = value.get("default")
    if default in _NOTHING or isinstance(default, dict):
        return "–"
    return f"`{default if isinstance(default, str) else json.dumps(default)}`"


_COMMON = "What a source of any kind may say."
_HEAD = f"""\
# Every key

What `rekkas.yaml` may say, key by key; [the configuration](configuration.md) tells \
how they work together, and
`rekkas schema` prints the same for editors. `fetch.per_host` is `per_host` below \
`fetch`; NAME is a name that you give. Durations
carry their unit: `90s`, `15m`, `2h`, `7d`, `1w`. – among the defaults is nothing, or \
what the meaning says.

{WRITTEN}
"""
