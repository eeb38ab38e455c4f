"""The response headers of a rendered document.

Decides from the document alone; conditions of the request are `conditional`'s.
"""

from __future__ import annotations

from email.utils import format_datetime

from publish.shelf import Rendered

CACHE_FOR_MINUTES = "public, max-age=300"  # half of the shortest useful poll
CACHE_FOR_A_DAY = "public, max-age=86400"  # what changes with a release only
SECURITY = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; base-uri 'none'; "
        "form-action 'none'; frame-ancestors 'none'"
    ),
}


def describe(rendered: Rendered, cache: str) -> dict[str, str]:
    """The headers that a 200 and a 304 share (RFC 9110, 15.4.5)."""
    return {
        "ETag": rendered.etag,
        "Last-Modified": format_datetime(rendered.last_modified, usegmt=True),
        "Cache-Control": cache,
        **SECURITY,
    }
