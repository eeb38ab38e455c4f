"""What the answers of a source's server say: whether, how, and from where they came."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise

from ingest.doctor.facts import SourceFacts
from ingest.doctor.finding import Finding, fail, ok, warn
from ingest.fetch.outcome import FailureKind, Fetched, FetchFailed
from ingest.fetch.witnessed import Secured, Witnessed

_SLOW = timedelta(seconds=10)
_SOON = timedelta(days=14)  # certificates are renewed a month before they end
_WORTH_PACKING = 100_000  # bytes; below that a poll costs its publisher little
_PERMANENT = frozenset({301, 308})
_UNREAD = (FailureKind.NOT_A_FEED, FailureKind.TOO_COMPLEX, FailureKind.BUG)


def is_unread(failed: FetchFailed) -> bool:
    """Whether a document came and could not be read."""
    return failed.kind in _UNREAD


def check_answer(facts: SourceFacts) -> Finding:
    """Whether the source answers, how fast, and who."""
    check, first = "answers", facts.first
    if facts.resting_until is not None:
        until = f"{facts.resting_until:%Y-%m-%d %H:%M} UTC"
        return warn(
            check,
            f"its host is to be left alone until {until}, so nothing was asked",
            "It was asked for by the host, or fetch.per_host.daily_budget is used up; "
            "examine the source again then.",
        )
    if isinstance(first, FetchFailed) and not is_unread(first):
        return fail(check, first.detail)
    if facts.url is None:
        return ok(check, "the file can be read")
    found = _told(facts.hops[-1]) if facts.hops else "it answers"
    if facts.candidate is not None:
        return warn(
            check,
            f"its own address fails; the candidate {facts.candidate} answers: {found}",
            "Write the candidate as its url if this lasts.",
        )
    if facts.hops and facts.hops[-1].seconds > _SLOW.total_seconds():
        return warn(
            check, f"it answers slowly: {found}", "The trouble is the server's."
        )
    return ok(check, found)


def _told(answer: Witnessed) -> str:
    place = f" from {answer.address}" if answer.address else ""
    return (
        f"{answer.status} in {answer.seconds:.2f} s over {answer.http_version}{place}"
    )


def check_redirects(facts: SourceFacts) -> Finding | None:
    """Where the way to the document leads, and whether the url should follow it."""
    check, first = "redirects", facts.first
    if not facts.hops:
        return None
    if len(facts.hops) == 1:
        return ok(check, "none")
    steps = [
        f"{here.status} {'permanent' if here.status in _PERMANENT else 'passing'} to "
        f"{there.url}"
        for here, there in pairwise(facts.hops)
    ]
    found = "; ".join(steps)
    if isinstance(first, Fetched) and first.moved_to is not None:
        return warn(
            check, found, f"It has moved for good: write {first.moved_to} as its url."
        )
    return ok(check, found)


def check_security(facts: SourceFacts, *, now: datetime) -> Finding | None:
    """Whether nobody can change the document on its way, and for how long still."""
    if not facts.hops or not isinstance(facts.first, Fetched):
        return None
    last = facts.hops[-1]
    if last.secured is not None:
        return _check_certificate(last.secured, now=now)
    if last.url.startswith("https:"):
        return ok("tls", "it is asked by https")
    return warn(
        "tls",
        "it is asked by http, where anybody on the way can read and change it",
        "Try its address with https.",
    )


def _check_certificate(secured: Secured, *, now: datetime) -> Finding:
    found = f"{secured.version}, certificate by {secured.issuer or 'nobody named'}"
    if secured.expires_at is None:
        return ok("tls", found)
    found += f" until {secured.expires_at:%Y-%m-%d}"
    if secured.expires_at - now < _SOON:
        return warn(
            "tls",
            found,
            "It ends soon, and without a new one the source will fail: tell the "
            "publisher.",
        )
    return ok("tls", found)


def check_robots(facts: SourceFacts) -> Finding | None:
    """What the host's robots.txt says of the address."""
    check, rules, url = "robots.txt", facts.robots, facts.url
    if rules is None or url is None:
        return None
    if rules.trouble is not None:
        return warn(
            check,
            f"it cannot be had: {rules.trouble.detail}",
            "Pages of the host are not asked for until it can.",
        )
    if rules.allow(url):
        wait = rules.delay.total_seconds()
        return ok(check, "allows it" + (f", every {wait:g} s" if wait else ""))
    line = rules.forbidding_line(url)
    found = "forbids it" + (f" by “{line}”" if line else "")
    if facts.obeys_robots:
        return fail(check, found, "Ask the publisher for leave, or look for a feed.")
    return warn(
        check,
        f"{found}; feeds are asked for all the same",
        "Ask the publisher for leave if in doubt; fetch.robots: all obeys it.",
    )


def check_compression(facts: SourceFacts) -> Finding | None:
    """Whether the document comes packed."""
    check = "compression"
    if not facts.hops or not isinstance(facts.first, Fetched):
        return None
    last = facts.hops[-1]
    coding = last.headers.get("content-encoding", "").strip()
    sent = f"{last.wire_bytes:,} bytes"
    if coding and coding != "identity":
        return ok(check, f"{sent} in {coding}")
    if last.wire_bytes < _WORTH_PACKING:
        return ok(check, f"none, {sent}")
    return warn(
        check,
        f"none, {sent} a poll",
        "Only its publisher can switch compression on; a longer `every` spares both.",
    )
