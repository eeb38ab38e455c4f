"""A link as a document wrote it -> the address it means.

Unlike a canonical URL this one is for following: the publisher's own, only made
absolute and spelt in ASCII.
"""

from __future__ import annotations

import re
from urllib.parse import SplitResult, quote, urljoin, urlsplit, urlunsplit

LONGEST_LINK = 4_000
"""Characters; what is longer carries data rather than an address."""

_HOST = re.compile(r"[a-z0-9_-]+(?:\.[a-z0-9_-]+)*\.?|\[[0-9a-f:.]+\]")
_KEPT = "%/:@!$&'()*+,;=?~"


def absolute_link(link: str, base_url: str | None) -> str | None:
    """The http(s) address that the link means on a page at `base_url`, else None.

    None for other schemes, for what no server can have, and for a relative link
    where the base is unknown. Spaces and letters outside ASCII are escaped. A user
    name is dropped: in a link from outside it disguises the host (RFC 9110, 4.2.4).
    """
    if not link.strip() or len(link) > LONGEST_LINK:
        return None
    try:
        parts = urlsplit(urljoin(base_url or "", link.strip()))
        host, port = ascii_host(parts), parts.port
    except ValueError:  # brackets, ports and hosts that no server can have
        return None
    if parts.scheme not in {"http", "https"} or not host:
        return None
    location = host if port is None else f"{host}:{port}"
    rest = (escaped(part) for part in (parts.path, parts.query, parts.fragment))
    return urlunsplit((parts.scheme, location, *rest))


def escaped(part: str) -> str:
    """A part of an address with all escaped that ASCII addresses cannot carry.

    Half a surrogate pair is no letter, and goes.
    """
    return quote(part, safe=_KEPT, errors="ignore")


def ascii_host(parts: SplitResult) -> str:
    """The host in lower case, international ones in punycode; "" for none.

    Raises:
        ValueError: a name that punycode cannot write.
    """
    host = parts.hostname or ""
    if ":" in host:
        host = f"[{host}]"
    elif not host.isascii():
        host = host.encode("idna").decode("ascii").lower()
    return host if _HOST.fullmatch(host) else ""
