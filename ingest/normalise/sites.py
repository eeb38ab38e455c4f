"""Hosts: the one site behind its faces."""

from __future__ import annotations

import re

from ingest.registrable_domain import is_suffix

# Labels that stand before a site's own name and show the same pages.
_FACE = re.compile(r"(?:www?\d{0,2}|m|mobile|mobi|amp|touch)\.(?=[^.]+\.)")


def site_of(host: str) -> str:
    """The host without the labels of its www, mobile and AMP faces.

    A label that belongs to the registered name stays: m.co.ma, www.example.
    """
    while found := _FACE.match(host):
        rest = host[found.end() :]
        if is_suffix(rest):
            break
        host = rest
    return host
