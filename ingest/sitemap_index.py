"""The sitemaps that an index names, asked for one after another within bounds.

Acts only: which are asked for, and in which order, is `formats.sitemap_choice`'s.
"""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import TypeAlias, assert_never

from ingest.entry import FeedDocument
from ingest.fetch.outcome import (
    NO_VALIDATORS,
    FailureKind,
    Fetched,
    FetchFailed,
    FetchOutcome,
    NotModified,
)
from ingest.formats.raw import NotAFeedError, RawDocument
from ingest.formats.sitemap_choice import own_parts
from ingest.source import SitemapBounds

Ask = Callable[[str], Awaitable[FetchOutcome]]
"""Asks for the document at an address."""

Read = Callable[[Fetched], Awaitable[RawDocument]]
"""Reads a document, or raises `NotAFeedError`."""


_Part: TypeAlias = tuple[Fetched, RawDocument] | FetchFailed


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """An index and its sitemaps as one document.

    The digest in `fetched` is that of all of them, and it has no validators: those of
    the index say nothing of the sitemaps. `left_out` says which did not come, and why.
    """

    fetched: Fetched
    raw: RawDocument
    left_out: tuple[str, ...] = ()

    def unchanged(self) -> NotModified:
        """The outcome where every sitemap is as it was."""
        return NotModified(
            validators=self.fetched.validators,
            body_digest=self.fetched.body_digest,
            status=self.fetched.status,
            final_url=self.fetched.final_url,
            max_age=self.fetched.max_age,
        )

    def complete(self, document: FeedDocument) -> FeedDocument:
        """The document made of `raw`, with what is missing in it."""
        return replace(document, left_out=(*document.left_out, *self.left_out))


async def gather_sitemaps(
    index: Fetched, raw: RawDocument, *, bounds: SitemapBounds, ask: Ask, read: Read
) -> Gathered | FetchFailed:
    """The articles of the sitemaps that the index names, within its bounds.

    What is no index is given back as it came. An index in an index is followed too,
    and counts. A sitemap that cannot be had is left out; where none can, the outcome
    is what was wrong with the first.
    """
    if not raw.further:
        return Gathered(fetched=index, raw=raw)
    index_url = index.final_url or ""
    waiting = deque(own_parts(raw.further, index_url=index_url))
    if not waiting:
        return _unreadable(index_url, "it is an index without sitemaps of its own site")
    seen = set(waiting)
    parts: list[_Part] = []
    while waiting and len(parts) < bounds.documents:
        part = await _part(waiting.popleft(), ask, read)
        parts.append(part)
        if not isinstance(part, FetchFailed):
            further = own_parts(part[1].further, index_url=index_url)
            new = [url for url in further if url not in seen]
            seen.update(new)
            waiting.extend(new)
    return _as_one(index, raw, parts)


async def _part(url: str, ask: Ask, read: Read) -> _Part:
    outcome = await ask(url)
    match outcome:
        case Fetched():
            try:
                return outcome, await read(outcome)
            except NotAFeedError as error:
                return _unreadable(url, str(error))
        case FetchFailed():
            return outcome
        case NotModified():
            return _unreadable(url, "it answered as if it had been read before")
        case _:
            assert_never(outcome)


def _as_one(
    index: Fetched, raw: RawDocument, parts: list[_Part]
) -> Gathered | FetchFailed:
    came = [part for part in parts if not isinstance(part, FetchFailed)]
    missing = [part for part in parts if isinstance(part, FetchFailed)]
    if not came:
        return missing[0]
    digests = [index.body_digest, *(fetched.body_digest for fetched, _ in came)]
    digest = hashlib.sha256(" ".join(digests).encode()).hexdigest()
    return Gathered(
        fetched=replace(index, body_digest=digest, validators=NO_VALIDATORS),
        raw=replace(
            raw,
            entries=tuple(entry for _, part in came for entry in part.entries),
            is_cut=any(part.is_cut for part in (raw, *(part for _, part in came))),
        ),
        left_out=tuple(failure.detail for failure in missing),
    )


def _unreadable(url: str, why: str) -> FetchFailed:
    return FetchFailed(
        kind=FailureKind.NOT_A_FEED,
        detail=f"{url} cannot be read as a sitemap: {why}.",
        final_url=url,
    )
