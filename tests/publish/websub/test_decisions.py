"""Leases, retries, allowances, turns, signatures: what WebSub decides by itself."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest

from publish.rendered import build_rendered
from publish.websub.allowance import fresh_allowance, spend_one
from publish.websub.courier import Reply
from publish.websub.intent import Intent, Mode
from publish.websub.lease import LONGEST, SHORTEST, USUAL, choose_lease
from publish.websub.links import write_links
from publish.websub.message import write_message
from publish.websub.retry import LONGEST_WAIT, MOST_FAILURES, retry_at
from publish.websub.settling import is_over, settle
from publish.websub.signature import sign
from publish.websub.turns import AT_ONCE, AT_ONCE_PER_ORIGIN, choose_next
from publish.websub.verification import denial_url, is_confirmed, verification_url
from store.follower import Follower, FollowerKind

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
TOPIC = "https://news.example.org/topics/mali.atom"
SUBSCRIBER = Follower(
    kind=FollowerKind.SUBSCRIBER, topic=TOPIC, receiver="https://reader.example/c"
)
HUB = Follower(kind=FollowerKind.HUB, topic=TOPIC, receiver="https://hub.example/")
FEED = build_rendered(
    b"<feed/>", last_modified=NOW, media_type="application/atom+xml", links="<x>"
)

LEASES = {
    "nothing said is the usual": (None, USUAL),
    "an empty field is the usual": ("", USUAL),
    "within bounds as wanted": ("3600", timedelta(hours=1)),
    "too short": ("1", SHORTEST),
    "none at all": ("0", SHORTEST),
    "too long": ("99999999", LONGEST),
    "longer than numbers may be": ("9" * 5000, LONGEST),
    "leading zeros": ("0" * 20 + "3600", timedelta(hours=1)),
}


@pytest.mark.parametrize(("wanted", "granted"), LEASES.values(), ids=LEASES.keys())
def test_a_lease_is_within_bounds(wanted: str | None, granted: timedelta) -> None:
    assert choose_lease(wanted) == granted


def test_each_wait_is_longer_until_it_is_given_up() -> None:
    moments = [retry_at(failures, now=NOW) for failures in range(1, MOST_FAILURES)]
    waits = [moment - NOW for moment in moments if moment is not None]

    assert waits == sorted(waits)
    assert waits[0] == timedelta(seconds=30)
    assert max(waits) <= LONGEST_WAIT
    assert len(waits) == MOST_FAILURES - 1
    assert retry_at(MOST_FAILURES, now=NOW) is None


def test_a_client_has_a_burst_and_then_so_many_over_time() -> None:
    allowance = fresh_allowance(NOW)
    spent = 0
    while (left := spend_one(allowance, now=NOW)) is not None:
        allowance, spent = left, spent + 1

    assert spent == 200
    assert spend_one(allowance, now=NOW + timedelta(seconds=1)) is not None


def test_a_clock_that_goes_back_costs_nothing() -> None:
    assert spend_one(fresh_allowance(NOW), now=NOW - timedelta(days=1)) is not None


@dataclass(frozen=True)
class AnErrand:
    name: int
    origin: str
    is_doubtful: bool = False


def test_one_origin_takes_its_share_only() -> None:
    waiting = [AnErrand(number, "one.example") for number in range(50)]
    waiting.append(AnErrand(50, "other.example"))

    begun = list(choose_next(waiting, waiting[:3]))

    assert len(begun) == AT_ONCE_PER_ORIGIN - 3 + 1
    assert begun[-1].origin == "other.example"
    assert not set(begun) & set(waiting[:3])


def test_half_of_all_places_are_for_those_who_answer() -> None:
    doubtful = [AnErrand(number, f"{number}.example", True) for number in range(500)]
    sure = [AnErrand(number, f"{number}.example") for number in range(500, 1000)]

    begun = list(choose_next([*doubtful, *sure], ()))

    assert len(begun) == AT_ONCE
    assert sum(one.is_doubtful for one in begun) == AT_ONCE // 2


def test_a_signature_names_its_method() -> None:
    # RFC 4231, test case 2.
    assert sign("Jefe", b"what do ya want for nothing?") == (
        "sha256=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    )


def test_links_name_each_hub_and_the_topic_once() -> None:
    links = write_links(["https://a.example/", "https://b.example/"], TOPIC)

    assert links == (
        '<https://a.example/>; rel="hub", <https://b.example/>; rel="hub", '
        f'<{TOPIC}>; rel="self"'
    )


def test_an_address_cannot_end_a_link() -> None:
    assert write_links([], 'https://a.example/>é"') == (
        '<https://a.example/%3E%C3%A9%22>; rel="self"'
    )


def test_a_question_is_asked_behind_the_query_of_the_callback() -> None:
    intent = Intent(
        mode=Mode.UNSUBSCRIBE,
        topic=TOPIC,
        callback="https://reader.example/c?a=b",
        lease=USUAL,
        secret=None,
    )

    assert verification_url(intent, "x/y") == (
        "https://reader.example/c?a=b&hub.mode=unsubscribe"
        "&hub.topic=https%3A%2F%2Fnews.example.org%2Ftopics%2Fmali.atom"
        "&hub.challenge=x%2Fy"
    )


def test_a_subscriber_is_asked_about_its_lease() -> None:
    intent = Intent(
        mode=Mode.SUBSCRIBE,
        topic=TOPIC,
        callback="https://reader.example/c",
        lease=timedelta(hours=1),
        secret=None,
    )

    url = verification_url(intent, "x")

    assert url.startswith("https://reader.example/c?hub.mode=subscribe&")
    assert url.endswith("&hub.challenge=x&hub.lease_seconds=3600")


def test_what_is_sent_is_signed_by_the_secret() -> None:
    secret = "hush"
    message = write_message(replace(SUBSCRIBER, secret=secret), FEED)

    assert message.headers["X-Hub-Signature"] == sign(secret, b"<feed/>")


def test_a_denial_says_why() -> None:
    url = denial_url("https://reader.example/c", TOPIC, "no room")

    assert url.startswith("https://reader.example/c?hub.mode=denied&hub.topic=https%3A")
    assert url.endswith("&hub.reason=no+room")


CONFIRMATIONS = {
    "the challenge": (Reply(status=200, body=b"abc"), True),
    "the challenge with another success": (Reply(status=202, body=b"abc"), True),
    "no answer": (None, False),
    "something else": (Reply(status=200, body=b"abcd"), False),
    "a redirect": (Reply(status=301, body=b"abc"), False),
    "not found": (Reply(status=404, body=b"abc"), False),
}


@pytest.mark.parametrize(
    ("reply", "is_yes"), CONFIRMATIONS.values(), ids=CONFIRMATIONS.keys()
)
def test_confirmations(reply: Reply | None, is_yes: bool) -> None:
    assert is_confirmed(reply, "abc") is is_yes


def test_a_subscriber_is_sent_the_feed() -> None:
    message = write_message(SUBSCRIBER, FEED)

    assert message.body == b"<feed/>"
    assert message.headers == {
        "Content-Type": "application/atom+xml; charset=utf-8",
        "Link": "<x>",
    }


def test_a_hub_is_told_which_feed_has_changed() -> None:
    message = write_message(HUB, FEED)

    assert message.headers == {"Content-Type": "application/x-www-form-urlencoded"}
    assert message.body.startswith(b"hub.mode=publish&hub.topic=https%3A%2F%2Fnews.")
    assert b"&hub.url=https%3A%2F%2Fnews." in message.body


def test_only_a_subscriber_can_be_gone() -> None:
    gone = Reply(status=410)

    assert is_over(SUBSCRIBER, gone)
    assert not is_over(HUB, gone)
    assert not is_over(SUBSCRIBER, None)
    assert not is_over(SUBSCRIBER, Reply(status=404))


def test_who_has_taken_it_waits_for_the_next_change() -> None:
    told = settle(SUBSCRIBER, Reply(status=204), "v1", newest="v1", now=NOW)

    assert (told.known, told.failures, told.due_at) == ("v1", 0, None)


def test_who_has_taken_an_old_version_is_told_of_the_newest() -> None:
    told = settle(SUBSCRIBER, Reply(status=200), "v1", newest="v2", now=NOW)

    assert (told.known, told.due_at) == ("v1", NOW)


def test_who_fails_is_told_again_and_in_the_end_given_up() -> None:
    follower, attempts = SUBSCRIBER, 0
    while True:
        told = settle(follower, None, "v1", newest="v1", now=NOW)
        attempts += 1
        if told.due_at is None:
            break
        assert told.known is None
        follower = Follower(
            kind=follower.kind,
            topic=TOPIC,
            receiver=follower.receiver,
            failures=told.failures,
        )

    assert attempts == MOST_FAILURES
    assert told.known == "v1"  # nobody tries again before there is something new


def test_a_follower_is_told_from_others_and_keeps_its_secret() -> None:
    hush = "hush"
    follower = Follower(
        kind=FollowerKind.SUBSCRIBER,
        topic=TOPIC,
        receiver="https://reader.example:8443/c",
        secret=hush,
        failures=1,
    )

    assert follower.name == (FollowerKind.SUBSCRIBER, TOPIC, follower.receiver)
    assert follower.origin == "reader.example:8443"
    assert follower.is_doubtful
    assert not SUBSCRIBER.is_doubtful
    assert hush not in repr(follower)
