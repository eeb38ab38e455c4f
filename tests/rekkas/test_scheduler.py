from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta, tzinfo

import pytest
from structlog.testing import capture_logs

from ingest.fetch.host_book import HostResting
from ingest.fetch.outcome import FailureKind, FetchFailed
from ingest.pace.clock import RETRY_AFTER_TROUBLE
from ingest.pace.health import Condition, Health
from ingest.pace.moves import NEVER
from rekkas.poller import AnswerLostError, PollReport
from rekkas.scheduler import Dispatcher, start_clock
from rekkas.seeing.values import Backlog
from store.errors import StoreError
from store.record import PollRecord
from tests.factories import NOW, make_document, make_polled

WELL = Health(condition=Condition.OK)
FAILING = Health(condition=Condition.FAILING, since=NOW, advice="no such host")
LATER = NOW + timedelta(hours=1)
DOCUMENT = make_document(
    without_page=("https://paper.example/1 shows no article",),
)


class Polls:
    """A poll that tells what it was asked, and waits until it may end."""

    def __init__(
        self,
        *,
        trouble: Exception | None = None,
        fails: bool = False,
        misses: bool = False,
    ) -> None:
        self.asked: list[str] = []
        self.began = asyncio.Event()
        self.may_end = asyncio.Event()
        self._trouble = trouble
        self._fails = fails
        self._misses = misses

    async def __call__(self, slug: str) -> PollReport:
        self.asked.append(slug)
        self.began.set()
        await self.may_end.wait()
        if self._trouble:
            raise self._trouble
        failed = FetchFailed(kind=FailureKind.DNS, detail="no such host")
        return PollReport(
            outcome=failed if self._fails else make_polled(document=DOCUMENT),
            record=PollRecord(
                source=slug,
                polled_at=NOW,
                due_at=LATER,
                failures=int(self._fails),
                health=FAILING if self._fails else WELL,
                health_before=WELL,
                windows_missed=3,
                is_window_missed=self._misses,
                left_out=() if self._fails else ("entry 1: no title",),
                doubts=() if self._fails else ("entry 2: its date lies ahead",),
            ),
            seconds=0.1,
        )


async def test_only_what_is_due_is_polled() -> None:
    polls = Polls()
    dispatcher = Dispatcher({"due": NOW, "later": LATER}, polls, clock=lambda: NOW)

    await dispatcher.dispatch()
    await asyncio.sleep(0)
    polls.may_end.set()
    await dispatcher.wait()

    assert polls.asked == ["due"]


async def test_a_source_is_never_polled_twice_at_a_time() -> None:
    polls = Polls()
    dispatcher = Dispatcher({"slow": NOW}, polls, clock=lambda: NOW)

    for _ in range(3):
        await dispatcher.dispatch()
        await asyncio.sleep(0)
    polls.may_end.set()
    await dispatcher.wait()

    assert polls.asked == ["slow"]


async def test_a_poll_leaves_the_next_due_time_behind() -> None:
    polls = Polls()
    polls.may_end.set()
    clock = [NOW]
    dispatcher = Dispatcher({"paper": NOW}, polls, clock=lambda: clock[0])

    for clock[0] in (NOW, NOW, LATER):
        await dispatcher.dispatch()
        await dispatcher.wait()

    assert polls.asked == ["paper", "paper"]


async def test_trouble_with_the_store_is_told_and_tried_again_in_a_minute() -> None:
    polls = Polls(trouble=StoreError("the disk is full"))
    polls.may_end.set()
    moments = iter((NOW, NOW, NOW, NOW + RETRY_AFTER_TROUBLE, LATER))
    dispatcher = Dispatcher({"paper": NOW}, polls, clock=lambda: next(moments))

    with capture_logs() as logs:
        for _ in range(3):
            await dispatcher.dispatch()
            await dispatcher.wait()

    assert len(polls.asked) == 2
    assert logs[0]["event"] == "record_failed"
    assert logs[0]["problem"] == "the disk is full"


