"""OPML that is well-formed XML -> its outlines, one after another.

No tree is built, so neither depth nor length costs more than the file has letters.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.parsers import expat

from ingest.lists.listed import LeftOut, ListedSource, Outline, read_outline

DEEPEST_FOLDER = 10
"""Folders within folders that a category tells apart."""

_LISTS = ("include", "link")


def read_outlines(text: str) -> list[ListedSource | LeftOut] | None:
    """Each outline that is a source or pretends to be; None where this is no OPML.

    Raises:
        expat.ExpatError: the text is no well-formed XML.
    """
    reader = _Reader()
    parser = expat.ParserCreate()
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.Parse(text, True)
    return reader.found if reader.root == "opml" else None


@dataclass(slots=True)
class _Reader:
    """What was met so far; `folders` has a name for each outline still open."""

    root: str = ""
    found: list[ListedSource | LeftOut] = field(default_factory=list)
    folders: list[str] = field(default_factory=list)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        name = name.rpartition(":")[2].lower()
        self.root = self.root or name
        if name != "outline":
            return
        values = {key.lower(): value for key, value in attributes.items()}
        one = _read(values, tuple(filter(None, self.folders[:DEEPEST_FOLDER])))
        if one is not None:
            self.found.append(one)
        self.folders.append("" if one else _title(values))

    def end(self, name: str) -> None:
        """An element ends."""
        if name.rpartition(":")[2].lower() == "outline":
            self.folders.pop()


def _read(
    values: Mapping[str, str], folders: tuple[str, ...]
) -> ListedSource | LeftOut | None:
    """What an outline with these attributes is; None for a folder."""
    kind = values.get("type", "").strip().lower()
    title = _title(values)
    if "xmlurl" in values and kind not in _LISTS:
        paths = tuple(filter(None, (folders, *_tags(values.get("category", "")))))
        return read_outline(
            Outline(
                title=title,
                url=values["xmlurl"],
                home=values.get("htmlurl", ""),
                language=values.get("language", ""),
                categories=paths,
            )
        )
    if kind in _LISTS:
        return LeftOut(title=title, reason="it is a link to another list or page")
    if kind in ("rss", "atom") or "htmlurl" in values:
        return LeftOut(title=title, reason="it names no feed: xmlUrl is missing")
    return None


def _title(values: Mapping[str, str]) -> str:
    """What readers show; programs put it in one attribute or the other."""
    return values.get("title", "").strip() or values.get("text", "").strip()


def _tags(category: str) -> tuple[tuple[str, ...], ...]:
    """The paths of a category attribute, separated by commas (OPML 2.0)."""
    return tuple(tuple(path.split("/")) for path in category.split(","))
