"""Add sources to the operator's YAML text and leave every other character as it is.

Finds the place by the events of a YAML parser, so that comments, order and style stay
the operator's. Whether the result means what it should is for the caller to check, by
loading it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import yaml

from config.new_source import NewSource, block_lines, flow_entry
from config.yaml_tree.file import LOADER

SECTION = "sources"
_STEP = 2  # spaces by which a block is indented where the file shows no habit

_STARTS = (yaml.MappingStartEvent, yaml.SequenceStartEvent)
_ENDS = (yaml.MappingEndEvent, yaml.SequenceEndEvent)


class NoPlaceError(ValueError):
    """The text has no place where a source could be added; the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Section:
    """The section of sources in a text: where its key ends, and its parser's events.

    Offsets count characters.
    """

    key_end: int
    events: tuple[Any, ...]

    @property
    def is_flow(self) -> bool:
        """Whether it stands between braces."""
        start = self.events[0]
        return isinstance(start, yaml.MappingStartEvent) and bool(start.flow_style)

    @property
    def first_column(self) -> int | None:
        """The column of its first source, None where it has none."""
        has_sources = len(self.events) > 2
        return self.events[1].start_mark.column if has_sources else None

    @property
    def last_end(self) -> int:
        """Where its last source ends; the closing brace is not one's."""
        inner = self.events[:-1] if self.is_flow else self.events
        # What a parser only concludes, such as the end of a block, has no length.
        ends = (_end(event) for event in inner if _end(event) > _start(event))
        return max(ends, default=self.key_end)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Layout:
    """How a text is laid out: the column of its keys, its end, its section of sources.

    `margin` is 0 where there are no keys. `section` is None where there is none.
    """

    margin: int
    end: int
    is_flow: bool
    section: _Section | None


def insert_sources(text: str, sources: Sequence[NewSource]) -> str:
    """The text with these sources at the end of its `sources:`, made if missing.

    The text is one that can be read as a configuration.

    Raises:
        NoPlaceError: it is written so that nothing can be added to it.
    """
    layout = _layout_of(text)
    section = layout.section
    if layout.is_flow:
        raise NoPlaceError("the whole file stands between braces { }")
    if section is None:
        return _with_section(text, layout, sources)
    if isinstance(section.events[0], yaml.AliasEvent):
        raise NoPlaceError("its `sources:` stands for an anchor of another place")
    if section.first_column is None:
        return _into_empty(text, layout.margin, section, sources)
    if section.is_flow:
        entries = "".join(f", {flow_entry(source)}" for source in sources)
        return text[: section.last_end] + entries + text[section.last_end :]
    return _into_block(text, layout.margin, section, sources)


def _with_section(text: str, layout: _Layout, sources: Sequence[NewSource]) -> str:
    """The text with a section of sources behind all else."""
    before, after = text[: layout.end], text[layout.end :]
    newline = _newline(text)
    lines = _blocks(sources, layout.margin + _STEP, _STEP)
    section = newline.join((f"{' ' * layout.margin}{SECTION}:", *lines, ""))
    gap = newline if before.strip() else ""
    return _ended(before, newline) + gap + section + after


def _into_empty(
    text: str, margin: int, section: _Section, sources: Sequence[NewSource]
) -> str:
    """The text with the sources in a section that says `{}`, `null` or nothing."""
    start, end = _start(section.events[0]), _end(section.events[-1])
    emptied = text[:start].rstrip(" ") + text[end:] if end > start else text
    indent = margin + _STEP
    at = _after_comments(emptied, section.key_end, indent)
    return _with_lines(emptied, at, _blocks(sources, indent, _STEP))


def _into_block(
    text: str, margin: int, section: _Section, sources: Sequence[NewSource]
) -> str:
    """The text with the sources behind the last one and the comments on it."""
    indent = section.first_column or 0
    at = _after_comments(text, section.last_end, indent)
    return _with_lines(text, at, _blocks(sources, indent, max(indent - margin, 1)))


def _blocks(sources: Iterable[NewSource], indent: int, step: int) -> tuple[str, ...]:
    return tuple(
        line
        for source in sources
        for line in block_lines(source, indent=indent, step=step)
    )


def _with_lines(text: str, at: int, lines: Sequence[str]) -> str:
    newline = _newline(text)
    return _ended(text[:at], newline) + newline.join((*lines, "")) + text[at:]


def _newline(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"


def _ended(text: str, newline: str) -> str:
    """The text with an end to its last line."""
    return text if not text or text.endswith("\n") else text + newline


def _after_comments(text: str, at: int, indent: int) -> int:
    """The start of the line behind the one at `at`, and behind comments on it.

    Comments that are indented as far as the sources belong to them.
    """
    at = _next_line(text, at)
    while at < len(text):
        line = text[at : _next_line(text, at + 1)]
        words = line.lstrip(" ")
        if not words.startswith("#") or len(line) - len(words) < indent:
            break
        at += len(line)
    return at


def _next_line(text: str, at: int) -> int:
    """The start of the line behind the one at `at`; `at` itself where one starts."""
    if at and text[at - 1] == "\n":
        return at
    newline = text.find("\n", at)
    return len(text) if newline < 0 else newline + 1


def _layout_of(text: str) -> _Layout:
    events = iter(list(yaml.parse(text, Loader=LOADER))[2:])  # stream, document
    root = next(events, None)
    pairs = tuple(_pairs(events)) if isinstance(root, yaml.MappingStartEvent) else ()
    sections = (
        _Section(key_end=_end(key), events=value)
        for key, value in pairs
        if getattr(key, "value", None) == SECTION
    )
    return _Layout(
        margin=pairs[0][0].start_mark.column if pairs else 0,
        end=_document_end(events, text),
        is_flow=bool(getattr(root, "flow_style", False)),
        section=next(sections, None),
    )


def _pairs(events: Iterator[Any]) -> Iterator[tuple[Any, tuple[Any, ...]]]:
    """Each key of a mapping whose start was read, and all events of its value."""
    for key in events:
        if isinstance(key, _ENDS):
            return
        yield key, tuple(_node(events))


def _node(events: Iterator[Any]) -> Iterator[Any]:
    """The events of the next value: one, or all from its start to its end."""
    depth = 0
    for event in events:
        yield event
        depth += isinstance(event, _STARTS) - isinstance(event, _ENDS)
        if depth == 0:
            return


def _document_end(events: Iterable[Any], text: str) -> int:
    """Where the document ends: at a line of three dots, else with the text."""
    ends = (event for event in events if isinstance(event, yaml.DocumentEndEvent))
    explicit = (_start(event) for event in ends if event.explicit)
    return next(explicit, len(text))


def _start(event: Any) -> int:
    index: int = event.start_mark.index
    return index


def _end(event: Any) -> int:
    index: int = event.end_mark.index
    return index
