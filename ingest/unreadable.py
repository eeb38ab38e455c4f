"""A document that came and was not read -> `FetchFailed`, in the operator's words."""

from __future__ import annotations

from typing import assert_never

from ingest.fetch.outcome import FailureKind, Fetched, FetchFailed
from ingest.formats.raw import NotAFeedError
from ingest.reading.errors import NoWorkerError, TooComplexError
from ingest.source import (
    FeedAddress,
    PageAddress,
    SitemapAddress,
    SnapshotFile,
    Source,
)


def not_a_feed(source: Source, fetched: Fetched, error: NotAFeedError) -> FetchFailed:
    """The outcome of bytes that are no document of the source's kind."""
    place, key = _place_and_key(source, fetched)
    detail = (
        f"{place} cannot be read: {str(error).rstrip('.')}. Open it, and "
        f"correct the source's {key} if it is not what was meant."
    )
    return _failed(FailureKind.NOT_A_FEED, detail, fetched)


def too_complex(
    source: Source, fetched: Fetched, error: TooComplexError
) -> FetchFailed:
    """The outcome of a document whose reading was given up."""
    place, _ = _place_and_key(source, fetched)
    detail = (
        f"{place} is too complex: to read it takes {error}. Nothing of it was used. "
        "If it is an honest document, raise fetch.reading.deadline or "
        "fetch.reading.max_memory_bytes."
    )
    return _failed(FailureKind.TOO_COMPLEX, detail, fetched)


def unread(source: Source, fetched: Fetched, error: NoWorkerError) -> FetchFailed:
    """The outcome of a document that nobody could read."""
    place, _ = _place_and_key(source, fetched)
    detail = (
        f"{place} was not read, as there is no process to read it ({error}). It is "
        "tried again later; see whether this machine is out of memory."
    )
    return _failed(FailureKind.BUG, detail, fetched)


def _failed(kind: FailureKind, detail: str, fetched: Fetched) -> FetchFailed:
    return FetchFailed(
        kind=kind, detail=detail, status=fetched.status, final_url=fetched.final_url
    )


def _place_and_key(source: Source, fetched: Fetched) -> tuple[str, str]:
    match source.location:
        case FeedAddress() | SitemapAddress():
            return fetched.final_url or source.slug, "url"
        case PageAddress():
            return fetched.final_url or source.slug, "url or its selectors"
        case SnapshotFile(path=path):
            return str(path), "path"
        case _:
            assert_never(source.location)
