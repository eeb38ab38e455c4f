"""Hosts: the one site behind its faces, and the domain somebody registered.

The whole list of public suffixes is not needed: the endings of two labels under which
newspapers are registered are a dozen words.
"""

from __future__ import annotations

import re

# Labels that stand before a site's own name and show the same pages.
_FACE = re.compile(r"(?:www?\d{0,2}|m|mobile|mobi|amp|touch)\.(?=[^.]+\.)")
_SECOND_LEVEL = frozenset(
    {
        *("ac", "asso", "co", "com", "edu", "gob", "gouv", "gov", "gv", "info", "int"),
        *("ltd", "med", "mil", "ne", "net", "nom", "or", "org", "plc", "presse"),
        *("press", "sch", "tm", "web"),
    }
)
_SHARED = frozenset(
    {"blogspot.com", "wordpress.com", "over-blog.com", "substack.com", "github.io"}
)
_LONGEST_COUNTRY = 2  # letters of a last label before which a suffix may stand


def site_of(host: str) -> str:
    """The host without the labels of its www, mobile and AMP faces.

    A label that belongs to the registered name stays: m.co.ma, www.example.
    """
    while found := _FACE.match(host):
        rest = host[found.end() :]
        if registered_domain(rest) is None:
            break
        host = rest
    return host


def registered_domain(host: str) -> str | None:
    """The part of a host that somebody registered; None for a public suffix alone.

    An address of the network is its own.
    """
    labels = host.split(".")
    if host.startswith("[") or labels[-1].isdigit():
        return host
    *_, second, last = ["", *labels]
    is_country_s = len(last) <= _LONGEST_COUNTRY and second in _SECOND_LEVEL
    is_below_suffix = is_country_s or f"{second}.{last}" in _SHARED
    size = 3 if is_below_suffix else 2
    return ".".join(labels[-size:]) if len(labels) >= size else None
