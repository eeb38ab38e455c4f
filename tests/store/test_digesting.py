from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from ingest.pace.schedule import PollPolicy
from store.digest import MOST_ENTRIES, Digest, Rhythm
from store.record import Recorder
from tests.factories import LONG_TEXT, NOW, make_numbered, make_polled
from tests.store.conftest import Shelf, about, make_rules

MIDNIGHT = datetime(2026, 11, 24, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def daily(shelf: Shelf) -> Shelf:
    """A topic about Mali with a digest every day; nothing is stored."""
    shelf.prepare(replace(shelf.rules, digests={"mali": Rhythm.DAILY}))
    return shelf


def digests(shelf: Shelf, topic: str = "mali") -> list[tuple[str, int, list[str]]]:
    found: tuple[Digest, ...] = shelf.library.latest_digests(topic, limit=9)
    return [
        (one.period.name, one.count, [entry.title for entry in one.entries])
        for one in found
    ]


def test_a_day_is_told_once_it_is_over(daily: Shelf) -> None:
    daily.record(make_numbered(1, title="Mali one"), make_numbered(2, title="Rabat"))
    daily.record(now=MIDNIGHT - timedelta(seconds=1))
    before = digests(daily)

    daily.record(make_numbered(3, title="Mali three"), now=MIDNIGHT)

    assert before == []
    assert digests(daily) == [("2026-11-23", 1, ["Mali one"])]


def test_a_digest_never_changes_once_it_is_written(daily: Shelf) -> None:
    daily.record(make_numbered(1, title="Mali one"))
    daily.record(now=MIDNIGHT)
    before = digests(daily)

    daily.record(make_numbered(1, title="Mali one, corrected"), now=MIDNIGHT)
    daily.prepare(
        replace(make_rules(mali=about("morocco")), digests={"mali": Rhythm.DAILY}),
        now=MIDNIGHT,
    )
    daily.record(now=MIDNIGHT + timedelta(hours=1))

    assert digests(daily) == before


def test_days_without_articles_have_no_digest_and_missed_ones_come_late(
    daily: Shelf,
) -> None:
    daily.record(make_numbered(1, title="Mali one"))
    daily.record(make_numbered(2, title="Mali two"), now=NOW + 2 * DAY)

    daily.record(now=NOW + 5 * DAY)

    assert digests(daily) == [
        ("2026-11-25", 1, ["Mali two"]),
        ("2026-11-23", 1, ["Mali one"]),
    ]


def test_one_service_looks_once_a_day(daily: Shelf) -> None:
    recorder = Recorder(daily.database, daily.rules)
    for number, hours in ((1, 0), (2, 13), (3, 14), (4, 40)):
        recorder.record_poll(
            "yabiladi",
            make_polled(make_numbered(number, title=f"Mali {number}")),
            policy=PollPolicy(),
            now=NOW + timedelta(hours=hours),
        )

    assert digests(daily) == [
        ("2026-11-24", 2, ["Mali 2", "Mali 3"]),
        ("2026-11-23", 1, ["Mali 1"]),
    ]


def test_copies_are_told_once(daily: Shelf) -> None:
    daily.record(make_numbered(1, title="Mali one", text=LONG_TEXT))
    daily.record(make_numbered(2, title="Mali two", text=LONG_TEXT), source="daily8")

    daily.record(now=MIDNIGHT)

    assert digests(daily) == [("2026-11-23", 1, ["Mali one"])]


def test_what_a_new_rule_finds_among_old_articles_is_no_news(shelf: Shelf) -> None:
    shelf.record(make_numbered(1, title="Mali one"), now=NOW - 9 * DAY)
    rules = make_rules(sahel=about("mali"))
    shelf.prepare(replace(rules, digests={"sahel": Rhythm.DAILY}), now=NOW)

    shelf.record(now=MIDNIGHT)

    assert shelf.titles("sahel") == ["Mali one"]
    assert digests(shelf, "sahel") == []


def test_a_week_is_told_on_monday(shelf: Shelf) -> None:
    shelf.prepare(replace(shelf.rules, digests={"mali": Rhythm.WEEKLY}))
    shelf.record(make_numbered(1, title="Mali one"))  # a Monday

    shelf.record(now=NOW + 6 * DAY)
    sunday = digests(shelf)
    shelf.record(now=NOW + 7 * DAY)

    assert sunday == []
    assert digests(shelf) == [("2026-W48", 1, ["Mali one"])]


def test_a_digest_names_a_hundred_and_counts_all(daily: Shelf) -> None:
    for number in range(MOST_ENTRIES + 5):
        daily.record(make_numbered(number, title=f"Mali {number}"))

    daily.record(now=MIDNIGHT)

    ((_, count, titles),) = digests(daily)
    assert (count, len(titles)) == (MOST_ENTRIES + 5, MOST_ENTRIES)


def test_digests_go_on_under_a_new_name(daily: Shelf) -> None:
    daily.record(make_numbered(1, title="Mali one"))
    daily.record(now=MIDNIGHT)
    before, change = digests(daily), daily.library.change_number()

    rules = make_rules(sahel=about("mali"))
    daily.prepare(
        replace(rules, digests={"sahel": Rhythm.DAILY}, formerly={"sahel": ("mali",)})
    )

    assert digests(daily, "sahel") == before
    assert digests(daily) == []
    assert daily.library.change_number() > change


def test_readers_see_a_digest_at_once(daily: Shelf) -> None:
    daily.record(make_numbered(1, title="Mali one"))
    before = daily.library.change_number()

    daily.record(make_numbered(1, title="Mali one"), now=MIDNIGHT)

    assert daily.library.change_number() == before + 1
