"""A link as a document wrote it -> the address it means.

Unlike a canonical URL this one is for following: the publisher's own, only made
absolute and spelt in ASCII.
"""

from __future__ import annotations

import re
from urllib.parse import SplitResult, quote, urljoin, urlsplit, urlunsplit

from idna import uts46_remap

LONGEST_LINK = 4_000
"""Characters; what is longer carries data rather than an address."""

LONGEST_HOST = 254
"""Characters, the point behind it included: RFC 1035, 2.3.4."""

_HOST = re.compile(
    r"[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*\.?|\[[0-9a-f:.]+\]", re.ASCII
)
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

    Letters are mapped as browsers do (UTS 46, not transitional): ß stays, and what
    the standard library makes of it, ss, is another host.

    Raises:
        ValueError: a name with signs that no host has.
    """
    host = parts.hostname or ""
    if ":" in host:
        host = f"[{host}]"
    elif not host.isascii():
        mapped = uts46_remap(host, std3_rules=False, transitional=False)
        host = ".".join(map(_ascii_label, mapped.split(".")))
    return host if len(host) <= LONGEST_HOST and _HOST.fullmatch(host) else ""


def _ascii_label(label: str) -> str:
    if label.isascii():
        return label
    return f"xn--{label.encode('punycode').decode('ascii')}"
