"""The keys by which an entry may be recognised, and the names made of them.

Who shares a key within a document is seen here; what a key that is met again means is
decided by `identity`.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count
from urllib.parse import urlsplit

from ingest.entry import Entry
from store.terms import terms

# How agencies mark the versions of one report: UPDATE 1-, WRAPUP 2-, CORRECTED-.
_VERSION = re.compile(
    r"^(?:UPDATE|WRAPUP|CORRECTED|REFILE|RECAST|RPT)\s*\d*\s*-\s*(?=\S)"
)

LONGEST_KEY_BYTES = 2_400
"""PostgreSQL refuses to index more than 2,704 bytes of a row."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryKeys:
    """By what an entry can be recognised; None for a key it lacks or shares.

    A guid or an address that several different entries of one document carry
    identifies none of them. Seen with pages that link every item to the home page
    and with generators that number their items anew each day. `page_url` is what the
    entry's page says its address is, which counts only beside the same title.
    """

    guid: str | None
    url: str | None
    title: str
    page_url: str | None = None

    @property
    def sighting(self) -> str:
        """The strongest key, marked with its kind: one per publication and source."""
        if self.guid is not None:
            return _bounded(f"guid:{self.guid}")
        if self.url is not None:
            return _bounded(f"url:{self.url}")
        return _bounded(f"title:{self.title}")


def _bounded(key: str) -> str:
    """The key, or its digest where it is longer than what every database indexes."""
    written = key.encode()
    if len(written) <= LONGEST_KEY_BYTES:
        return key
    return f"{key.partition(':')[0]}-sha256:{hashlib.sha256(written).hexdigest()}"


def entry_keys(entry: Entry) -> EntryKeys:
    """All keys of the entry, whoever shares them."""
    return EntryKeys(
        guid=None if _is_home_page(entry.guid) else entry.guid,
        url=None if _is_home_page(entry.canonical_url) else entry.canonical_url,
        title=f"{entry.origin}\n{normalised_title(entry.title)}",
        page_url=entry.page_url,
    )


def _is_home_page(key: str | None) -> bool:
    """Whether the key is the address of a whole site, which names no entry of it."""
    if key is None or not key.startswith(("http://", "https://")):
        return False
    try:
        parts = urlsplit(key)
    except ValueError:  # brackets that hold no address, in a guid
        return False
    return parts.path in ("", "/") and not parts.query and not parts.fragment


def unshared_keys(keys: Sequence[EntryKeys]) -> tuple[EntryKeys, ...]:
    """The keys by which each entry of one document is told from the others."""
    shared_guids = _shared((one.guid, (one.title, one.url)) for one in keys)
    shared_urls = _shared((one.url, one.title) for one in keys)
    return tuple(
        replace(
            one,
            guid=None if one.guid in shared_guids else one.guid,
            url=None if one.url in shared_urls else one.url,
        )
        for one in keys
    )


def _shared(keyed: Iterable[tuple[str | None, Hashable]]) -> frozenset[str]:
    """The keys that stand beside more than one title, or address."""
    counts = Counter(key for key, _ in set(keyed) if key is not None)
    return frozenset(key for key, count in counts.items() if count > 1)


def normalised_title(title: str) -> str:
    """The title as its terms: case, accents, punctuation, version do not count."""
    return " ".join(terms(_VERSION.sub("", title))) or title.casefold()


def bare_title(key: str) -> str:
    """The normalised title in a title's key, without the origin."""
    return key.partition("\n")[2]


def article_uids(keys: EntryKeys, *, source: str, digest: str) -> Iterator[str]:
    """Names for a new article, the best first; the first that is free is its own.

    The best is the one that every database gives to the same publication: made of the
    address where there is one, since every source that carries the article gives the
    same; else of the source's guid, else of origin and title. Where another article
    has it (a key was used again), what the article says is part of the name.
    """
    if keys.url is not None:
        identity = f"url\n{keys.url}"
    elif keys.guid is not None:
        identity = f"guid\n{source}\n{keys.guid}"
    else:
        identity = f"title\n{keys.title}"
    yield _uid(identity)
    yield from (_uid(f"{identity}\n{digest}\n{number}") for number in count(1))


def _uid(identity: str) -> str:
    return hashlib.sha256(identity.encode()).hexdigest()[:24]
