"""The embedded hub, over real sockets of loopback: what subscribers are promised."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
from collections.abc import MutableMapping
from datetime import timedelta
from pathlib import Path
from time import monotonic
from typing import Any

import pytest
from structlog.testing import capture_logs

from publish.websub.lease import LONGEST, SHORTEST
from tests.rekkas.push_server import Asked, PushServer, Says, confirm, push_server
from tests.rekkas.pushing import Pushing, pushing

EMBEDDED = {"hub": "embedded"}
HUSH = "hush-é"
ANOTHER = "hush again"
Events = list[MutableMapping[str, Any]]


def is_delivery(asked: Asked) -> bool:
    return asked.method == "POST"


def is_question(asked: Asked) -> bool:
    return asked.method == "GET"


async def ask(
    service: Pushing, reader: PushServer, path: str = "/callback", **fields: str
) -> None:
    """Ask for a subscription, or what the fields say in its place."""
    usual = {
        "mode": "subscribe",
        "topic": service.topic(),
        "callback": reader.url(path),
    }
    answer = await service.ask_hub(**{**usual, **fields})
    assert answer.status_code == 202, answer.text


async def subscribe(
    service: Pushing,
    events: Events,
    reader: PushServer,
    path: str = "/callback",
    **fields: str,
) -> Asked:
    """The question that the hub asked before it did what it was asked."""
    confirmed = sum(one["event"] == "intent_confirmed" for one in events)
    await ask(service, reader, path, **fields)
    await service.until_logged(events, "intent_confirmed", confirmed + 1)
    return [one for one in reader.asked if is_question(one)][-1]


async def test_a_subscriber_is_asked_and_then_sent_the_whole_feed(
    tmp_path: Path,
) -> None:
    async with push_server() as reader, pushing(tmp_path, EMBEDDED) as service:
        with capture_logs() as events:
            question = await subscribe(service, events, reader)

        title = await service.publish()
        (delivery,) = await reader.wait_for(is_delivery)
        feed = await service.client.get("/topics/paper.atom")

    assert question.query["hub.mode"] == "subscribe"
    assert question.query["hub.topic"] == service.topic()
    assert question.query["hub.lease_seconds"] == "864000"
    assert len(question.query["hub.challenge"]) >= 32
    assert delivery.body == feed.content
    assert title.encode() in delivery.body
    assert delivery.headers["content-type"] == feed.headers["content-type"]
    assert delivery.headers["link"] == feed.headers["link"]
    assert delivery.headers["link"] == (
        f'<{service.base}/hub>; rel="hub", <{service.topic()}>; rel="self"'
    )
    assert "x-hub-signature" not in delivery.headers


async def test_a_secret_signs_what_is_delivered_and_is_in_no_log(
    tmp_path: Path,
) -> None:
    with capture_logs() as events:
        async with push_server() as reader, pushing(tmp_path, EMBEDDED) as service:
            await subscribe(service, events, reader, secret=HUSH)
            await service.publish()
            (delivery,) = await reader.wait_for(is_delivery)
            await service.until_logged(events, "follower_told")

    signed = hmac.new(HUSH.encode(), delivery.body, hashlib.sha256).hexdigest()
    assert delivery.headers["x-hub-signature"] == f"sha256={signed}"
    assert "hush" not in str(events)


@pytest.mark.parametrize("suffix", ["rss", "atom", "json"])
async def test_every_format_is_delivered_as_it_is_served(
    tmp_path: Path, suffix: str
) -> None:
    with capture_logs() as events:
        async with push_server() as reader, pushing(tmp_path, EMBEDDED) as service:
            topic = service.topic(f"paper.{suffix}")
            await subscribe(service, events, reader, topic=topic)
            await service.publish()
            (delivery,) = await reader.wait_for(is_delivery)
            feed = await service.client.get(f"/topics/paper.{suffix}")

    assert delivery.body == feed.content
    assert delivery.headers["content-type"] == feed.headers["content-type"]
    assert f'<{topic}>; rel="self"' in delivery.headers["link"]


async def test_unknown_parameters_are_passed_over(tmp_path: Path) -> None:
    with capture_logs() as events:
        async with push_server() as reader, pushing(tmp_path, EMBEDDED) as service:
            question = await subscribe(
                service, events, reader, verify="sync", format="x", foo="bar"
            )

    assert set(question.query) == {
        "hub.mode",
        "hub.topic",
        "hub.challenge",
        "hub.lease_seconds",
    }


async def test_the_query_of_a_callback_is_kept(tmp_path: Path) -> None:
    with capture_logs() as events:
        async with push_server() as reader, pushing(tmp_path, EMBEDDED) as service:
            question = await subscribe(service, events, reader, "/callback?a=1&b=%C3")
            await service.publish()
            (delivery,) = await reader.wait_for(is_delivery)

    assert question.target.startswith("/callback?a=1&b=%C3&hub.mode=subscribe&")
    assert delivery.target == "/callback?a=1&b=%C3"


async def test_subscribing_again_replaces_the_secret_and_doubles_nothing(
    tmp_path: Path,
) -> None:
    with capture_logs() as events:
        async with push_server() as reader, pushing(tmp_path, EMBEDDED) as service:
            await subscribe(service, events, reader, secret=HUSH)
            await subscribe(service, events, reader, secret=ANOTHER)
            await service.publish()
            await service.until_logged(events, "follower_told")
            await service.publish()
            first, second = await reader.wait_for(is_delivery, 2)

    for delivery in (first, second):
        signed = hmac.new(ANOTHER.encode(), delivery.body, hashlib.sha256).hexdigest()
        assert delivery.headers["x-hub-signature"] == f"sha256={signed}"
    assert first.body != second.body


async def test_who_has_unsubscribed_is_sent_nothing_more(tmp_path: Path) -> None:
    with capture_logs() as events:
        async with push_server() as reader, pushing(tmp_path, EMBEDDED) as service:
            await subscribe(service, events, reader)
            await subscribe(service, events, reader, "/stays")
            question = await subscribe(service, events, reader, mode="unsubscribe")
            await service.publish()
            deliveries = await reader.wait_for(is_delivery)
            await service.until_logged(events, "follower_told")

    assert question.query["hub.mode"] == "unsubscribe"
    assert [one.path for one in deliveries] == ["/stays"]


async def test_only_the_feed_that_changed_is_delivered(tmp_path: Path) -> None:
    with capture_logs() as events:
        async with push_server() as reader, pushing(tmp_path, EMBEDDED) as service:
            other = service.topic("other.atom")
            await subscribe(service, events, reader, "/other", topic=other)
            await subscribe(service, events, reader, "/paper")
            await service.publish("paper")
            await service.until_logged(events, "follower_told")
            deliveries = list(filter(is_delivery, reader.asked))

    assert [one.path for one in deliveries] == ["/paper"]


async def _endless(asked: Asked) -> Says:
    challenge = asked.query.get("hub.challenge", "")
    return Says(body=challenge.encode(), endless=True)


async def _redirect(asked: Asked) -> Says:
    if asked.path == "/elsewhere":
        return await confirm(asked)
    target = f"/elsewhere?hub.challenge={asked.query['hub.challenge']}"
    return Says(status=302, headers={"Location": target})


async def _silence(_: Asked) -> Says:
    await asyncio.Event().wait()
    return Says()


def _says(status: int, before: bytes = b"", after: bytes = b"") -> Any:
    async def answer(asked: Asked) -> Says:
        challenge = asked.query["hub.challenge"].encode()
        return Says(status=status, body=before + challenge + after)

    return answer


async def _says_nothing(_: Asked) -> Says:
    return Says()


UNCONFIRMED = {
    "nothing": _says_nothing,
    "a challenge and more": _says(200, after=b"\n"),
    "more and a challenge": _says(200, before=b" "),
    "a challenge that is not found": _says(404),
    "a challenge and trouble": _says(500),
    "a redirect to who would confirm": _redirect,
    "a challenge that never ends": _endless,
}


@pytest.mark.parametrize("answering", UNCONFIRMED.values(), ids=UNCONFIRMED.keys())
async def test_what_is_not_confirmed_is_not_done(
    tmp_path: Path, answering: Any
) -> None:
    with capture_logs() as events:
        async with push_server() as reader, pushing(tmp_path, EMBEDDED) as service:
            await subscribe(service, events, reader, "/before")
            reader.answering = answering
            await ask(service, reader, "/never")
            await service.until_logged(events, "intent_not_confirmed")
            reader.answering = confirm
            await service.publish()
            await service.until_logged(events, "follower_told")

    deliveries = list(filter(is_delivery, reader.asked))
    assert [one.path for one in deliveries] == ["/before"]
    assert "/elsewhere" not in {one.path for one in reader.asked}


async def test_an_end_that_is_not_confirmed_changes_nothing(tmp_path: Path) -> None:
    with capture_logs() as events:
        async with push_server() as reader, pushing(tmp_path, EMBEDDED) as service:
            await subscribe(service, events, reader)
            reader.answering = _says_nothing
            await ask(service, reader, mode="unsubscribe")
            await service.until_logged(events, "intent_not_confirmed")
            await service.publish()
            deliveries = await reader.wait_for(is_delivery)

    assert len(deliveries) == 1


async def test_a_callback_at_a_private_address_is_never_called(tmp_path: Path) -> None:
    with capture_logs() as events:
        async with (
            push_server() as reader,
            pushing(tmp_path, EMBEDDED, "intranet.example") as service,
        ):
            for host in ("127.0.0.1", "localhost", "2130706433", "[::ffff:127.0.0.1]"):
                port = reader.base.rpartition(":")[2]
                await ask(service, reader, callback=f"http://{host}:{port}/callback")
            await service.until_logged(events, "intent_not_confirmed", 4)

    assert reader.asked == []


async def test_a_delivery_follows_no_redirect(tmp_path: Path) -> None:
    async def redirect(asked: Asked) -> Says:
        return Says(status=307, headers={"Location": "/elsewhere"})

    with capture_logs() as events:
        async with push_server() as reader, pushing(tmp_path, EMBEDDED) as service:
            await subscribe(service, events, reader)
            reader.answering = redirect
            await service.publish()
            await service.until_logged(events, "follower_not_told")

    assert {one.path for one in reader.asked} == {"/callback"}


async def test_what_failed_is_delivered_later_in_its_newest_version(
    tmp_path: Path,
) -> None:
    async def trouble(_: Asked) -> Says:
        return Says(status=503)

    with capture_logs() as events:
        async with push_server() as reader, pushing(tmp_path, EMBEDDED) as service:
            await subscribe(service, events, reader)
            reader.answering = trouble
            await service.publish()
            await service.until_logged(events, "follower_not_told")
            reader.answering = confirm
            newest = await service.publish()
            service.clock.move(timedelta(seconds=31))
            deliveries = await reader.wait_for(is_delivery, 2)
            await service.until_logged(events, "follower_told")

    assert newest.encode() in deliveries[1].body


async def test_a_410_ends_the_subscription(tmp_path: Path) -> None:
    async def gone(_: Asked) -> Says:
        return Says(status=410)

    with capture_logs() as events:
        async with push_server() as reader, pushing(tmp_path, EMBEDDED) as service:
            await subscribe(service, events, reader, "/gone")
            reader.answering = gone
            await service.publish()
            await service.until_logged(events, "subscription_ended")
            reader.answering = confirm
            await subscribe(service, events, reader, "/stays")
            await service.publish()
            await service.until_logged(events, "follower_told")

    deliveries = list(filter(is_delivery, reader.asked))
    assert [one.path for one in deliveries] == ["/gone", "/stays"]


LEASES = {
    "a lease within bounds is granted": ("3600", timedelta(hours=1)),
    "no time at all is the shortest": ("0", SHORTEST),
    "a year is the longest": ("31536000", LONGEST),
    "ten thousand digits are the longest": ("9" * 10_000, LONGEST),
}


@pytest.mark.parametrize(("wanted", "granted"), LEASES.values(), ids=LEASES.keys())
async def test_leases(tmp_path: Path, wanted: str, granted: timedelta) -> None:
    with capture_logs() as events:
        async with push_server() as reader, pushing(tmp_path, EMBEDDED) as service:
            question = await subscribe(service, events, reader, lease_seconds=wanted)

    assert question.query["hub.lease_seconds"] == str(int(granted.total_seconds()))


async def test_a_subscription_ends_with_its_lease(tmp_path: Path) -> None:
    with capture_logs() as events:
        async with push_server() as reader, pushing(tmp_path, EMBEDDED) as service:
            await subscribe(service, events, reader, "/short", lease_seconds="600")
            await subscribe(service, events, reader, "/long", lease_seconds="6000")
            service.clock.move(timedelta(minutes=11))
            await service.until_logged(events, "subscriptions_expired")
            await service.publish()
            await service.until_logged(events, "follower_told")

    deliveries = list(filter(is_delivery, reader.asked))
    assert [one.path for one in deliveries] == ["/long"]


async def test_subscriptions_and_what_is_due_outlive_a_restart(
    tmp_path: Path,
) -> None:
    async with push_server() as reader:
        with capture_logs() as events:
            async with pushing(tmp_path, EMBEDDED) as service:
                port = service.client.base_url.port or 0
                await subscribe(service, events, reader, secret=HUSH)
            async with pushing(tmp_path, {}, port=port) as service:
                title = await service.publish()
            async with pushing(tmp_path, EMBEDDED, port=port) as service:
                (delivery,) = await reader.wait_for(is_delivery)

    assert title.encode() in delivery.body
    assert "x-hub-signature" in delivery.headers


async def test_who_is_slow_delays_nobody_else(tmp_path: Path) -> None:
    async def slow_for_some(asked: Asked) -> Says:
        if is_delivery(asked) and asked.path.startswith("/slow"):
            await asyncio.Event().wait()
        return await confirm(asked)

    with capture_logs() as events:
        async with (
            push_server(slow_for_some) as slow,
            push_server() as quick,
            pushing(tmp_path, EMBEDDED) as service,
        ):
            for number in range(30):
                await ask(service, slow, f"/slow/{number}")
            await ask(service, quick, "/quick")
            await service.until_logged(events, "intent_confirmed", 31)
            await service.publish()
            await quick.wait_for(is_delivery)
            status = (await service.client.get("/topics/paper.atom")).status_code

    assert status == 200
    assert not any(one["event"] == "follower_not_told" for one in events)


async def test_a_thousand_requests_are_bounded(tmp_path: Path) -> None:
    statuses = []
    async with (
        push_server() as reader,
        pushing(tmp_path, {**EMBEDDED, "max_per_host": 50}) as service,
    ):
        with capture_logs() as events:
            began = monotonic()
            for number in range(1_000):
                answer = await service.ask_hub(
                    mode="subscribe",
                    topic=service.topic(),
                    callback=reader.url(f"/{number}"),
                )
                statuses.append(answer.status_code)
            seconds = monotonic() - began
            taken = statuses.count(202)
            await service.until_logged(events, "intent_denied", taken - 50)

    confirmed = [one for one in events if one["event"] == "intent_confirmed"]
    assert set(statuses) == {202, 429}
    assert taken <= 201 + 2 * seconds  # two hundred at once, then two a second
    assert len(confirmed) == 50


async def test_without_room_a_subscriber_is_told_so(tmp_path: Path) -> None:
    with capture_logs() as events:
        async with (
            push_server() as reader,
            pushing(tmp_path, {**EMBEDDED, "max_subscribers": 1}) as service,
        ):
            await subscribe(service, events, reader, "/first")
            await ask(service, reader, "/second")
            denied = await reader.wait_for(
                lambda asked: asked.query.get("hub.mode") == "denied"
            )
            await subscribe(service, events, reader, "/first", lease_seconds="600")

    assert [one.path for one in denied] == ["/second"]
    assert denied[0].query["hub.topic"] == service.topic()
    assert denied[0].query["hub.reason"]


async def test_who_followed_a_feed_that_is_no_more_is_told_so(tmp_path: Path) -> None:
    others = {"other": {"title": "Other", "match": "source:other"}}
    async with push_server() as reader:
        with capture_logs() as events:
            async with pushing(tmp_path, EMBEDDED) as service:
                port = service.client.base_url.port or 0
                await subscribe(service, events, reader)
            async with pushing(tmp_path, EMBEDDED, port=port, topics=others):
                (denied,) = await reader.wait_for(
                    lambda asked: asked.query.get("hub.mode") == "denied"
                )

    assert denied.query["hub.topic"] == service.topic()


async def test_a_refusal_is_a_line_of_text_and_nobody_is_asked(tmp_path: Path) -> None:
    async with push_server() as reader, pushing(tmp_path, EMBEDDED) as service:
        answer = await service.ask_hub(
            mode="subscribe",
            topic="https://other.example/feed",
            callback=reader.url("/callback"),
        )

    assert answer.status_code == 400
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert "other.example" not in answer.text
    assert reader.asked == []


async def test_forms_that_are_none(tmp_path: Path) -> None:
    async with pushing(tmp_path, EMBEDDED) as service:
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        post = service.client.post
        json = await post("/hub", json={"hub.mode": "subscribe"})
        long = await post("/hub", content=b"a=" + b"b" * 20_000, headers=form)
        many = await post("/hub", content=b"&".join([b"a=b"] * 500), headers=form)
        bytes_ = await post("/hub", content=b"\xff\xfe=%ff", headers=form)
        get = await service.client.get("/hub")

    statuses = [one.status_code for one in (json, long, many, bytes_, get)]
    assert statuses == [415, 413, 400, 400, 405]
    assert get.headers["allow"] == "POST"


async def test_without_a_hub_there_is_no_address_of_one(tmp_path: Path) -> None:
    async with pushing(tmp_path, {}) as service:
        answer = await service.ask_hub(mode="subscribe")
        feed = await service.client.get("/topics/paper.rss")

    assert answer.status_code == 404
    assert "link" not in feed.headers
    assert 'rel="hub"' not in feed.text
