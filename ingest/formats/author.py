"""An author as RSS writes one, name and address in any order -> the name to show.

RSS 2.0 asks for an address with the name in brackets behind it; publishers write
whatever mail programs do.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

_LONGEST = 500
"""Characters; a longer one is no single author, and is left as it is."""

_ADDRESS = r"[^\s()<>@\"]+@[^\s()<>@\"]+"
_FORMS = tuple(
    re.compile(form)
    for form in (
        rf"(?P<address>{_ADDRESS})",
        rf"<(?P<address>{_ADDRESS})>",
        rf"{_ADDRESS}\s+\((?P<name>.+)\)",
        rf"{_ADDRESS}\s+(?P<name>[^()<>@]+)",
        rf"(?P<name>[^()<>@]+)[(<]\s*{_ADDRESS}\s*[)>]",
    )
)


def author_name(author: str) -> str:
    """The name without the address; the address where there is no name.

    What has no address in it is a name as it stands, brackets and signs included.
    """
    words = author.strip()
    if "@" not in words:
        return words
    return _name_in(words) if len(words) <= _LONGEST else words


@lru_cache(maxsize=256)
def _name_in(words: str) -> str:
    """The name; the few authors of a document write hundreds of its entries."""
    found = next((found for form in _FORMS if (found := form.fullmatch(words))), None)
    if found is None:
        return words
    parts = found.groupdict()
    return str(parts.get("name") or parts["address"]).strip().strip('"')


def line_of_authors(authors: Iterable[tuple[str, str]]) -> str | None:
    """Several authors, each with name and address, as one line: every name once.

    Addresses are for readers only where there is no name at all.
    """
    people = list(authors)
    names = [author_name(name) for name, _ in people if name]
    words = names or [address for _, address in people]
    return ", ".join(dict.fromkeys(filter(None, words))) or None
