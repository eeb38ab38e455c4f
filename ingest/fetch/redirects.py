"""Addresses of an exchange: credentials taken off them, redirects resolved.

Follows nothing itself. Credentials in a source's address are sent to that one origin
and nowhere else; credentials in a redirect are dropped.
"""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass, field
from urllib.parse import SplitResult, quote, unquote, urljoin, urlsplit

_LEAVE = "!#$%&'()*+,/:;=?@[]~"  # reserved characters mean what they mean, % included

_DEFAULT_PORTS = {"http": 80, "https": 443}


class DeadEndError(ValueError):
    """A redirect that cannot be followed; the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """An address to ask, without credentials, and the Basic authorisation it gets."""

    url: str
    authorization: str | None = field(default=None, repr=False)


def target_of(url: str) -> Target:
    """The target a configured address means.

    Raises:
        ValueError: it is no address at all.
    """
    parts = urlsplit(url)
    return Target(url=_bare(parts), authorization=_authorization(parts))


def start_of(url: str, adopted_url: str | None) -> Target:
    """The target to ask first: the configured address, or the one adopted for it.

    Raises:
        ValueError: the configured one is no address at all.
    """
    source = target_of(url)
    return source if adopted_url is None else _within_reach(adopted_url, source)


def next_target(
    trail: tuple[Target, ...], location: str | None, *, max_redirects: int
) -> Target:
    """Where a redirect leads; `trail` is every target asked so far, the source first.

    Raises:
        DeadEndError: it leads nowhere, back to where we were, or is one too many.
    """
    if not location or not location.strip():
        raise DeadEndError("the redirect does not say where to")
    url = _resolve(trail[-1].url, location.strip())
    if any(url == target.url for target in trail):
        raise DeadEndError(f"the redirects go in a circle, back to {url}")
    if len(trail) > max_redirects:
        raise DeadEndError(f"there are more than {max_redirects} redirects in a row")
    return _within_reach(url, trail[0])


def _within_reach(url: str, source: Target) -> Target:
    """The address, with the source's authorisation where it is of the same origin."""
    is_at_home = _origin(url) == _origin(source.url)
    return Target(url=url, authorization=source.authorization if is_at_home else None)


def _resolve(base: str, location: str) -> str:
    try:
        parts = urlsplit(urljoin(base, location))
        port_is_sane = parts.port is None or parts.port > 0
    except ValueError:
        raise DeadEndError("the redirect leads to something that is no address") from (
            None
        )
    if parts.scheme not in ("http", "https"):
        raise DeadEndError(f"the redirect leads to a {parts.scheme}: address")
    if not parts.hostname or not port_is_sane:
        raise DeadEndError("the redirect leads to something that is no address")
    return _bare(parts)


def _bare(parts: SplitResult) -> str:
    """The address without credentials and fragment; spaces and the like encoded."""
    netloc = parts.netloc.rpartition("@")[2]
    return parts._replace(
        netloc=netloc,
        path=quote(parts.path or "/", safe=_LEAVE),
        query=quote(parts.query, safe=_LEAVE),
        fragment="",
    ).geturl()


def _authorization(parts: SplitResult) -> str | None:
    if parts.username is None:
        return None
    pair = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
    return "Basic " + b64encode(pair.encode()).decode("ascii")


def _origin(url: str) -> tuple[str, str | None, int | None]:
    parts = urlsplit(url)
    return parts.scheme, parts.hostname, parts.port or _DEFAULT_PORTS.get(parts.scheme)
