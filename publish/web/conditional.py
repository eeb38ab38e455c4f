"""Whether a client has the current document already (RFC 9110, 13).

Decides from two request headers and two facts about the document.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

_ENTITY_TAG = re.compile(r'(?:W/)?("[\x21\x23-\x7e\x80-\xff]*")')
_LIST = re.compile(rf"[\s,]*{_ENTITY_TAG.pattern}(?:\s*,[\s,]*|\s*$)")


def is_not_modified(
    if_none_match: str | None,
    if_modified_since: str | None,
    *,
    etag: str,
    last_modified: datetime,
) -> bool:
    """True if a GET or HEAD with these headers is answered by 304.

    If-None-Match decides alone where it is present (13.2.2); its tags are compared
    weakly (13.1.2), so that a proxy that weakened our tag on its way still gets its
    304. A date that cannot be read counts as absent (13.1.3).
    """
    if if_none_match is not None:
        return _matches(if_none_match, etag)
    since = _read_date(if_modified_since) if if_modified_since else None
    return since is not None and last_modified.replace(microsecond=0) <= since


def _matches(if_none_match: str, etag: str) -> bool:
    if if_none_match.strip() == "*":
        return True
    return etag.removeprefix("W/") in read_tags(if_none_match)


def read_tags(if_none_match: str) -> tuple[str, ...]:
    """The opaque tags of a list; those before the first that is malformed."""
    tags = []
    position = 0
    while found := _LIST.match(if_none_match, position):
        tags.append(found[1])
        position = found.end()
    return tuple(tags)


def _read_date(value: str) -> datetime | None:
    """The instant of an HTTP date in any of its three forms (RFC 9110, 5.6.7)."""
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, OverflowError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
