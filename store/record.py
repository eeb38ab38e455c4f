"""One poll, one transaction: identify, classify, and keep what a source returned.

Nothing is acknowledged before it is kept: validators and articles are written
together, so a kill at any instant loses no article and doubles none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from ingest.pace.health import Health
from ingest.pace.host_budget import HostState
from ingest.pace.learning import NO_NEWS, News
from ingest.pace.moves import NEVER
from ingest.pace.schedule import PollPolicy, pace_after
from ingest.poll import Polled, PollOutcome
from store.capture import Capture, capture_answer
from store.classify.decide import Rules
from store.database import captures, changes, health_changes, hosts, sources
from store.database.engine import Connection, Database
from store.database.sources import SourceState
from store.digesting import DigestDesk
from store.errors import StoreError
from store.health_change import HealthChange
from store.identify.originals import USUAL_RULES, DuplicateRules
from store.recording import Recording
from store.remembering import (
    course_after,
    health_news,
    health_of,
    news_of,
    remember_answer,
    summarise,
    whereabouts_after,
)
from store.story_desk import StoryDesk

_SEEN_BY_READERS = ("new", "revised", "carried", "dated")


@dataclass(frozen=True, slots=True, kw_only=True)
class PollRecord:
    """What one poll brought, counted in entries of its document.

    `new` + `revised` + `sighted` are the entries that could be used; `duplicates`
    are those of the new whose text was stored before. `entered` counts publications
    in topics. `left_out` gives a reason for each entry that could not be used, and
    `doubts` for each date that was not believed. `windows_missed` counts the polls,
    ever, before which articles may have been lost; `is_window_missed` says whether
    this was one of them. `due_at` counts from `polled_at`. `health` is how the source
    fares after the poll, `health_before` how it fared after the one before, and `told`
    what the operator is told of it, None where nothing. `published` has the time of
    each new article, None where its publisher gives none that is exact.
    """

    source: str
    polled_at: datetime
    due_at: datetime
    failures: int
    health: Health
    health_before: Health
    new: int = 0
    revised: int = 0
    sighted: int = 0
    duplicates: int = 0
    entered: int = 0
    left_out: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    windows_missed: int = 0
    is_window_missed: bool = False
    told: HealthChange | None = None
    published: tuple[datetime | None, ...] = ()


class Recorder:
    """Keeps what polls bring, by one set of rules.

    A move that redirects have agreed on for `adopt_after` is believed. What was
    answered is kept as it came, too, where it `keeps_answers`.
    """

    def __init__(
        self,
        database: Database,
        rules: Rules,
        *,
        duplicates: DuplicateRules = USUAL_RULES,
        adopt_after: timedelta = timedelta(days=7),
        keeps_answers: bool = False,
    ) -> None:
        self._database = database
        self._rules = (rules, duplicates)
        self._adopt_after = adopt_after
        self._keeps_answers = keeps_answers
        self._desk = StoryDesk()
        self._digests = DigestDesk(rules.digests)

    def record_poll(
        self, source: str, outcome: PollOutcome, *, policy: PollPolicy, now: datetime
    ) -> PollRecord:
        """Keep what a poll of the source brought, and when to poll it next.

        Raises:
            StoreError: nothing was kept; the source stays due with what was
                remembered of it before.
        """
        capture = self._capture(source, outcome, now)
        counts, news, telling = Counter[str](), NO_NEWS, None
        with self._transaction(outcome, now) as connection:
            before = self._load_to_change(connection, source)
            self._digests.write_due(connection, now)
            if isinstance(outcome, Polled):
                recording = self._record(connection, source, (outcome, capture), now)
                counts, news = recording.counts, news_of(outcome, recording.published)
                telling = recording.telling
            after = self._state_after(before, outcome, news, policy, now)
            told = health_news(after, now)
            if told is not None:
                after = replace(after, told=told.condition)
                health_changes.add_change(connection, told)
            sources.save_state(connection, after)
            if told or any(counts[kind] for kind in _SEEN_BY_READERS):
                changes.note_change(connection)
        self._digests.settle(now)
        if telling is not None:
            self._desk.settle(telling)
        record = _poll_record(outcome, counts, (before, after), now)
        return replace(record, told=told, published=news.published)

    def _load_to_change(self, connection: Connection, source: str) -> SourceState:
        state = sources.load_to_change(connection, source)
        if state is None:
            raise StoreError(
                f"the source {source} is not in the database "
                f"{self._database.place}: start the service anew"
            )
        return state

    def _state_after(
        self,
        state: SourceState,
        outcome: PollOutcome,
        news: News,
        policy: PollPolicy,
        now: datetime,
    ) -> SourceState:
        """What is remembered of the source from now on; one that is gone is not due."""
        summary = summarise(outcome, news)
        pace = pace_after(state.pace, summary, slug=state.slug, now=now, policy=policy)
        whereabouts = whereabouts_after(state, outcome, self._adopt_after, now)
        if whereabouts.gone_at is not None:
            pace = replace(pace, due_at=NEVER)
        return replace(
            remember_answer(state, outcome, now),
            pace=pace,
            whereabouts=whereabouts,
            course=course_after(state, outcome, news.published, now),
        )

    def _transaction(
        self, outcome: PollOutcome, now: datetime
    ) -> AbstractContextManager[Connection]:
        """What is written of the outcome takes a turn where articles are among it."""
        if isinstance(outcome, Polled) or self._digests.may_write(now):
            return self._database.write()
        return self._database.write_aside()

    def _record(
        self,
        connection: Connection,
        source: str,
        brought: tuple[Polled, Capture | None],
        now: datetime,
    ) -> Recording:
        """Keep what came, read and as it was."""
        polled, capture = brought
        recording = Recording(connection, source, self._rules, self._desk, now)
        recording.record(polled.document)
        if capture is not None:
            captures.save_capture(connection, capture)
        return recording

    def _capture(
        self, source: str, outcome: PollOutcome, now: datetime
    ) -> Capture | None:
        """What is kept of an answer as it came, compressed before anybody waits."""
        if not self._keeps_answers or not isinstance(outcome, Polled):
            return None
        return capture_answer(source, outcome.fetched, now=now)

    def record_delivery(self, source: str, brought: Polled, *, now: datetime) -> None:
        """Keep what the source's hub brought; when it is polled stays as it is.

        Raises:
            StoreError: nothing was kept.
        """
        capture = self._capture(source, brought, now)
        with self._database.write() as connection:
            recording = self._record(connection, source, (brought, capture), now)
            if any(recording.counts[kind] for kind in _SEEN_BY_READERS):
                changes.note_change(connection)
        if recording.telling is not None:
            self._desk.settle(recording.telling)

    def try_to_keep(self, source: str) -> None:
        """Write what is remembered of the source as it is.

        Raises:
            StoreError: nothing can be kept now.
        """
        with self._database.write() as connection:
            state = sources.load_to_change(connection, source)
            if state is not None:
                sources.save_state(connection, state)

    def record_hosts(self, states: Mapping[str, HostState]) -> None:
        """Keep what is to be remembered of hosts, if anything is.

        Raises:
            StoreError: nothing was kept.
        """
        record_hosts(self._database, states)


def record_hosts(database: Database, states: Mapping[str, HostState]) -> None:
    """Keep what is to be remembered of hosts, if anything is.

    Raises:
        StoreError: nothing was kept.
    """
    if states:
        with database.write_aside() as connection:
            hosts.save_hosts(connection, states)


def _poll_record(
    outcome: PollOutcome,
    counts: Counter[str],
    states: tuple[SourceState, SourceState],
    now: datetime,
) -> PollRecord:
    """What the poll brought, from the source's states before and after it."""
    before, after = states
    document = outcome.document if isinstance(outcome, Polled) else None
    missed_before = before.pace.windows_missed if before.pace else 0
    pace = after.pace
    assert pace is not None  # noqa: S101 - a source that was polled has a pace
    return PollRecord(
        source=after.slug,
        polled_at=now,
        due_at=pace.due_at,
        failures=pace.failures,
        health=health_of(after, now),
        # As it was told then: who only became late since has changed with this poll.
        health_before=health_of(before, before.last_polled_at or now),
        new=counts["new"],
        revised=counts["revised"],
        sighted=counts["sighted"],
        duplicates=counts["duplicates"],
        entered=counts["entered"],
        left_out=document.left_out if document else (),
        doubts=document.doubts if document else (),
        windows_missed=pace.windows_missed,
        is_window_missed=pace.windows_missed > missed_before,
    )
