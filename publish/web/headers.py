"""The response headers of a rendered document.

Decides from the document alone; conditions of the request are `conditional`'s.
"""

from __future__ import annotations

from dataclasses import dataclass
from email.utils import format_datetime

from publish.rendered import Coding, Rendered, Representation

# Half of the shortest useful poll; a cache may hand out the old copy for as long again
# while it asks (RFC 5861), and for a day while we do not answer.
CACHE_FOR_MINUTES = (
    "public, max-age=300, stale-while-revalidate=300, stale-if-error=86400"
)
CACHE_PRIVATELY = "private, max-age=300"
CACHE_FOR_EVER = "public, max-age=31536000, immutable"  # RFC 8246; a year is the most
CACHE_FOR_A_DAY = "public, max-age=86400"  # what changes with a release only
KEEP_NOTHING = "private, no-store"
NO_INDEX = {"X-Robots-Tag": "noindex"}
SHOWN_AS_XML = "application/xml; charset=utf-8"
SECURITY = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; base-uri 'none'; "
        "form-action 'self'; frame-ancestors 'none'"
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Selected:
    """What one client gets: a document in one coding, and how long it may be kept.

    `found_at` is the document's own address where the client asked at another.
    `heeds_accept` says that the answer depends on the client's Accept, `shown_as` is
    the media type that it wants in place of the document's own. `is_private` says that
    the client showed a secret.
    """

    document: Rendered
    coding: Coding | None
    cache: str
    found_at: str | None = None
    heeds_accept: bool = False
    shown_as: str | None = None
    is_private: bool = False

    @property
    def form(self) -> Representation:
        """The bytes and their tag."""
        return self.document.encoded(self.coding)


def describe(selected: Selected) -> dict[str, str]:
    """The headers that a 200 and a 304 share (RFC 9110, 15.4.5)."""
    last_modified = format_datetime(selected.document.last_modified, usegmt=True)
    headers = {
        "ETag": selected.form.etag,
        "Last-Modified": last_modified,
        "Cache-Control": selected.cache,
        "Vary": "Accept-Encoding",
        **SECURITY,
    }
    if selected.document.links:
        headers["Link"] = selected.document.links
    if selected.heeds_accept:
        headers["Vary"] = "Accept, Accept-Encoding"
    if selected.is_private:
        headers |= {"Cache-Control": CACHE_PRIVATELY, **NO_INDEX}
        headers["Vary"] += ", Authorization"
    if selected.found_at is not None:
        headers["Content-Location"] = selected.found_at
    return headers


def describe_body(selected: Selected) -> dict[str, str]:
    """The headers that only an answer with a body has."""
    headers = {
        "Content-Type": selected.shown_as or selected.document.media_type,
        "Content-Length": str(len(selected.form.body)),
    }
    if selected.coding and selected.form is not selected.document.plain:
        headers["Content-Encoding"] = selected.coding.value
    return headers


def describe_news(etag: str) -> dict[str, str]:
    """The headers that make an answer one of new items only (RFC 3229, 10.5).

    `etag` is that of the whole document, which the client has with this answer. A
    cache that does not know what a part is must not keep it.
    """
    return {
        "ETag": etag,
        "IM": "feed",
        "Cache-Control": "no-store, im",
        "Vary": "A-IM, If-None-Match, Accept-Encoding",
    }
