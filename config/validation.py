"""Merged data -> Settings and every mistake in them.

A part with a mistake does not hide the mistakes of the others: what is wrong is left
out, and the rest is checked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from config.check import check_settings
from config.defined import Defined
from config.findings import Finding, KeyPath
from config.sentences import describe_mistakes, find_path
from config.settings import Settings

_NAMED_SECTIONS = ("sources", "tags", "topics", "searches")
_REFERRED_SECTIONS = _NAMED_SECTIONS[:3]


def validate(
    data: Mapping[str, Any],
    *,
    written: Callable[[KeyPath], str | None],
    is_whole: bool = True,
) -> tuple[Settings, tuple[Finding, ...]]:
    """The settings that the data make, and all findings; sound only without findings.

    `written` gives the text of a value as it stands in the file. Data that are not
    `is_whole` lack what a file that cannot be read would give; nothing is said of
    what is missing in them.
    """
    settings, errors = _read_sound_parts(data)
    if not is_whole:
        told = (error for error in errors if error["type"] != "missing")
        return settings, tuple(describe_mistakes(told, data, written))
    found = describe_mistakes(errors, data, written)
    return settings, (*found, *check_settings(settings, _defined(data)))


def _read_sound_parts(data: Mapping[str, Any]) -> tuple[Settings, list[ErrorDetails]]:
    """The settings without what is wrong: without a key, or else without its entry."""
    try:
        return Settings.model_validate(data), []
    except ValidationError as error:
        errors = error.errors(include_url=False)
    rest = _without(data, (_key_path(find_path(one, data)) for one in errors))
    try:
        return Settings.model_validate(rest), errors
    except ValidationError as error:
        incomplete = [find_path(one, rest) for one in error.errors(include_url=False)]
    sound = _without(rest, (path[: _entry_depth(path)] for path in incomplete))
    return Settings.model_validate(sound), errors


def _key_path(path: KeyPath) -> KeyPath:
    """The path as far as keys go: a list with a wrong item is left out whole."""
    items = [at for at, step in enumerate(path) if isinstance(step, int)]
    return path[: items[0]] if items else path


def _entry_depth(path: KeyPath) -> int:
    """How many keys name a source, a tag, a topic, a search or a section."""
    return 2 if path[0] in _NAMED_SECTIONS else 1


def _without(data: Mapping[str, Any], paths: Iterable[KeyPath]) -> dict[str, Any]:
    """The data less the values at these paths; what is not on a path is shared."""
    rest = dict(data)
    below: dict[str | int, list[KeyPath]] = {}
    for path in paths:
        below.setdefault(path[0], []).append(path[1:])
    for key, inner in below.items():
        if () in inner:
            rest.pop(str(key), None)
        else:
            rest[str(key)] = _without(rest[str(key)], inner)
    return rest


def _defined(data: Mapping[str, Any]) -> Defined:
    sources, tags, topics = (_names(data.get(name, {})) for name in _REFERRED_SECTIONS)
    return Defined(sources=sources, tags=tags, topics=topics)


def _names(section: object) -> frozenset[str] | None:
    return frozenset(section) if isinstance(section, Mapping) else None
