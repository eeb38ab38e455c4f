"""One poll, one transaction: identify, classify, and keep what a source returned.

Nothing is acknowledged before it is kept: validators and articles are written
together, so a kill at any instant loses no article and doubles none.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import assert_never

from ingest.fetch.outcome import NO_VALIDATORS, FailureKind, FetchFailed, NotModified
from ingest.pace import moves
from ingest.pace.moves import NEVER, Whereabouts
from ingest.pace.schedule import PaceState, PollPolicy, PollSummary, pace_after
from ingest.poll import Polled, PollOutcome
from ingest.source import AddressInUse
from store.classify.decide import Rules
from store.database import changes, sources
from store.database.engine import Database
from store.database.sources import SourceState
from store.errors import StoreError
from store.recording import Recording

_UNREACHED = (FailureKind.DNS, FailureKind.CONNECT)
_REFUSALS = (
    FailureKind.HTTP_CLIENT,
    FailureKind.NOT_A_FEED,
    FailureKind.NOT_ALLOWED,
    FailureKind.REDIRECT_LOOP,
    FailureKind.TLS,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PollRecord:
    """What one poll brought, counted in entries of its document.

    `new` + `revised` + `sighted` are the entries that could be used; `duplicates`
    are those of the new whose text was stored before. `entered` counts publications
    in topics. `left_out` gives a reason for each entry that could not be used, and
    `doubts` for each date that was not believed.
    """

    source: str
    due_at: datetime
    failures: int
    new: int = 0
    revised: int = 0
    sighted: int = 0
    duplicates: int = 0
    entered: int = 0
    left_out: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()


class Recorder:
    """Keeps what polls bring, by one set of rules.

    A move that redirects have agreed on for `adopt_after` is believed.
    """

    def __init__(
        self,
        database: Database,
        rules: Rules,
        *,
        adopt_after: timedelta = timedelta(days=7),
    ) -> None:
        self._database = database
        self._rules = rules
        self._adopt_after = adopt_after

    def record_poll(
        self, source: str, outcome: PollOutcome, *, policy: PollPolicy, now: datetime
    ) -> PollRecord:
        """Keep what a poll of the source brought, and when to poll it next.

        Raises:
            StoreError: nothing was kept; the source stays due with what was
                remembered of it before.
        """
        with self._database.write() as connection:
            state = sources.load_state(connection, source)
            if state is None:
                raise StoreError(
                    f"the source {source} is not in the database "
                    f"{self._database.path}: start the service anew"
                )
            counts = Counter[str]()
            if isinstance(outcome, Polled):
                recording = Recording(connection, source, self._rules, now)
                recording.record(outcome.document)
                counts = recording.counts
            summary = _summary(outcome, has_news=counts["new"] > 0)
            pace = pace_after(state.pace, summary, slug=source, now=now, policy=policy)
            whereabouts = _whereabouts(state, outcome, self._adopt_after, now)
            if whereabouts.gone_at is not None:
                pace = replace(pace, due_at=NEVER)
            after = replace(
                _remember(state, outcome, now), pace=pace, whereabouts=whereabouts
            )
            sources.save_state(connection, after)
            if counts["new"] + counts["revised"] + counts["carried"]:
                changes.note_change(connection)
        return _poll_record(source, outcome, counts, pace)


def _remember(state: SourceState, outcome: PollOutcome, now: datetime) -> SourceState:
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


def _whereabouts(
    state: SourceState, outcome: PollOutcome, patience: timedelta, now: datetime
) -> Whereabouts:
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


def _summary(outcome: PollOutcome, *, has_news: bool) -> PollSummary:
    match outcome:
        case Polled(fetched=fetched, asked=asked):
            return PollSummary(
                succeeded=True,
                has_news=has_news,
                max_age=fetched.max_age,
                asked=asked,
            )
        case NotModified(max_age=max_age):
            return PollSummary(succeeded=True, max_age=max_age)
        case FetchFailed(kind=kind, retry_after=retry_after):
            return PollSummary(
                succeeded=False,
                was_reached=kind not in _UNREACHED,
                retry_after=retry_after,
            )
        case _:
            assert_never(outcome)


def _poll_record(
    source: str, outcome: PollOutcome, counts: Counter[str], pace: PaceState
) -> PollRecord:
    document = outcome.document if isinstance(outcome, Polled) else None
    return PollRecord(
        source=source,
        due_at=pace.due_at,
        failures=pace.failures,
        new=counts["new"],
        revised=counts["revised"],
        sighted=counts["sighted"],
        duplicates=counts["duplicates"],
        entered=counts["entered"],
        left_out=document.left_out if document else (),
        doubts=document.doubts if document else (),
    )
