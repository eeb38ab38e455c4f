"""By what rules a source's documents are read: what a document that comes again is.

What was read by other rules has to be read again, however unchanged it is.
"""

from __future__ import annotations

import hashlib
from typing import NewType, assert_never

from ingest.source import (
    FeedAddress,
    Location,
    PageAddress,
    SitemapAddress,
    SnapshotFile,
    Source,
)

ReadingRules = NewType("ReadingRules", str)
"""Equal for a source that is read as it was; 32 hexadecimal digits."""

_BYTES = 16


def reading_rules(source: Source) -> ReadingRules:
    """The rules by which the source's documents are read, wherever they come from.

    Which languages are configured does not count: a guess is not worth asking every
    source anew.
    """
    rules = (
        *_rules_of_kind(source.location),
        source.language,
        source.time_zone,
        source.full_text,
        sorted(source.credits.items()),
    )
    digest = hashlib.blake2b(repr(rules).encode(), digest_size=_BYTES)
    return ReadingRules(digest.hexdigest())


def _rules_of_kind(location: Location) -> tuple[str, object]:
    match location:
        case FeedAddress():
            return "feed", None
        case PageAddress(selectors=selectors):
            return "page", selectors
        case SitemapAddress(bounds=bounds):
            return "sitemap", bounds
        case SnapshotFile(captured_at=captured_at):
            return "snapshot", captured_at
        case _:
            assert_never(location)
