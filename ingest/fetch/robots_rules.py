"""What a host's robots.txt lets us ask for (RFC 9309). The adapter of Protego.

Judges answers; asking for them and keeping them is `robots`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import Enum
from urllib.parse import urlsplit, urlunsplit

from protego import Protego

from ingest.fetch.outcome import FailureKind, Fetched, FetchFailed, FetchOutcome

PRODUCT_TOKEN = "rekkas"  # noqa: S105 - the RFC's word for a name
"""The name under which a robots.txt speaks to us (2.2.1)."""

LONGEST_RULES = 500 * 1024
"""Bytes that are read; what follows is passed over (2.5)."""

LONGEST_DELAY = timedelta(seconds=60)
"""Between two requests, whatever a Crawl-delay asks: a poll must come to an end."""

_KEPT = timedelta(days=1)  # as long as the RFC allows (2.4)
_KEPT_WITHOUT_ANSWER = timedelta(hours=1)


class Stance(Enum):
    """What a host says of itself, where it does not say it in rules."""

    OPEN = "open"  # it has no rules
    CLOSED = "closed"  # nobody knows its rules now


@dataclass(frozen=True, slots=True, kw_only=True)
class RobotsRules:
    """The rules of one host, and for how long they may be kept."""

    rules: Protego | Stance
    kept_for: timedelta = _KEPT

    def allow(self, url: str) -> bool:
        """Whether we may ask for the address."""
        match self.rules:
            case Stance.OPEN:
                return True
            case Stance.CLOSED:
                return False
            case rules:
                return bool(rules.can_fetch(url, PRODUCT_TOKEN))

    @property
    def delay(self) -> timedelta:
        """The wait between two requests that the host asks for, within bounds."""
        if isinstance(self.rules, Stance):
            return timedelta(0)
        seconds = self.rules.crawl_delay(PRODUCT_TOKEN) or 0.0
        return timedelta(seconds=min(seconds, LONGEST_DELAY.total_seconds()))


def robots_url(url: str) -> str:
    """Where the rules for the address are: at the root of its host (2.3)."""
    parts = urlsplit(url)
    host = parts.netloc.rpartition("@")[2]
    return urlunsplit((parts.scheme, host.lower(), "/robots.txt", "", ""))


def rules_of(outcome: FetchOutcome) -> RobotsRules:
    """The rules that an answer for robots.txt gives (2.3.1).

    Where the host says that it has none, or sends us in circles, all is allowed;
    where it cannot say, nothing is, and it is asked again sooner.
    """
    match outcome:
        case Fetched(body=body):
            return RobotsRules(rules=_parse(body))
        case FetchFailed() if _has_none(outcome):
            return RobotsRules(rules=Stance.OPEN)
        case _:
            return RobotsRules(rules=Stance.CLOSED, kept_for=_KEPT_WITHOUT_ANSWER)


def _has_none(failed: FetchFailed) -> bool:
    match failed.kind:
        case FailureKind.HTTP_CLIENT | FailureKind.REDIRECT_LOOP:
            return True
        case FailureKind.NOT_A_FEED:  # a 204, or another answer without a body
            return True
        case _:
            return False


def _parse(body: bytes) -> Protego:
    return Protego.parse(body[:LONGEST_RULES].decode("utf-8-sig", errors="replace"))
