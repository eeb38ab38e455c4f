"""How people name one article: by its number, its uid, its tag: URI or an address."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.entry import CanonicalUrl
from ingest.normalise.canonical_url import canonicalise

_UID = re.compile(r"[0-9a-f]{24}")
_LONGEST_NUMBER = 18  # digits of which every number fits into a database's integer


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleName:
    """What a name may mean; an article that fits the first that is not None is meant.

    `number` is last, as any address may end in a number.
    """

    uid: str | None = None
    url: CanonicalUrl | None = None
    number: int | None = None


def read_article_name(written: str) -> ArticleName:
    """What was meant: `17`, a uid, `tag:…/UID`, an article's link, or its page here."""
    last = written.rstrip("/").rpartition("/")[2]
    is_address = written.startswith(("http://", "https://"))
    return ArticleName(
        uid=last if _UID.fullmatch(last) else None,
        url=canonicalise(written) if is_address else None,
        number=int(last) if _is_number(last, written, is_address=is_address) else None,
    )


def _is_number(last: str, written: str, *, is_address: bool) -> bool:
    if not (last.isascii() and last.isdigit() and len(last) <= _LONGEST_NUMBER):
        return False
    return last == written or (is_address and f"/articles/{last}" in written)
