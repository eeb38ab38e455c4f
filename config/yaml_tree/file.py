"""A file of YAML that was read: its data, its problems, and where each value stands.

Reading it is `reader`; together they are the only importers of yaml.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import yaml

from config.errors import Problem
from config.findings import KeyPath, dotted

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_CHARACTERS = {
    None: re.compile(r"."),
    "'": re.compile(r"''|."),
    '"': re.compile(r"\\x..|\\u.{4}|\\U.{8}|\\.|."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """Where a key and its value stand, counted from 1.

    `written` is the value's text before the environment is filled in, None for a
    list or a mapping.
    """

    key_place: tuple[int, int]
    value_place: tuple[int, int]
    written: str | None
    character_columns: tuple[int, ...] = ()

    def column_of(self, character: int) -> int | None:
        """The column of a character of the value, from 1; None where lines break it.

        One character further than the last is the end of the value.
        """
        if character > len(self.character_columns):
            return None
        return self.character_columns[character - 1]


@dataclass
class YamlFile:
    """One file as plain data with text for keys.

    `from_environment` has the paths of the values that the environment filled in. A
    file that is not `is_whole` could not be read to its end and has no data.
    """

    file: str
    text: str
    data: dict[str, Any] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    from_environment: list[KeyPath] = field(default_factory=list)
    is_whole: bool = True

    def find(self, path: KeyPath) -> Spot | None:
        """Where the value at this path stands, None if this file does not give it."""
        key = node = self._root
        for step in path:
            key, node = self._children(node).get(step, (None, None))
            if key is None:
                return None
        return None if node is None else _spot(key, node, self.text)

    def refuse(self, path: KeyPath, message: str, at: tuple[int, int]) -> None:
        """Note a problem of this file."""
        line, column = at
        self.problems.append(
            Problem(
                file=self.file,
                line=line,
                column=column,
                key=dotted(path),
                message=message,
            )
        )

    @cached_property
    def _root(self) -> Any:
        """The nodes with their marks: read again, as only mistakes want them.

        Keeping them from the first reading takes three times as long, most of it in
        the garbage collector.
        """
        return yaml.compose(self.text, Loader=LOADER) if self.is_whole else None

    @cached_property
    def _indexes(self) -> dict[int, dict[str | int, tuple[Any, Any]]]:
        return {}

    def _children(self, node: Any) -> Mapping[str | int, tuple[Any, Any]]:
        """The key and value nodes below a node, by key or place in the list."""
        if id(node) not in self._indexes:
            index: dict[str | int, tuple[Any, Any]] = {}
            if isinstance(node, yaml.MappingNode):
                index = {key.value: (key, value) for key, value in node.value}
            elif isinstance(node, yaml.SequenceNode):
                index = {at: (item, item) for at, item in enumerate(node.value)}
            self._indexes[id(node)] = index
        return self._indexes[id(node)]


def place(mark: Any) -> tuple[int, int]:
    """The line and the column of a mark, both counted from 1."""
    return mark.line + 1, mark.column + 1


def _spot(key: Any, node: Any, text: str) -> Spot:
    is_scalar = isinstance(node, yaml.ScalarNode)
    return Spot(
        key_place=place(key.start_mark),
        value_place=place(node.start_mark),
        written=node.value if is_scalar else None,
        character_columns=_character_columns(node, text) if is_scalar else (),
    )


def _character_columns(node: Any, text: str) -> tuple[int, ...]:
    """The columns of a scalar's characters and of its end; none if lines break it."""
    start, end, style = node.start_mark, node.end_mark, node.style or None
    if start.line != end.line or style not in _CHARACTERS:
        return ()
    quote = 0 if style is None else 1
    inner = text[start.index + quote : end.index - quote]
    offsets = [found.start() for found in _CHARACTERS[style].finditer(inner)]
    first = start.column + quote + 1
    return tuple(first + offset for offset in (*offsets, len(inner)))
