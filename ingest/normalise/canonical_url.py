"""A link -> the one spelling under which we recognise it.

Two links with one canonical URL are the same publication. It is an identity: nobody
is ever sent to it, because some servers answer only to their own spelling. The rules
and their reasons are in docs/decisions/0011-canonical-urls.md.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from ingest.entry import CanonicalUrl
from ingest.normalise.links import ascii_host
from ingest.normalise.paths import one_spelling, page_path
from ingest.normalise.redirect_links import RedirectLink, redirect_of
from ingest.normalise.sites import site_of
from ingest.normalise.tracking import is_tracking

LONGEST_URL = 4_000
"""Characters; what is longer carries data rather than an address."""

_MOST_REDIRECTS = 5  # within one another
# How sites that are one program name their pages: "#!/a/1", "#/a/1".
_NAMES_PAGE = re.compile("[!/].")
_DEFAULT_PORTS = (None, 80, 443)


def canonicalise(link: str) -> CanonicalUrl | None:
    """The link's canonical URL; None for what is no http or https address.

    A redirect link that says where it leads is recognised by that.
    """
    own = _one_spelling(link)
    url = own
    for _ in range(_MOST_REDIRECTS):
        redirect = url and (redirect_of(url) or redirect_of(link.strip()))
        if not redirect:
            return url
        behind = _one_spelling(redirect.address or "")
        if redirect.address is None or behind is None:
            return _named(redirect) or url
        url, link = behind, redirect.address
    return own  # wrapped by nobody who means it


def _named(redirect: RedirectLink) -> CanonicalUrl | None:
    """What a link is recognised by that its service calls by a name."""
    if redirect.name is None:
        return None
    return CanonicalUrl(f"https://{redirect.service}/articles/{redirect.name}")


def _one_spelling(link: str) -> CanonicalUrl | None:
    if len(link) > LONGEST_URL:
        return None
    try:
        parts = urlsplit(link.strip())
        host, port = site_of(ascii_host(parts).removesuffix(".")), parts.port
    except ValueError:  # brackets, ports and hosts that no server can have
        return None
    if parts.scheme not in {"http", "https"} or not host:
        return None
    authority = host if port in _DEFAULT_PORTS else f"{host}:{port}"
    query = _query(one_spelling(parts.query, in_query=True))
    page = parts.fragment if _NAMES_PAGE.match(parts.fragment) else ""
    fragment = page and f"#{one_spelling(page, in_query=True)}"
    url = f"https://{authority}{page_path(parts.path)}{query}{fragment}"
    return CanonicalUrl(url) if len(url) <= LONGEST_URL else None


def _query(query: str) -> str:
    """The parameters that matter, by their names, with their `?`; "" for none."""
    kept = [part for part in query.split("&") if part and not is_tracking(part)]
    in_order = sorted(kept, key=lambda part: part.partition("=")[0])
    return "?" + "&".join(in_order) if in_order else ""
