"""Hubs of others are told of changes, over real sockets of loopback."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from structlog.testing import capture_logs

from tests.rekkas.push_server import Asked, Says, confirm, push_server
from tests.rekkas.pushing import Pushing, pushing


def is_announcement(asked: Asked) -> bool:
    return asked.method == "POST"


def topics(service: Pushing, slug: str) -> set[str]:
    return {service.topic(f"{slug}.{suffix}") for suffix in ("rss", "atom", "json")}


async def test_a_hub_is_told_of_each_feed_and_then_of_those_that_change(
    tmp_path: Path,
) -> None:
    with capture_logs() as events:
        async with push_server() as hub:
            websub = {"hub": hub.url("/publish")}
            async with pushing(tmp_path, websub) as service:
                await service.until_logged(events, "follower_told", 6)
                await service.publish("paper")
                told = (await hub.wait_for(is_announcement, 9))[6:]
                await service.until_logged(events, "follower_told", 9)

    assert {one.path for one in hub.asked} == {"/publish"}
    for one in told:
        assert one.form["hub.mode"] == "publish"
        assert one.form["hub.url"] == one.form["hub.topic"]
        assert one.headers["content-type"] == "application/x-www-form-urlencoded"
    assert {one.form["hub.url"] for one in told} == topics(service, "paper")


async def test_a_hub_that_fails_is_told_later_over_a_restart(tmp_path: Path) -> None:
    async def trouble(_: Asked) -> Says:
        return Says(status=503)

    async with push_server() as hub:
        websub = {"hub": hub.url("/publish")}
        with capture_logs() as events:
            async with pushing(tmp_path, websub) as service:
                port = service.client.base_url.port or 0
                await service.until_logged(events, "follower_told", 6)
                hub.answering = trouble
                await service.publish("paper")
                await service.until_logged(events, "follower_not_told", 3)
        hub.answering, before = confirm, len(hub.asked)
        with capture_logs() as events:
            async with pushing(tmp_path, websub, port=port) as service:
                service.clock.move(timedelta(seconds=31))
                await service.until_logged(events, "follower_told", 3)

    again = {one.form["hub.url"] for one in hub.asked[before:]}
    assert again == topics(service, "paper")


async def test_a_hub_at_a_private_address_is_never_called(tmp_path: Path) -> None:
    with capture_logs() as events:
        async with (
            push_server() as hub,
            pushing(tmp_path, {"hub": hub.base}, "intranet.example") as service,
        ):
            await service.until_logged(events, "follower_not_told", 6)

    assert hub.asked == []


async def test_one_of_several_hubs_may_be_our_own(tmp_path: Path) -> None:
    with capture_logs() as events:
        async with push_server() as hub:
            websub = {"hub": ["embedded", hub.base]}
            async with pushing(tmp_path, websub) as service:
                await service.until_logged(events, "follower_told", 6)
                feed = await service.client.get("/topics/paper.rss")

    assert feed.headers["link"].startswith(
        f'<{service.base}/hub>; rel="hub", <{hub.base}>; rel="hub"'
    )