async def test_a_source_whose_answers_are_lost_is_asked_less_and_less() -> None:
    polls = Polls(trouble=AnswerLostError("the disk is full", times=4))
    polls.may_end.set()
    clock = [NOW]
    dispatcher = Dispatcher({"paper": NOW}, polls, clock=lambda: clock[0])

    asked = []
    for _ in range(10):
        await dispatcher.dispatch()
        await dispatcher.wait()
        asked.append(len(polls.asked))
        clock[0] += timedelta(minutes=1)

    assert asked == [1] * 8 + [2] * 2


async def test_a_poll_that_dies_does_not_come_back_at_once() -> None:
    polls = Polls()
    dispatcher = Dispatcher({"paper": NOW}, polls, clock=lambda: NOW)

    await dispatcher.dispatch()
    await dispatcher.stop()
    await dispatcher.dispatch()

    assert polls.asked == []


async def test_a_failed_poll_is_one_line_and_the_change_it_means_another() -> None:
    polls = Polls(fails=True)
    polls.may_end.set()
    dispatcher = Dispatcher({"paper": NOW}, polls, clock=lambda: NOW)

    with capture_logs() as logs:
        await dispatcher.dispatch()
        await dispatcher.wait()

    change, line = logs
    assert (line["event"], line["kind"]) == ("poll_failed", "dns")
    assert (line["failures"], line["due_at"]) == (1, LATER.isoformat())
    assert change["event"] == "source_health_changed"
    assert (change["condition"], change["was"]) == ("failing", "ok")
    assert change["since"] == "2026-11-23T12:00:00+00:00"


async def test_what_was_not_used_of_a_document_is_told_with_its_reasons() -> None:
    polls = Polls()
    polls.may_end.set()
    dispatcher = Dispatcher({"paper": NOW}, polls, clock=lambda: NOW)

    with capture_logs() as logs:
        await dispatcher.dispatch()
        await dispatcher.wait()

    assert [log["event"] for log in logs[1:]] == [
        "entries_left_out",
        "dates_doubted",
        "pages_not_used",
    ]
    assert logs[1]["reasons"] == ["entry 1: no title"]
    assert logs[2]["reasons"] == ["entry 2: its date lies ahead"]
    assert logs[2]["count"] == 1
    assert logs[3]["reasons"] == ["https://paper.example/1 shows no article"]


async def test_stopping_breaks_off_what_is_running() -> None:
    dispatcher = Dispatcher({"endless": NOW}, Polls(), clock=lambda: NOW)
    await dispatcher.dispatch()
    await asyncio.sleep(0)

    async with asyncio.timeout(5):
        await dispatcher.stop()


async def test_a_poll_that_has_not_begun_can_be_stopped() -> None:
    dispatcher = Dispatcher({"endless": NOW}, Polls(), clock=lambda: NOW)
    await dispatcher.dispatch()

    async with asyncio.timeout(5):
        await dispatcher.stop()


async def test_the_clock_dispatches_by_itself() -> None:
    polls = Polls()
    polls.may_end.set()
    dispatcher = Dispatcher({"paper": NOW}, polls, clock=lambda: NOW)

    stop_clock = start_clock(dispatcher.look_for_woken, dispatcher.dispatch)
    async with asyncio.timeout(10):
        await polls.began.wait()
    stop_clock()

    assert polls.asked == ["paper"]


class Machine(datetime):
    """The time of a machine whose clock can be set."""

    ahead = timedelta(0)

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
        return datetime.now(tz) + cls.ahead


@pytest.mark.parametrize("ahead", [timedelta(days=3), timedelta(hours=-2)], ids=str)
async def test_the_clock_beats_on_when_the_machine_s_is_set(
    monkeypatch: pytest.MonkeyPatch, ahead: timedelta
) -> None:
    monkeypatch.setattr(Machine, "ahead", timedelta(0))
    monkeypatch.setattr("apscheduler.schedulers.base.datetime", Machine)
    beats = asyncio.Semaphore(0)

    def tell_time() -> datetime:
        beats.release()
        return NOW

    stop_clock = start_clock(
        Dispatcher({}, Polls(), clock=tell_time).dispatch,
        every=timedelta(milliseconds=20),
        wall=Machine.now,
    )
    async with asyncio.timeout(10):
        await beats.acquire()
        Machine.ahead = ahead
        for _ in range(20):
            await beats.acquire()
    stop_clock()


