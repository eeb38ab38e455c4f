"""Links that lead to another's page: whose they are, and where to, if they say so.

Nothing is asked: only what can be read out of the link counts. A link that hides its
destination, such as FeedBurner's or a younger one of Google News, stands for itself,
so that two of them are never taken for one.
"""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass
from urllib.parse import SplitResult, parse_qs, urlsplit

from ingest.normalise.sites import site_of
from ingest.registrable_domain import registrable_domain


@dataclass(frozen=True, slots=True, kw_only=True)
class RedirectLink:
    """A link that a service redirects.

    `address` is where to, as written in the link, None where it does not say. `name`
    is what the service calls the link, None where the whole link is its name.
    """

    service: str
    address: str | None = None
    name: str | None = None


GOOGLE_NEWS = "news.google.com"

# Host, the beginning of its path, and the parameters of which one is the destination.
_WRAPPERS = (
    ("l.facebook.com", "/l.php", ("u",)),
    ("lm.facebook.com", "/l.php", ("u",)),
    ("l.instagram.com", "/", ("u",)),
    ("youtube.com", "/redirect", ("q",)),
    ("out.reddit.com", "/", ("url",)),
    ("t.umblr.com", "/redirect", ("z",)),
    ("vk.com", "/away.php", ("to",)),
    ("linkedin.com", "/redir/redirect", ("url",)),
    ("linkedin.com", "/redirect", ("url",)),
    ("flipboard.com", "/redirect", ("url",)),
    ("getpocket.com", "/redirect", ("url",)),
    ("bing.com", "/news/apiclick.aspx", ("url",)),
    ("duckduckgo.com", "/l", ("uddg",)),
    ("slack-redir.net", "/link", ("url",)),
    ("safelinks.protection.outlook.com", "/", ("url",)),
    ("pinterest.com", "/offsite", ("url",)),
)
_SHORTENERS = frozenset(
    {
        *("bit.ly", "buff.ly", "cutt.ly", "dlvr.it", "fb.me", "goo.gl", "ift.tt"),
        *("is.gd", "j.mp", "lnkd.in", "ow.ly", "rb.gy", "shar.es", "shorturl.at"),
        *("t.co", "t.ly", "tinyurl.com", "trib.al", "wp.me"),
    }
)
_FEEDBURNER = re.compile(r"/~r/.+/~[0-9]/.+")
_AMP_CACHE = "cdn.ampproject.org"
_CACHED = re.compile(r"/(?:[a-z]|wp|ii)/(?P<secure>s/)?(?P<page>[^/]+\.[^/]+.*)")
_AMP_VIEWER = re.compile(r"/amp/(?P<secure>s/)?(?P<page>[^/]+\.[^/]+.*)")
_NEWS_NAME = re.compile(
    r"/(?:__i/)?(?:rss/)?(?:rd/)?(?:articles|read)/(?P<name>[\w-]+)=*", re.ASCII
)
_ADDRESS = re.compile(r"https?://[^\s\x00-\x1f\x7f\ufffd]+")
_NEWS_HEAD = b"\x08\x13\x22"  # of the message that a name encodes; its text follows


def redirect_of(link: str) -> RedirectLink | None:
    """What the link redirects to and by whom; None for a link that is no such one."""
    try:
        parts = urlsplit(link)
    except ValueError:
        return None
    host = site_of((parts.hostname or "").removesuffix("."))
    if registrable_domain(host).startswith("google."):
        return _google(host, parts)
    if host.endswith(f".{_AMP_CACHE}"):
        return _amp(_AMP_CACHE, _CACHED.fullmatch(parts.path), parts)
    if _FEEDBURNER.fullmatch(parts.path):
        return RedirectLink(service="feedburner.com")
    if host in _SHORTENERS:
        return RedirectLink(service=host)
    return _wrapper(host, parts)


def _google(host: str, parts: SplitResult) -> RedirectLink | None:
    if host == GOOGLE_NEWS and (found := _NEWS_NAME.fullmatch(parts.path)):
        name = found["name"]
        return RedirectLink(service=host, address=_news_address(name), name=name)
    if host.startswith("feedproxy.") and _FEEDBURNER.fullmatch(parts.path):
        return RedirectLink(service="feedburner.com")
    if host.startswith("google."):
        if parts.path == "/url":
            return _wrapped("google.com", parts, ("q", "url"))
        if found := _AMP_VIEWER.fullmatch(parts.path):
            return _amp("google.com", found, parts)
    return None


def _news_address(name: str) -> str | None:
    """The address in a name that Google News gave; None in those since 2024."""
    try:
        message = base64.urlsafe_b64decode(name + "=" * (-len(name) % 4))
    except binascii.Error:
        return None
    if not message.startswith(_NEWS_HEAD):
        return None
    length, text = _length_and_rest(message.removeprefix(_NEWS_HEAD))
    address = text[:length].decode("utf-8", errors="replace")
    return address if _ADDRESS.fullmatch(address) else None


def _length_and_rest(message: bytes) -> tuple[int, bytes]:
    """The length before a text, in a byte or two (protobuf's varint), and the rest."""
    low, *more = message[:2] or b"\0"
    if low < 0x80 or not more:
        return low, message[1:]
    return (low & 0x7F) | (more[0] << 7), message[2:]


def _amp(
    service: str, found: re.Match[str] | None, parts: SplitResult
) -> RedirectLink | None:
    if found is None:
        return None
    scheme = "https" if found["secure"] else "http"
    query = f"?{parts.query}" if parts.query else ""
    return RedirectLink(service=service, address=f"{scheme}://{found['page']}{query}")


def _wrapper(host: str, parts: SplitResult) -> RedirectLink | None:
    for service, path, names in _WRAPPERS:
        is_service = host == service or host.endswith(f".{service}")
        if is_service and f"{parts.path}/".startswith(path):
            return _wrapped(service, parts, names)
    return None


def _wrapped(
    service: str, parts: SplitResult, names: tuple[str, ...]
) -> RedirectLink | None:
    """The redirect to the first of these parameters that is an address."""
    query = parse_qs(parts.query, max_num_fields=100)
    for name in names:
        for address in query.get(name, ()):
            if _ADDRESS.fullmatch(address):
                return RedirectLink(service=service, address=address)
    return None
