"""What asking a source again and again costs, and how often it wants to be asked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from ingest.doctor.facts import SourceFacts
from ingest.doctor.finding import Finding, ok, warn
from ingest.fetch.outcome import Fetched, FetchFailed, NotModified, Validators

_CHECK = "conditional"
_NOT_MODIFIED = 304
_LONG = timedelta(days=1)
_DEAR = "Each poll costs the whole document: poll it more seldom with `every`."


def check_conditional(facts: SourceFacts) -> Finding | None:
    """Whether a second request, which names the version of the first, is spared."""
    first, again = facts.first, facts.again
    if not isinstance(first, Fetched) or again is None:
        return None
    if isinstance(again, FetchFailed):
        return warn(
            _CHECK,
            f"a second request failed: {again.detail}",
            "Servers that count requests do so; see whether polls succeed.",
        )
    if facts.document is not None and facts.document.is_index:
        return ok(_CHECK, "an index is asked for whole, with the sitemaps it names")
    return _spared(first, again)


def _spared(first: Fetched, again: Fetched | NotModified) -> Finding:
    named = _named(first.validators)
    is_same = isinstance(again, NotModified)
    if is_same and again.status == _NOT_MODIFIED:
        return ok(_CHECK, f"a second request with its {named} was answered 304")
    if not named:
        return warn(_CHECK, "it sends neither ETag nor Last-Modified", _DEAR)
    what = "the same" if is_same else "another"
    changes = "" if again.validators == first.validators else f", whose {named} changes"
    return warn(_CHECK, f"a second request brought {what} document{changes}", _DEAR)


def _named(validators: Validators) -> str:
    present = (
        (validators.etag, "ETag"),
        (validators.last_modified, "Last-Modified"),
    )
    return " and ".join(name for value, name in present if value)


def check_wishes(facts: SourceFacts) -> Finding | None:
    """How often the server and the document ask to be polled."""
    first = facts.first
    if not isinstance(first, Fetched) or first.status is None:
        return None
    wait = max(first.max_age or timedelta(0), facts.asked.ttl or timedelta(0))
    found = "; ".join(_wishes(first, facts)) or "none"
    if wait > _LONG:
        return warn(
            "asked pace",
            found,
            "It asks to be polled so seldom that news comes late; up to two days are "
            "granted.",
        )
    return ok("asked pace", found)


def _wishes(first: Fetched, facts: SourceFacts) -> Iterator[str]:
    control = facts.hops[-1].headers.get("cache-control") if facts.hops else None
    if control:
        yield f"Cache-Control: {control}"
    if first.max_age is not None:
        yield f"fresh for {_minutes(first.max_age)}"
    if facts.asked.ttl is not None:
        yield f"ttl of {_minutes(facts.asked.ttl)}"
    if facts.asked.update_period is not None:
        yield f"updates every {_minutes(facts.asked.update_period)}"
    if facts.asked.skip_hours or facts.asked.skip_days:
        skipped = len(facts.asked.skip_hours), len(facts.asked.skip_days)
        yield f"skips {skipped[0]} hours a day and {skipped[1]} days a week"


def _minutes(span: timedelta) -> str:
    return f"{span // timedelta(minutes=1)} min"
