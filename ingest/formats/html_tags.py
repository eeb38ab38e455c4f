"""The start tags of an HTML page in their order: what they are called and carry.

No tree is built: a page nested 200,000 deep costs a tree builder minutes, and reading
its tags one after another some milliseconds. What the tags mean is for others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import unescape

from ingest.formats.charset import decode_document

LONGEST_PAGE = 1_000_000
"""Characters that are looked at; what follows is left aside."""

# Comments and the texts that are no markup are passed over whole, to the end of the
# page where they are not closed, as browsers do. Nothing inside a tag may hold "<":
# so no character is looked at twice, whatever is left open.
_TOKEN = re.compile(
    r"""<!--.*?(?:-->|\Z)
      | <(?P<raw>script|style|textarea|xmp)\b.*?(?:</(?P=raw)\b|\Z)
      | <(?P<name>[a-z][a-z0-9]*)
         (?P<attributes>(?:[\s/](?:[^<>"']++|"[^"<]*+"|'[^'<]*+')*+)?)>
         (?P<text>[^<]{0,300}+)""",
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)
_ATTRIBUTE = re.compile(
    r"""(?P<name>[^\s"'<>/=]++)
        (?:\s*+=\s*+(?:"(?P<double>[^"]*+)"|'(?P<single>[^']*+)'|(?P<bare>[^\s"'>]++)))?+
    """,
    re.VERBOSE,
)
_SPACES = re.compile(r"\s+")
_CHARSET = re.compile(
    rb"<meta\s[^<>]*?charset\s*=\s*[\"']?([\w-]+)", re.IGNORECASE | re.ASCII
)
_HEAD_BYTES = 2048  # in which a page must say its charset (HTML, 4.2.5.4)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    """A start tag; `name` and the names of attributes are in lower case.

    `text` is the plain text from the tag to the next one, on one line.
    """

    name: str
    attributes: Mapping[str, str]
    text: str


def decode_page(body: bytes, *, content_type: str | None) -> str:
    """The page's characters; a `<meta charset>` counts where the header is silent."""
    in_header = "charset" in (content_type or "").lower()
    declared = None if in_header else _CHARSET.search(body[:_HEAD_BYTES])
    if declared:
        content_type = f"text/html; charset={declared[1].decode('ascii')}"
    return decode_document(body, content_type=content_type)


def each_tag(page: str, names: frozenset[str]) -> Iterator[Tag]:
    """The start tags of these names, in the order of the page."""
    for token in _TOKEN.finditer(page[:LONGEST_PAGE]):
        name = (token["name"] or "").lower()
        if name in names:
            yield Tag(
                name=name,
                attributes=_attributes(token["attributes"]),
                text=one_line(token["text"]),
            )


def one_line(text: str) -> str:
    """HTML text as plain text on one line."""
    return _SPACES.sub(" ", unescape(text)).strip()


def _attributes(written: str) -> dict[str, str]:
    """Each attribute's value; the first counts where one is given twice (HTML)."""
    found: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(written):
        value = match["double"] or match["single"] or match["bare"] or ""
        found.setdefault(match["name"].lower(), one_line(value))
    return found
