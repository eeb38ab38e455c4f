"""Answers are kept as they came, once each, for as long as they are to be."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import func, select

from ingest.fetch.outcome import Fetched, InMemory
from ingest.pace.schedule import PollPolicy
from store.capture import Capture, answer_of, capture_answer
from store.database import captures, tables
from store.pruning import forget_answers
from store.record import Recorder
from tests.factories import NOW, make_fetched, make_numbered, make_polled
from tests.store.conftest import Shelf

DAY = timedelta(days=1)


def answer(body: bytes, **changes: object) -> Fetched:
    content = InMemory(body)
    return make_fetched(body=body, body_digest=content.digest, **changes)


def poll(shelf: Shelf, *bodies: bytes, keeps: bool = True) -> None:
    """Record these answers, a day apart."""
    recorder = Recorder(shelf.database, shelf.rules, keeps_answers=keeps)
    for day, body in enumerate(bodies):
        polled = make_polled(make_numbered(day), fetched=answer(body))
        recorder.record_poll(
            "yabiladi", polled, policy=PollPolicy(), now=NOW + day * DAY
        )


def kept(shelf: Shelf) -> list[Capture]:
    with shelf.database.read() as connection:
        found = captures.find_captures(connection, since=NOW, sources={"yabiladi"})
        loaded = (captures.load_capture(connection, *one) for one in found)
        return [one for one in loaded if one is not None]


def count_bodies(shelf: Shelf) -> int:
    with shelf.database.read() as connection:
        found = select(func.count()).select_from(tables.response)
        return connection.execute(found).scalar_one()


def test_an_answer_is_what_it_was() -> None:
    fetched = answer("عربية".encode() * 99, links="<https://hub.example/>; rel=hub")

    capture = capture_answer("yabiladi", fetched, now=NOW)

    assert capture is not None
    assert len(capture.packed) < fetched.content.size
    again = answer_of(capture)
    assert again.content.read() == fetched.content.read()
    assert again.links == fetched.links


def test_answers_are_kept_with_what_was_made_of_them(shelf: Shelf) -> None:
    poll(shelf, b"<one/>", b"<two/>")

    bodies = [answer_of(one).content.read() for one in kept(shelf)]

    assert bodies == [b"<two/>", b"<one/>"]


def test_bytes_that_come_again_are_kept_once(shelf: Shelf) -> None:
    poll(shelf, b"<one/>", b"<two/>", b"<one/>")

    assert len(kept(shelf)) == 3
    assert count_bodies(shelf) == 2


def test_what_a_hub_brings_is_kept_too(shelf: Shelf) -> None:
    recorder = Recorder(shelf.database, shelf.rules, keeps_answers=True)
    brought = make_polled(make_numbered(1), fetched=answer(b"<one/>"))

    recorder.record_delivery("yabiladi", brought, now=NOW)

    assert len(kept(shelf)) == 1


def test_answers_are_kept_only_where_they_are_to_be(shelf: Shelf) -> None:
    poll(shelf, b"<one/>", keeps=False)

    assert kept(shelf) == []


def test_an_index_of_sitemaps_is_not_kept_without_them() -> None:
    gathered = make_fetched(body=b"<sitemapindex/>", body_digest="0" * 64)

    assert capture_answer("yabiladi", gathered, now=NOW) is None


def test_old_answers_are_forgotten_and_bytes_that_came_again_stay(
    shelf: Shelf,
) -> None:
    poll(shelf, b"<one/>", b"<two/>", b"<one/>")

    count = forget_answers(shelf.database, before=NOW + 2 * DAY)

    assert count == 2
    assert [answer_of(one).content.read() for one in kept(shelf)] == [b"<one/>"]
    assert count_bodies(shelf) == 1