async def test_waiting_for_some_sources_leaves_the_others_alone() -> None:
    dispatcher = Dispatcher({"page": NOW, "slow": NOW}, Polls(), clock=lambda: NOW)
    await dispatcher.dispatch()

    async with asyncio.timeout(5):
        await dispatcher.wait(["nobody"])
        await dispatcher.wait(["page"], seconds=0.01)
        await dispatcher.stop()


async def test_a_source_whose_host_rests_is_polled_when_it_has_rested() -> None:
    polls = Polls(trouble=HostResting("news.example", LATER))
    polls.may_end.set()
    moments = iter((NOW, NOW + RETRY_AFTER_TROUBLE, LATER))
    dispatcher = Dispatcher({"paper": NOW}, polls, clock=lambda: next(moments))

    with capture_logs() as logs:
        for _ in range(3):
            await dispatcher.dispatch()
            await dispatcher.wait()

    assert len(polls.asked) == 2
    assert [log["event"] for log in logs] == ["poll_postponed"] * 2


async def test_a_clock_set_back_by_hours_stalls_nothing() -> None:
    polls = Polls()
    polls.may_end.set()
    back = NOW - timedelta(hours=2)
    clock = [NOW]
    dispatcher = Dispatcher({"paper": LATER}, polls, clock=lambda: clock[0])

    for clock[0] in (NOW, back, back + timedelta(hours=1)):
        await dispatcher.dispatch()
        await dispatcher.wait()

    assert polls.asked == ["paper"]


@pytest.mark.parametrize("is_noticed", [True, False], ids=["noticed", "not noticed"])
async def test_a_clock_set_back_stalls_no_source_that_is_being_polled(
    is_noticed: bool,
) -> None:
    polls = Polls()
    back = NOW - timedelta(hours=2)
    clock = [NOW]
    dispatcher = Dispatcher({"paper": NOW}, polls, clock=lambda: clock[0])

    await dispatcher.dispatch()
    await polls.began.wait()
    clock[0] = back
    if is_noticed:
        await dispatcher.dispatch()
    polls.may_end.set()
    await dispatcher.wait()
    asked = []
    for clock[0] in (back + timedelta(minutes=59), back + timedelta(hours=1)):
        await dispatcher.dispatch()
        await dispatcher.wait()
        asked.append(len(polls.asked))

    assert asked == [1, 2]


async def test_a_clock_that_jumps_ahead_by_days_brings_one_poll_a_source() -> None:
    polls = Polls()
    slugs = [f"source-{number}" for number in range(120)]
    ahead = NOW + timedelta(days=3)
    dispatcher = Dispatcher(dict.fromkeys(slugs, LATER), polls, clock=lambda: ahead)

    asked = []
    for _ in range(5):
        await dispatcher.dispatch()
        await asyncio.sleep(0)
        asked.append(len(polls.asked))
    await dispatcher.stop()

    assert asked == [50, 100, 120, 120, 120]
    assert sorted(polls.asked) == sorted(slugs)


async def test_a_window_that_was_missed_is_told() -> None:
    polls = Polls(misses=True)
    polls.may_end.set()
    dispatcher = Dispatcher({"paper": NOW}, polls, clock=lambda: NOW)

    with capture_logs() as logs:
        await dispatcher.dispatch()
        await dispatcher.wait()

    (line,) = (log for log in logs if log["event"] == "window_missed")
    assert (line["source"], line["times"], line["log_level"]) == ("paper", 3, "warning")


async def test_what_is_woken_is_polled_once_and_nothing_else() -> None:
    polls = Polls()
    polls.may_end.set()
    woken = frozenset({"gone", "not-configured"})
    due = {"gone": NEVER, "later": LATER}
    dispatcher = Dispatcher(due, polls, clock=lambda: NOW, woken=lambda: woken)

    asked = []
    for _ in range(2):
        await dispatcher.look_for_woken()
        await dispatcher.dispatch()
        await dispatcher.wait()
        asked.append(list(polls.asked))

    assert asked == [["gone"], ["gone"]]


