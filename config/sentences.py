"""pydantic's mistakes in the operator's words, each at its key of the file."""

from __future__ import annotations

import types
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import Any, Union, get_args, get_origin

from pydantic import BaseModel, Tag
from pydantic_core import ErrorDetails

from config.findings import Finding, KeyPath, describe_misreading
from config.settings import Settings

_KEYS = "write keys with values here"
_LIST = "write a list here, such as [one, two]"
_NUMBER = "write a whole number"
_MOMENT = "write a moment with its time zone, such as 2025-06-22T12:00:00Z"
_TRUTH = "write true or false"

_SENTENCES = {
    "bool_parsing": _TRUTH,
    "bool_type": _TRUTH,
    "datetime_from_date_parsing": _MOMENT,
    "datetime_parsing": _MOMENT,
    "datetime_type": _MOMENT,
    "dict_type": _KEYS,
    "enum": "write {expected}",
    "finite_number": _NUMBER,
    "greater_than_equal": "write a number of {ge} or more",
    "int_from_float": _NUMBER,
    "int_parsing": _NUMBER,
    "int_parsing_size": _NUMBER,
    "int_type": _NUMBER,
    "less_than_equal": "write a number of {le} or less",
    "literal_error": "write {expected}",
    "missing": "this key is missing: add it",
    "model_type": _KEYS,
    "path_type": "write the path of a file",
    "string_too_long": "this is too long: write at most {max_length} characters",
    "string_too_short": "this is too short: write {min_length} or more characters",
    "string_type": "write text here",
    "tuple_type": _LIST,
    "union_tag_invalid": "there is no such kind, the kinds are {expected_tags}",
    "union_tag_not_found": _KEYS,
}
PATTERN_SENTENCES = {
    r"^[a-z0-9-]{1,64}$": "a name is made of 1 to 64 small letters a-z, digits and -",
    r"^[a-z]{2,3}$": "write a language code of two or three small letters, such as fr",
    r"^[A-Z]{2}$": "write a country code of two capitals, such as MA",
    r"^(sqlite:///|postgresql://).+": "write sqlite:/// and the path of a file, or "
    "postgresql://USER@HOST/DATABASE",
    r"^medtop:\d{8}$": "write medtop: and eight digits, such as medtop:20000587",
    r"^[\x21-\x7e]+$": "write a mail or web address without spaces and accents",
    r"^[\x20-\x7e]+$": "write a header of letters, digits and signs of ASCII",
    r"^/": "a path begins with a slash, such as /news/",
    r"^[A-Za-z0-9.@_-]+,\d{4}(-\d\d(-\d\d)?)?$": "write a domain of yours, a comma and "
    "a year in which it was yours, such as news.example.org,2026",
}


def describe_mistakes(
    errors: Iterable[ErrorDetails],
    data: Mapping[str, Any],
    written: Callable[[KeyPath], str | None],
) -> Iterator[Finding]:
    """The mistakes that pydantic found in the data, one for each key.

    `written` gives the text of a value as it stands in the file.
    """
    messages: dict[KeyPath, dict[str, ErrorDetails]] = {}
    for error in errors:
        path = find_path(error, data)
        message = _describe(error, path, written)
        messages.setdefault(path, {})[message] = error
    above = {path[:depth] for path in messages for depth in range(len(path))}
    for path, told in messages.items():
        kinds = {error["type"] for error in told.values()}
        if path in above and kinds == {"literal_error"}:
            continue  # the other member of a union was meant, and is wrong below
        yield Finding(
            path=path,
            message=", or ".join(told),
            is_about_key=any(map(_is_about_key, told.values())),
        )


def _is_about_key(error: ErrorDetails) -> bool:
    return error["type"] == "extra_forbidden" or error["loc"][-1] == "[key]"


def find_path(error: ErrorDetails, data: Mapping[str, Any]) -> KeyPath:
    """The keys that lead to a mistake.

    pydantic puts the names of a union's members between the keys. A part that the
    data do not have is such a name, unless it is the missing key itself.
    """
    path: list[str | int] = []
    value: Any = data
    parts = _without_kind(error["loc"])
    for part in parts:
        if _has(value, part):
            value = value[part]
            path.append(part)
    if error["type"] == "missing":
        path.append(parts[-1])
    elif error["type"] == "union_tag_invalid":
        path.append("kind")
    return tuple(path)


def _without_kind(location: tuple[str | int, ...]) -> tuple[str | int, ...]:
    """The location without the kind of a source, which may be the name of a key too."""
    is_in_source = location[0] == "sources" and len(location) > 2
    return location[:2] + location[3:] if is_in_source else location


def _has(value: Any, part: str | int) -> bool:
    if isinstance(value, Mapping):
        return part in value
    return isinstance(value, list) and isinstance(part, int)


def _describe(
    error: ErrorDetails, path: KeyPath, written: Callable[[KeyPath], str | None]
) -> str:
    kind, context = error["type"], error.get("ctx", {})
    if kind == "extra_forbidden":
        return _describe_unknown(error["loc"])
    if kind == "value_error":
        return str(context["error"])
    if kind == "string_pattern_mismatch":
        pattern = context["pattern"]
        return PATTERN_SENTENCES.get(pattern, f"this does not match {pattern}")
    if kind == "string_type":
        text = written(path)
        if text is not None:
            return describe_misreading(text, error["input"])
    sentence = _SENTENCES.get(kind, error["msg"])
    return sentence.format(**{name: _plain(one) for name, one in context.items()})


def _plain(value: object) -> str:
    """A bound or a list of choices, without the quotes that pydantic puts."""
    return str(value).replace("'", "")


def _describe_unknown(location: Sequence[str | int]) -> str:
    *parents, key = location
    known = known_keys(tuple(parents))
    near = get_close_matches(str(key), known, n=1)
    if near:
        return f"unknown key, did you mean `{near[0]}`?"
    return f"unknown key, there are {', '.join(known)}"


def known_keys(location: tuple[str | int, ...]) -> tuple[str, ...]:
    """The keys that settings know at a location as pydantic writes it."""
    found: list[Any] = [Settings]
    for part in location:
        found = _step_into(found, part) or found  # the name of a member leads nowhere
    models = (_unwrapped(one) for one in found)
    return tuple(
        info.alias or name
        for model in models
        for name, info in model.model_fields.items()
    )


def _step_into(annotations: Sequence[Any], part: str | int) -> list[Any]:
    """The types of what a part of a location leads to."""
    tagged = [one for one in annotations if Tag(str(part)) in _notes(one)]
    if tagged:
        return tagged
    return [
        alternative
        for annotation in annotations
        for inner in _inner_types(_unwrapped(annotation), part)
        for alternative in _alternatives(inner)
    ]


def _inner_types(kind: Any, part: str | int) -> tuple[Any, ...]:
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        fields = kind.model_fields.items()
        return tuple(i.annotation for name, i in fields if part in (name, i.alias))
    if get_origin(kind) is tuple:
        return get_args(kind)[:1]
    return get_args(kind)[1:]  # the values of a mapping


def _alternatives(annotation: Any) -> tuple[Any, ...]:
    kind = _unwrapped(annotation)
    is_union = get_origin(kind) in (Union, types.UnionType)
    return get_args(kind) if is_union else (annotation,)


def _unwrapped(annotation: Any) -> Any:
    return get_args(annotation)[0] if _notes(annotation) else annotation


def _notes(annotation: Any) -> tuple[Any, ...]:
    return getattr(annotation, "__metadata__", ())
