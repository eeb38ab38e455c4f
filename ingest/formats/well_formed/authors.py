"""The elements that name an entry's authors -> one line for readers."""

from __future__ import annotations

import re

from ingest.formats.author import author_name, line_of_authors
from ingest.formats.well_formed.doubt import NotSureError
from ingest.formats.well_formed.elements import Element
from ingest.formats.well_formed.holder import Holder
from ingest.formats.well_formed.manner import Manner

# What feedparser finds too: of longer domains it cuts the end off.
_ADDRESS_AND_NAME = re.compile(
    r"(?P<address>[a-zA-Z\d_.+-]+@(?:[a-zA-Z\d-]+\.)+[a-zA-Z]{2,4})"
    r"(?: \((?P<name>\w[^()<>@&]*)\))?"
)


def read_authors(entry: Holder) -> str | None:
    """Every author's name once; an address is for readers only where no name is."""
    authors = entry.all("author")
    if not authors:
        return None
    if len(authors) == 1:
        return author_name(_single_author(entry.manner, authors[0])) or None
    if len({author.children is None for author in authors}) > 1:
        raise NotSureError("authors as RSS and as Atom writes them")
    return line_of_authors(_one_of_several(entry.manner, one) for one in authors)


def _single_author(manner: Manner, author: Element) -> str:
    """The author as RSS writes one, the name in front of its address."""
    if author.children is None:
        return manner.words(author)
    name, address = _name_and_address(author)
    return f"{name} ({address})" if name and address else name or address


def _one_of_several(manner: Manner, author: Element) -> tuple[str, str]:
    if author.children is None:
        return _as_rss_writes_it(manner.words(author))
    name, address = _name_and_address(author)
    if not name:  # feedparser gives it the name of the one before
        raise NotSureError("one of several authors without a name")
    return name, address


def _as_rss_writes_it(words: str) -> tuple[str, str]:
    if "@" not in words:
        return words, ""
    parts = _ADDRESS_AND_NAME.fullmatch(words)
    if parts is None:
        raise NotSureError("an uncommon address among several authors")
    return parts["name"] or "", parts["address"]


def _name_and_address(author: Element) -> tuple[str, str]:
    found = {child.meaning: child.text.strip() for child in author.children or ()}
    name, address = found.get("name", ""), found.get("email", "")
    if not name and not address:
        raise NotSureError("an author without name and address")
    return name, address
