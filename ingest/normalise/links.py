"""A link as a document wrote it -> the address it means.

Unlike a canonical URL this one is for following: the publisher's own, only made
absolute and spelt in ASCII.
"""

from __future__ import annotations

import re
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

LONGEST_LINK = 4_000
"""Characters; what is longer carries data rather than an address."""

_NETWORK_LOCATION = re.compile(r"[\w.~!$&'()*+,;=:@%\[\]-]+", re.ASCII)
_KEPT = "%/:@!$&'()*+,;=?~"


def absolute_link(link: str, base_url: str | None) -> str | None:
    """The http(s) address that the link means on a page at `base_url`, else None.

    None for other schemes, for what no server can have, and for a relative link
    where the base is unknown. Spaces and letters outside ASCII are escaped.
    """
    if not link.strip() or len(link) > LONGEST_LINK:
        return None
    try:
        parts = urlsplit(urljoin(base_url or "", link.strip()))
        location = _ascii(parts.netloc)
        has_host = bool(parts.hostname) and (parts.port or 0) >= 0
    except ValueError:  # brackets, ports and hosts that no server can have
        return None
    is_web = parts.scheme in {"http", "https"} and has_host
    if not is_web or not _NETWORK_LOCATION.fullmatch(location):
        return None
    rest = (escaped(part) for part in (parts.path, parts.query, parts.fragment))
    return urlunsplit((parts.scheme, location, *rest))


def escaped(part: str) -> str:
    """A part of an address with all escaped that ASCII addresses cannot carry."""
    return quote(part, safe=_KEPT, errors="replace")


def _ascii(location: str) -> str:
    """The network location with an international host in punycode."""
    return location if location.isascii() else location.encode("idna").decode("ascii")
