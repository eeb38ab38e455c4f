"""What tells an entry that reads as it did before from one that is to be cleaned.

Cleaning costs far more than reading, and most entries of most documents are known.
"""

from __future__ import annotations

import hashlib
from collections.abc import Container
from typing import NewType

from ingest.entry import EntryDigest
from ingest.formats.raw import RawDocument, RawEntry
from ingest.source import Source

MOST_FAILURES = 3
"""After as many a page is no longer asked for, until its entry changes."""

_BYTES = 16
_MARKS = "-+="  # no digest begins so; one for each number of failures


Surroundings = NewType("Surroundings", bytes)
"""What an entry is read with, apart from its own words: a part of its digest."""


def surroundings(
    raw: RawDocument, source: Source, base_url: str | None
) -> Surroundings:
    """All of the document and of the source that cleaning an entry depends on."""
    inherited = (raw.language, raw.author, raw.rights, base_url, source)
    return Surroundings(hashlib.sha256(_written(inherited)).digest())


def entry_digest(raw: RawEntry, among: Surroundings) -> EntryDigest:
    """The same for an entry read again, another one where anything of it changed.

    How many comments it has does not count: that number changes for ever.
    """
    words = _written(raw._replace(comment_count=None))
    digest = hashlib.blake2b(among + words, digest_size=_BYTES)
    return EntryDigest(digest.hexdigest())


def owed(digest: EntryDigest, *, failures: int = 0) -> EntryDigest:
    """The digest of an entry that is to be read again, though it comes unchanged.

    Known by it, the entry counts as changed when it comes again. `failures` is how
    often what it waits for could not be had, fewer than `MOST_FAILURES`.
    """
    return EntryDigest(f"{_MARKS[failures]}{digest[1:]}")


def failures_of(digest: EntryDigest, known: Container[EntryDigest]) -> int:
    """How often what the entry waits for could not be had, as the known ones say."""
    counts = range(MOST_FAILURES)
    return next((n for n in counts if owed(digest, failures=n) in known), 0)


def _written(value: object) -> bytes:
    # Half a surrogate pair may still be here; cleaning drops it later.
    return repr(value).encode("utf-8", "surrogatepass")
