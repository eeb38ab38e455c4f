"""What a webhook is told, and what happens where it does not listen."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from structlog.testing import capture_logs

from publish.websub.courier import Reply
from rekkas.seeing.notices import MOST_WAITING, WAITS, Notices, Receiver
from store.health_change import Condition, HealthChange
from tests.factories import NOW
from tests.rekkas.reports import make_report

SECRET = "https://reader:hunter2@paper.example/feed?key=hunter2"
AT = NOW.isoformat(timespec="seconds")
BROKE = HealthChange(
    source="paper",
    noted_at=NOW,
    condition=Condition.FAILING,
    since=NOW,
    advice=f"no such host: {SECRET}",
)
REPORT = make_report("paper")
NEWS = replace(REPORT, record=replace(REPORT.record, told=BROKE))


class Webhook:
    """Takes messages as it is told: statuses in turn, the last for ever."""

    def __init__(self, *statuses: int | None) -> None:
        self._statuses = list(statuses)
        self.headers: Mapping[str, str] = {}
        self.taken: list[dict[str, Any]] = []
        self.may_answer = asyncio.Event()
        self.may_answer.set()
        self.is_closed = False

    async def post(
        self, url: str, headers: Mapping[str, str], body: bytes
    ) -> Reply | None:
        await self.may_answer.wait()
        self.headers = headers
        self.taken.append(json.loads(body))
        status = self._statuses.pop(0) if len(self._statuses) > 1 else self._statuses[0]
        return None if status is None else Reply(status=status, body=b"", location="")

    async def close(self) -> None:
        self.is_closed = True


class Told:
    """Notices to a webhook, and what became of them."""

    def __init__(self) -> None:
        self.outcomes: list[str] = []
        self.waits: list[float] = []
        self.notices = Notices(
            self.outcomes.append, clock=lambda: NOW, sleep=self._sleep
        )

    async def _sleep(self, seconds: float) -> None:
        self.waits.append(seconds)

    async def to(self, webhook: Webhook, tell: Callable[[Notices], None]) -> None:
        """Tell something, and wait until as many outcomes are known as messages."""
        await self.notices.replace(receiver_of(webhook))
        tell(self.notices)
        async with asyncio.timeout(5):
            while self.notices.is_busy:  # noqa: ASYNC110 - it tells nobody
                await asyncio.sleep(0)
        await self.notices.end()


def receiver_of(webhook: Webhook) -> Receiver:
    return Receiver(
        url="https://chat.example/hooks/secret-path",
        courier=webhook,
        service="https://news.example/",
        headers={"Authorization": "Bearer token"},
    )


async def test_a_change_of_health_is_told_without_secrets() -> None:
    webhook, told = Webhook(204), Told()

    await told.to(webhook, lambda notices: notices.polled(NEWS))

    (message,) = webhook.taken
    assert told.outcomes == ["delivered"]
    assert message == {
        "event": "source_health_changed",
        "at": AT,
        "source": "paper",
        "condition": "failing",
        "since": AT,
        "advice": "no such host: https://paper.example/feed?…",
        "text": "paper is failing. no such host: https://paper.example/feed?…",
        "service": "https://news.example/",
    }
    assert webhook.headers["Authorization"] == "Bearer token"
    assert webhook.headers["Content-Type"] == "application/json"
    assert webhook.is_closed


async def test_a_poll_without_news_is_not_told() -> None:
    webhook, told = Webhook(204), Told()

    await told.to(webhook, lambda notices: notices.polled(REPORT))

    assert webhook.taken == []


async def test_a_store_in_trouble_is_told_once_and_when_it_is_well() -> None:
    webhook, told = Webhook(204), Told()

    def live(notices: Notices) -> None:
        for _ in range(3):
            notices.lost("the disk is full")
            notices.postponed()
        notices.polled(REPORT)
        notices.polled(REPORT)

    await told.to(webhook, live)

    assert [one["event"] for one in webhook.taken] == ["store_in_trouble", "store_well"]
    assert webhook.taken[0]["problem"] == "the disk is full"


async def test_a_broken_configuration_is_told_and_the_next_whole_one() -> None:
    webhook, told = Webhook(204), Told()
    many = [f"rekkas.yaml:{line}:1: unknown key at {SECRET}" for line in range(500)]

    def live(notices: Notices) -> None:
        for problems in ([], many, [], []):
            notices.configuration_read(problems)

    await told.to(webhook, live)

    broken, whole = webhook.taken
    assert (broken["event"], whole["event"]) == (
        "configuration_broken",
        "configuration_whole",
    )
    assert len(broken["problems"]) == 20
    assert "hunter2" not in json.dumps(broken)


async def test_a_webhook_that_fails_is_tried_again_after_longer_waits() -> None:
    webhook, told = Webhook(500, None, 429, 200), Told()

    await told.to(webhook, lambda notices: notices.polled(NEWS))

    assert told.outcomes == ["delivered"]
    assert told.waits == list(WAITS)


async def test_a_webhook_that_never_takes_a_message_is_given_up() -> None:
    webhook, told = Webhook(None), Told()

    with capture_logs() as logs:
        await told.to(webhook, lambda notices: notices.polled(NEWS))

    assert told.outcomes == ["failed"]
    assert len(webhook.taken) == 1 + len(WAITS)
    assert [(one["event"], one["receiver"]) for one in logs] == [
        ("notice_failed", "chat.example")
    ]


async def test_a_webhook_that_hangs_holds_up_nobody_and_keeps_no_more_than_it_may() -> (
    None
):
    webhook, told = Webhook(204), Told()
    webhook.may_answer.clear()
    await told.notices.replace(receiver_of(webhook))

    for _ in range(MOST_WAITING + 20):
        told.notices.polled(NEWS)
    await told.notices.end()

    assert told.outcomes == ["dropped"] * 20


async def test_without_a_webhook_nothing_is_kept() -> None:
    told = Told()
    for _ in range(MOST_WAITING + 20):
        told.notices.polled(NEWS)

    assert told.outcomes == []
    assert not told.notices.is_busy


async def test_what_waited_goes_to_the_receiver_that_follows() -> None:
    slow, next_one, told = Webhook(204), Webhook(204), Told()
    slow.may_answer.clear()
    await told.notices.replace(receiver_of(slow))
    told.notices.polled(NEWS)

    await told.to(next_one, lambda _: None)

    assert slow.is_closed
    assert len(next_one.taken) == 1
