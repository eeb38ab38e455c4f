"""What is remembered of a source after a poll, and what of it the next one gets.

Decides from values; `record` keeps what was decided.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import assert_never

from ingest.fetch.outcome import NO_VALIDATORS, FailureKind, FetchFailed, NotModified
from ingest.fetch.request import SourceMemory
from ingest.pace import moves
from ingest.pace.health import (
    Course,
    Health,
    SourceHistory,
    course_after_failure,
    course_after_success,
    decide_health,
    decide_news,
)
from ingest.pace.learning import News
from ingest.pace.moves import Whereabouts
from ingest.pace.rhythm import Rhythm
from ingest.pace.schedule import PollSummary
from ingest.poll import Polled, PollOutcome
from ingest.reading_rules import reading_rules
from ingest.source import AddressInUse, Source
from store.database.sources import SourceState
from store.health_change import HealthChange

_IM_USED = 226  # RFC 3229
_TELLING = 3.0  # articles, before the time between two of them means anything
_UNREACHED = (FailureKind.DNS, FailureKind.CONNECT)
_REFUSALS = (
    FailureKind.HTTP_CLIENT,
    FailureKind.NOT_A_FEED,
    FailureKind.NOT_ALLOWED,
    FailureKind.REDIRECT_LOOP,
    FailureKind.ROBOTS,
    FailureKind.TLS,
)


def memory_of(state: SourceState, source: Source, *, now: datetime) -> SourceMemory:
    """What the next exchange with the source is given.

    A document that was read by other rules, or of which something is to be read again
    by now, is asked for as if for the first time.
    """
    waits = state.read_again_at is not None and state.read_again_at <= now
    skips = state.read_by == reading_rules(source) and not waits
    return SourceMemory(
        validators=state.validators if skips else NO_VALIDATORS,
        validators_url=state.validators_url,
        body_digest=state.body_digest if skips else None,
        in_use=state.in_use,
        failures=state.pace.failures if state.pace else 0,
        max_age=state.max_age,
        adopted_url=state.whereabouts.adopted_url,
    )


def remember_answer(
    state: SourceState, outcome: PollOutcome, now: datetime
) -> SourceState:
    """What to remember for the next request; only a whole document may be skipped."""
    match outcome:
        case Polled(fetched=fetched, document=document):
            skips = not document.is_cut
            state = replace(
                state,
                validators=fetched.validators if skips else NO_VALIDATORS,
                validators_url=fetched.final_url if skips else None,
                body_digest=fetched.body_digest if skips else None,
                max_age=fetched.max_age,
                last_success_at=now,
                last_outcome="recorded",
                last_detail=_remark(outcome.in_use, is_cut=document.is_cut),
                in_use=outcome.in_use,
                read_by=outcome.read_by,
                read_again_at=document.read_again_at,
            )
        case NotModified():
            state = replace(
                state,
                validators=outcome.validators,
                validators_url=outcome.final_url,
                body_digest=outcome.body_digest,
                max_age=outcome.max_age,
                last_success_at=now,
                last_outcome="not_modified",
                last_detail=_remark(outcome.in_use),
                in_use=outcome.in_use,
            )
        case FetchFailed():
            state = replace(
                state, last_outcome=outcome.kind.value, last_detail=outcome.detail
            )
        case _:
            assert_never(outcome)
    return replace(state, last_polled_at=now)


def _remark(in_use: AddressInUse | None, *, is_cut: bool = False) -> str | None:
    """What the operator should know of a poll that succeeded; None for nothing."""
    remarks = ["the document is cut"] if is_cut else []
    if in_use is not None:
        remarks.append(
            f"{in_use.instead_of} fails, {in_use.url} is read in its place: correct "
            "the source's url"
        )
    return "; ".join(remarks) or None


def whereabouts_after(
    state: SourceState, outcome: PollOutcome, patience: timedelta, now: datetime
) -> Whereabouts:
    """What is known of the source's address; a move is believed after `patience`."""
    before = state.whereabouts
    if isinstance(outcome, FetchFailed):
        return moves.after_failure(
            before,
            is_refusal=outcome.kind in _REFUSALS,
            is_gone=outcome.is_final,
            failures=1 + (state.pace.failures if state.pace else 0),
            now=now,
        )
    if outcome.in_use is not None:
        return before  # a candidate answered, which says nothing of the source's own
    answer = outcome.fetched if isinstance(outcome, Polled) else outcome
    return moves.after_success(
        before,
        asked=before.adopted_url or state.address or "",
        moved_to=answer.moved_to,
        now=now,
        patience=patience,
    )


def course_after(
    state: SourceState,
    outcome: PollOutcome,
    published: Sequence[datetime | None],
    now: datetime,
) -> Course:
    """How the polls of the source have gone; `published` is for its new articles."""
    if isinstance(outcome, FetchFailed):
        return course_after_failure(state.course, status=outcome.status, now=now)
    entries = None
    # An answer with new entries alone (RFC 3229) does not show how many there are.
    if isinstance(outcome, Polled) and outcome.fetched.status != _IM_USED:
        entries = len(outcome.document.entries) + len(outcome.document.unchanged)
    return course_after_success(
        state.course, entries=entries, published=published, now=now
    )


def health_of(state: SourceState, now: datetime) -> Health:
    """How the source fares by all that is remembered of it."""
    return decide_health(
        SourceHistory(
            course=state.course,
            last_polled_at=state.last_polled_at,
            failures=state.pace.failures if state.pace else 0,
            detail=state.last_detail,
            usual_gap=_usual_gap(state.pace.rhythm if state.pace else None),
            moved_to=state.whereabouts.moved_to,
            moved_since=state.whereabouts.moved_since,
            gone_at=state.whereabouts.gone_at,
            is_live=state.address is not None,
        ),
        now=now,
    )


def health_news(state: SourceState, now: datetime) -> HealthChange | None:
    """What the operator of a source that was polled is to be told of its health."""
    health = health_of(state, now)
    failures = state.pace.failures if state.pace else 0
    condition = decide_news(state.told, health, failures=failures)
    if condition is None:
        return None
    return HealthChange(
        source=state.slug,
        noted_at=now,
        condition=condition,
        since=health.since or now,
        advice=health.advice,
    )


def _usual_gap(rhythm: Rhythm | None) -> timedelta | None:
    if rhythm is None or not rhythm.is_known or rhythm.articles < _TELLING:
        return None
    return timedelta(days=rhythm.days / rhythm.articles)


def news_of(polled: Polled, published: Sequence[datetime | None]) -> News:
    """What the document tells of the rhythm; `published` is for its new articles."""
    document = polled.document
    entries = len(document.entries) + len(document.unchanged)
    # A document that ended in the middle does not show how much it holds.
    return News(published=tuple(published), window=0 if document.is_cut else entries)


def summarise(outcome: PollOutcome, news: News) -> PollSummary:
    """What of the poll matters for the next one."""
    match outcome:
        case Polled(fetched=fetched, asked=asked):
            return PollSummary(
                succeeded=True,
                news=news,
                has_validators=fetched.validators != NO_VALIDATORS,
                max_age=fetched.max_age,
                asked=asked,
            )
        case NotModified(validators=validators, max_age=max_age):
            return PollSummary(
                succeeded=True,
                has_validators=validators != NO_VALIDATORS,
                max_age=max_age,
            )
        case FetchFailed(kind=kind, retry_after=retry_after):
            return PollSummary(
                succeeded=False,
                was_reached=kind not in _UNREACHED,
                is_unwelcome=kind is FailureKind.RATE_LIMITED,
                retry_after=retry_after,
            )
        case _:
            assert_never(outcome)
