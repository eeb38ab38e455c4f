"""By what an article that has left is known if it comes again, as short keys."""

from __future__ import annotations

import hashlib

from store.identify.keys import EntryKeys


def departure_key(source: str, keys: EntryKeys) -> str:
    """The key of an entry: by its address wherever it is, else as its source has it."""
    if keys.url is not None:
        return address_key(keys.url)
    return entry_key(source, keys.sighting)


def address_key(url: str) -> str:
    """The key of an article with a canonical URL."""
    return _digest("url", url)


def entry_key(source: str, key: str) -> str:
    """The key of an article without one, by that of its sighting."""
    return _digest(source, key)


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:32]
