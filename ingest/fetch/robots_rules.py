"""What a host's robots.txt lets us ask for (RFC 9309). The adapter of Protego.

Judges answers, and how long they hold; asking for them is `robots`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import Enum
from typing import assert_never
from urllib.parse import urlsplit, urlunsplit

from protego import Protego

from ingest.fetch.outcome import (
    FailureKind,
    Fetched,
    FetchFailed,
    FetchOutcome,
    NotModified,
)

PRODUCT_TOKEN = "rekkas"  # noqa: S105 - the RFC's word for a name
"""The name under which a robots.txt speaks to us (2.2.1)."""

LONGEST_RULES = 500 * 1024
"""Bytes that are read; what follows is passed over (2.5)."""

LONGEST_DELAY = timedelta(seconds=60)
"""Between two requests, whatever a Crawl-delay asks: a poll must come to an end."""

LONGEST_SILENCE = timedelta(days=30)
"""Without an answer, after which a host counts as one without rules (2.3.1.4)."""

_KEPT = timedelta(days=1)  # as long as the RFC allows (2.4)
_KEPT_WITHOUT_ANSWER = timedelta(hours=1)
_DISALLOW = re.compile(r"[^\S\r\n]*disallow[^\S\r\n]*:[^\r\n]*", re.IGNORECASE)
_MOST_SUSPECTS = 3  # rules looked at more closely to name the one that forbids


_UNASKED = FetchFailed(
    kind=FailureKind.HTTP_SERVER,
    detail="The answer was that nothing has changed, which was not asked.",
)


class Stance(Enum):
    """What a host says of itself, where it does not say it in rules."""

    OPEN = "open"  # it has no rules
    CLOSED = "closed"  # nobody knows its rules now


@dataclass(frozen=True, slots=True, kw_only=True)
class RobotsRules:
    """The rules of one host, and for how long they may be kept.

    `text` is what its robots.txt says, "" where it says nothing; `trouble` is why
    nobody knows its rules, None where they are known.
    """

    rules: Protego | Stance
    kept_for: timedelta = _KEPT
    text: str = ""
    trouble: FetchFailed | None = None

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

    def forbidding_line(self, url: str) -> str | None:
        """The line by which the address is forbidden, None where none can be named."""
        lines = dict.fromkeys(line.strip() for line in _DISALLOW.findall(self.text))
        suspects = [line for line in lines if _forbids(f"User-agent: *\n{line}", url)]
        longest_first = sorted(suspects, key=len, reverse=True)[:_MOST_SUSPECTS]
        # Which group a line is in, and what else is allowed there, the rest decides.
        return next(
            (line for line in longest_first if _forbids(self._only(line), url)), None
        )

    def _only(self, line: str) -> str:
        """The rules without any other that forbids."""
        return _DISALLOW.sub(
            lambda found: found[0] if found[0].strip() == line else "Disallow:",
            self.text,
        )


EVERYTHING = RobotsRules(rules=Stance.OPEN)
"""What may be asked for where no robots.txt counts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownRules:
    """The rules of a host, and until when they hold (aware UTC).

    `silent_since` is since when it has given no answer, None where its last was one.
    """

    rules: RobotsRules
    until: datetime
    silent_since: datetime | None = None


def rules_after(
    before: KnownRules | None, outcome: FetchOutcome, *, now: datetime
) -> KnownRules:
    """What is known of a host's rules once it was asked; None where nothing was.

    While a host gives no answer its last one holds, and nothing is allowed where there
    is none (2.3.1.4, 2.4). After a month it counts as a host without rules.
    """
    rules = rules_of(outcome)
    if rules.rules is not Stance.CLOSED:
        return KnownRules(rules=rules, until=now + rules.kept_for)
    silent_since = before.silent_since if before and before.silent_since else now
    if now - silent_since >= LONGEST_SILENCE:
        rules = EVERYTHING
    elif before is not None and before.rules.rules is not Stance.CLOSED:
        rules = before.rules
    rules = replace(rules, kept_for=_KEPT_WITHOUT_ANSWER)
    return KnownRules(
        rules=rules, until=now + rules.kept_for, silent_since=silent_since
    )


def forbidden(url: str, rules: RobotsRules) -> FetchFailed:
    """The outcome of an address that is not asked for; `url` has no credentials.

    Where nobody knows the rules it is the trouble in which the host is.
    """
    if rules.trouble is not None:
        trouble = rules.trouble
        detail = (
            f"{url} was not asked for, as its host's robots.txt cannot be had: "
            f"{trouble.detail}"
        )
        return replace(trouble, detail=detail, final_url=url, retry_after=None)
    line = rules.forbidding_line(url)
    named = f" (“{line}”)" if line else ""
    detail = (
        f"{url} was not asked for: {robots_url(url)} forbids it to {PRODUCT_TOKEN}"
        f"{named}. Look for a feed of the site, or ask the publisher for leave; "
        "fetch.robots says when such rules are obeyed."
    )
    return FetchFailed(kind=FailureKind.ROBOTS, detail=detail, final_url=url)


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
        case Fetched(content=content):
            text = _text_of(content.read())
            return RobotsRules(rules=Protego.parse(text), text=text)
        case FetchFailed() if _has_none(outcome):
            return EVERYTHING
        case FetchFailed():
            return _closed(outcome)
        case NotModified():
            return _closed(_UNASKED)
        case _:
            assert_never(outcome)


def _has_none(failed: FetchFailed) -> bool:
    match failed.kind:
        case FailureKind.HTTP_CLIENT | FailureKind.REDIRECT_LOOP:
            return True
        case FailureKind.NOT_A_FEED:  # a 204, or another answer without a body
            return True
        case _:
            return False


def _closed(trouble: FetchFailed) -> RobotsRules:
    return RobotsRules(
        rules=Stance.CLOSED, kept_for=_KEPT_WITHOUT_ANSWER, trouble=trouble
    )


def _text_of(body: bytes) -> str:
    return body[:LONGEST_RULES].decode("utf-8-sig", errors="replace")


def _forbids(text: str, url: str) -> bool:
    return not Protego.parse(text).can_fetch(url, PRODUCT_TOKEN)
