"""What tells an entry that reads as it did before from one that is to be cleaned.

Cleaning costs far more than reading, and most entries of most documents are known.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import NewType

from ingest.entry import EntryDigest
from ingest.formats.raw import RawDocument, RawEntry
from ingest.source import Source

_BYTES = 16


Surroundings = NewType("Surroundings", bytes)
"""What an entry is read with, apart from its own words: a part of its digest."""


def surroundings(
    raw: RawDocument, source: Source, base_url: str | None
) -> Surroundings:
    """All of the document and of the source that cleaning an entry depends on."""
    inherited = (raw.language, raw.rights, base_url, source)
    return Surroundings(hashlib.sha256(_written(inherited)).digest())


def entry_digest(raw: RawEntry, among: Surroundings) -> EntryDigest:
    """The same for an entry read again, another one where anything of it changed.

    How many comments it has does not count: that number changes for ever.
    """
    words = _written(replace(raw, comment_count=None))
    digest = hashlib.blake2b(among + words, digest_size=_BYTES)
    return EntryDigest(digest.hexdigest())


def _written(value: object) -> bytes:
    # Half a surrogate pair may still be here; cleaning drops it later.
    return repr(value).encode("utf-8", "surrogatepass")
