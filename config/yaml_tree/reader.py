"""YAML text -> plain data with text for keys and the environment's values filled in.

Refuses what makes a configuration ambiguous or dangerous: duplicate keys, keys that are
no text, tags, merge keys, deep nesting and aliases that multiply. What the data mean is
`settings`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import yaml

from config.environment import fill_in, has_reference
from config.findings import KeyPath, describe_misreading
from config.yaml_tree.file import LOADER, YamlFile, place

DEEPEST_NESTING = 30
MOST_ALIASED_VALUES = 10_000

_MERGE_KEY = "<<"
_TAG = "tag:yaml.org,2002:"
_resolve: Callable[..., str] = yaml.resolver.Resolver().resolve
_CONSTRUCTOR = yaml.constructor.SafeConstructor()
# Times and what else YAML knows stay text: settings say which of them they want.
_READERS = {
    f"{_TAG}bool": _CONSTRUCTOR.construct_yaml_bool,
    f"{_TAG}int": _CONSTRUCTOR.construct_yaml_int,
    f"{_TAG}float": _CONSTRUCTOR.construct_yaml_float,
    f"{_TAG}null": _CONSTRUCTOR.construct_yaml_null,
}
_ADVICE = {
    "found a tab character": "indent with spaces",
    "found character that cannot start any token": "indent with spaces and quote text "
    "that begins with a sign",
    "mapping values are not allowed": "quote text that holds a colon and a space, and "
    "look at the indentation",
}

_Event: TypeAlias = Any


def read_yaml(text: str, *, file: str, environ: Mapping[str, str]) -> YamlFile:
    """The data of a YAML text; every mistake is in its `problems`, none is raised."""
    result = YamlFile(file=file, text=text)
    try:
        result.data = _Builder(result, environ).build(yaml.parse(text, Loader=LOADER))
    except _RefusedError as error:
        result.is_whole = False
        result.refuse((), error.message, error.place)
    except yaml.YAMLError as error:
        result.is_whole = False
        result.refuse((), *_describe_syntax(error, text))
    return result


class _RefusedError(Exception):
    """What ends the reading of a file."""

    def __init__(self, mark: Any, message: str) -> None:
        super().__init__(message)
        self.message = message
        self.place = place(mark)


@dataclass(slots=True)
class _Frame:
    """A mapping or list that is being read; `step` leads to its next value."""

    values: Any
    step: str | int | None
    anchor: str | None
    first_node: int
    lines: dict[str, int] = field(default_factory=dict)


class _Builder:
    """Builds plain data from parser events: no recursion, so no depth harms it."""

    def __init__(self, result: YamlFile, environ: Mapping[str, str]) -> None:
        self._result = result
        self._environ = environ
        self._frames: list[_Frame] = []
        self._anchors: dict[str, tuple[Any, int]] = {}
        self._anchors_seen: set[str] = set()
        self._nodes = 0
        self._aliased = 0
        self._root: Any = None
        self._steps = {
            yaml.ScalarEvent: self._scalar,
            yaml.AliasEvent: self._alias,
            yaml.MappingStartEvent: self._start,
            yaml.SequenceStartEvent: self._start,
            yaml.MappingEndEvent: self._end,
            yaml.SequenceEndEvent: self._end,
            yaml.DocumentStartEvent: self._document,
        }

    def build(self, events: Iterable[_Event]) -> dict[str, Any]:
        for event in events:
            step = self._steps.get(type(event))
            if step is not None:
                step(event)
        return self._root or {}

    def _document(self, event: _Event) -> None:
        if self._nodes:
            raise _RefusedError(
                event.start_mark,
                "one file holds one document: take the second --- away",
            )

    def _scalar(self, event: _Event) -> None:
        self._nodes += 1
        self._check_marks(event)
        is_plain = event.style is None or event.style == ""
        value = self._read_plain(event) if is_plain else event.value
        frame = self._frames[-1] if self._frames else None
        if frame is not None and frame.step is None:
            self._take_key(frame, event, value)
            return
        if isinstance(value, str) and "${" in value:
            value = self._fill(event, value)
        if event.anchor is not None:
            self._anchors[event.anchor] = (value, 1)
        self._put(value, event)

    def _read_plain(self, event: _Event) -> Any:
        tag = _resolve(yaml.ScalarNode, event.value, (True, False))
        if tag not in _READERS:
            return event.value
        try:
            return _READERS[tag](yaml.ScalarNode(tag, event.value))
        except ValueError:
            self._refuse(event, "this number cannot be read: quote it if it is text")
            return 0

    def _take_key(self, frame: _Frame, event: _Event, value: Any) -> None:
        key = frame.step = event.value
        if key == _MERGE_KEY:
            self._refuse(event, "merge keys (<<) are not read: write the keys out")
        elif not isinstance(value, str):
            self._refuse(event, describe_misreading(key, value))
        elif key in frame.lines:
            first = frame.lines[key]
            self._refuse(
                event, f"this key is given twice, first on line {first}: keep one"
            )
        frame.lines.setdefault(key, event.start_mark.line + 1)

    def _fill(self, event: _Event, value: str) -> str:
        filled = fill_in(value, self._environ)
        for mistake in filled.mistakes:
            self._refuse(event, mistake)
        if has_reference(value):
            self._result.from_environment.append(self._path())
        return filled.text

    def _start(self, event: _Event) -> None:
        self._nodes += 1
        self._check_marks(event)
        if len(self._frames) == DEEPEST_NESTING:
            raise _RefusedError(
                event.start_mark, f"this is nested more than {DEEPEST_NESTING} deep"
            )
        is_mapping = type(event) is yaml.MappingStartEvent
        if not self._frames and not is_mapping:
            raise _not_a_mapping(event)
        if self._frames and self._frames[-1].step is None:
            raise _RefusedError(event.start_mark, "a key is text, not a collection")
        self._frames.append(
            _Frame(
                values={} if is_mapping else [],
                step=None if is_mapping else 0,
                anchor=event.anchor,
                first_node=self._nodes,
            )
        )

    def _end(self, event: _Event) -> None:
        frame = self._frames.pop()
        if frame.anchor is not None:
            size = self._nodes - frame.first_node + 1
            self._anchors[frame.anchor] = (frame.values, size)
        self._put(frame.values, event)

    def _alias(self, event: _Event) -> None:
        if event.anchor not in self._anchors:
            raise _RefusedError(
                event.start_mark,
                f"no &{event.anchor} is complete before this: quote text that begins "
                "with *",
            )
        value, size = self._anchors[event.anchor]
        # An alias counts as what it stands for, so that aliases of aliases add up.
        self._nodes += size
        self._aliased += size
        if self._aliased > MOST_ALIASED_VALUES:
            raise _RefusedError(
                event.start_mark,
                f"aliases stand for more than {MOST_ALIASED_VALUES} values: write "
                "them out",
            )
        if self._frames and self._frames[-1].step is None:
            raise _RefusedError(event.start_mark, "a key is text, not an alias")
        self._put(value, event)

    def _put(self, value: Any, event: _Event) -> None:
        """Put a complete value where it belongs."""
        if not self._frames:
            if value is not None and not isinstance(value, dict):
                raise _not_a_mapping(event)
            self._root = value
            return
        frame = self._frames[-1]
        if isinstance(frame.values, list):
            frame.values.append(value)
            frame.step = len(frame.values)
        else:
            if frame.step != _MERGE_KEY:
                frame.values[frame.step] = value
            frame.step = None

    def _check_marks(self, event: _Event) -> None:
        """Refuse a tag, and an anchor that is given again."""
        if event.tag is not None:
            tag = event.tag.replace(_TAG, "!!")
            self._refuse(event, f"the YAML tag {tag} is not read: take it away")
        if event.anchor in self._anchors_seen:
            raise _RefusedError(
                event.start_mark, f"the anchor &{event.anchor} is given twice"
            )
        if event.anchor is not None:
            self._anchors_seen.add(event.anchor)

    def _refuse(self, event: _Event, message: str) -> None:
        self._result.refuse(self._path(), message, place(event.start_mark))

    def _path(self) -> KeyPath:
        return tuple(frame.step for frame in self._frames if frame.step is not None)


def _not_a_mapping(event: _Event) -> _RefusedError:
    return _RefusedError(
        event.start_mark, "a configuration is made of keys, such as `sources:`"
    )


def _describe_syntax(error: yaml.YAMLError, text: str) -> tuple[str, tuple[int, int]]:
    """What hinders YAML, in its own words and with our advice, and where."""
    mark = getattr(error, "problem_mark", None)
    if mark is None:  # a ReaderError knows how many bytes were read
        before = text.encode()[: getattr(error, "position", 0)].decode(errors="ignore")
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        return "this is not YAML: a control character stands here", (line, column)
    problem = str(getattr(error, "problem", ""))
    advice = [hint for sign, hint in _ADVICE.items() if sign in problem]
    return ": ".join(("this is not YAML", problem, *advice)), place(mark)