async def test_what_is_woken_twice_is_polled_twice() -> None:
    polls = Polls()
    polls.may_end.set()
    looks = iter((frozenset({"gone"}), frozenset[str](), frozenset({"gone"})))
    dispatcher = Dispatcher(
        {"gone": NEVER}, polls, clock=lambda: NOW, woken=lambda: next(looks)
    )

    for _ in range(3):
        await dispatcher.look_for_woken()
        await dispatcher.dispatch()
        await dispatcher.wait()

    assert polls.asked == ["gone", "gone"]


async def test_what_is_woken_during_its_poll_is_polled_after_it() -> None:
    polls = Polls()
    dispatcher = Dispatcher(
        {"gone": NOW}, polls, clock=lambda: NOW, woken=lambda: frozenset({"gone"})
    )
    await dispatcher.dispatch()
    await asyncio.sleep(0)

    await dispatcher.look_for_woken()
    polls.may_end.set()
    await dispatcher.wait()
    await dispatcher.look_for_woken()
    await dispatcher.dispatch()
    await dispatcher.wait()

    assert polls.asked == ["gone", "gone"]


async def test_a_store_that_cannot_be_read_wakes_nobody() -> None:
    def locked() -> frozenset[str]:
        raise StoreError("it is locked")

    polls = Polls()
    dispatcher = Dispatcher({"gone": NEVER}, polls, clock=lambda: NOW, woken=locked)

    await dispatcher.look_for_woken()
    await dispatcher.dispatch()

    assert polls.asked == []


class Watcher:
    """Writes down what it is told."""

    def __init__(self) -> None:
        self.told: list[str] = []

    def polled(self, report: PollReport) -> None:
        self.told.append(f"polled {report.record.source}")

    def postponed(self) -> None:
        self.told.append("postponed")

    def lost(self, problem: str) -> None:
        self.told.append(f"lost: {problem}")


ENDINGS: dict[str, tuple[Exception | None, str]] = {
    "a poll that is kept": (None, "polled paper"),
    "a host that is left alone": (
        HostResting("paper.example", until=LATER),
        "postponed",
    ),
    "a store in trouble": (StoreError("the disk is full"), "lost: the disk is full"),
}


@pytest.mark.parametrize("case", ENDINGS.values(), ids=ENDINGS)
async def test_each_watcher_is_told_how_a_poll_ends(
    case: tuple[Exception | None, str],
) -> None:
    trouble, told = case
    polls, watchers = Polls(trouble=trouble), (Watcher(), Watcher())
    polls.may_end.set()
    dispatcher = Dispatcher({"paper": NOW}, polls, clock=lambda: NOW, watchers=watchers)

    await dispatcher.dispatch()
    await dispatcher.wait()

    assert [watcher.told for watcher in watchers] == [[told], [told]]


async def test_the_backlog_is_what_is_due_and_waits() -> None:
    polls, clock = Polls(), [NOW]
    due = {"never-polled": datetime.min.replace(tzinfo=UTC), "gone": NEVER}
    late = {f"late-{number:02}": NOW + timedelta(minutes=1) for number in range(60)}
    dispatcher = Dispatcher(due | late, polls, clock=lambda: clock[0])

    before = dispatcher.backlog()
    await dispatcher.dispatch()
    clock[0] = NOW + timedelta(minutes=3)
    waiting = dispatcher.backlog()
    await dispatcher.dispatch()
    rest = dispatcher.backlog()
    await dispatcher.stop()

    # What was never polled has waited since the start, not since the year 1.
    assert before == Backlog(running=0, due=1, oldest_seconds=0)
    assert waiting.running == 1
    assert waiting.due >= 60
    assert waiting.oldest_seconds == 120
    assert (rest.running, rest.due) == (51, 11)


async def test_nothing_due_is_no_backlog() -> None:
    dispatcher = Dispatcher({"paper": LATER}, Polls(), clock=lambda: NOW)

    assert dispatcher.backlog() == Backlog()
