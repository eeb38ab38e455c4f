import asyncio
from datetime import timedelta

import pytest

from config.values import RobotsScope
from ingest.fetch import robots
from ingest.fetch.outcome import FailureKind, FetchFailed, FetchOutcome
from ingest.fetch.robots import RobotsFiles
from ingest.source import FeedAddress, Location, PageAddress, PageSelectors
from tests.factories import NOW, make_fetched

PAGE = "https://news.example/articles/1"


class Host:
    """Answers with the rules it has, and notes what it was asked for."""

    def __init__(self, *answers: FetchOutcome) -> None:
        self.asked: list[str] = []
        self._answers = list(answers)

    async def __call__(self, url: str) -> FetchOutcome:
        self.asked.append(url)
        await asyncio.sleep(0)
        return self._answers.pop(0)


CLOSED = make_fetched(body=b"User-agent: *\nDisallow: /articles/")
OPEN = make_fetched(body=b"")
IN_TROUBLE = FetchFailed(kind=FailureKind.HTTP_SERVER, detail="…", status=503)


async def test_a_host_is_asked_once_a_day() -> None:
    robots, host = RobotsFiles(), Host(CLOSED, OPEN)

    allowed = [
        (await robots.rules_for(PAGE, host, now=NOW + after)).allow(PAGE)
        for after in (timedelta(0), timedelta(hours=23), timedelta(hours=24))
    ]

    assert allowed == [False, False, True]
    assert host.asked == ["https://news.example/robots.txt"] * 2


async def test_a_host_in_trouble_is_asked_again_within_the_day() -> None:
    robots, host = RobotsFiles(), Host(IN_TROUBLE, OPEN)

    allowed = [
        (await robots.rules_for(PAGE, host, now=NOW + after)).allow(PAGE)
        for after in (timedelta(0), timedelta(minutes=59), timedelta(minutes=60))
    ]

    assert allowed == [False, False, True]


async def test_pages_asked_for_at_once_wait_for_one_answer() -> None:
    robots, host = RobotsFiles(), Host(CLOSED)

    async with asyncio.TaskGroup() as tasks:
        waiting = [
            tasks.create_task(robots.rules_for(f"{PAGE}{number}", host, now=NOW))
            for number in range(5)
        ]

    assert len({id(task.result()) for task in waiting}) == 1
    assert len(host.asked) == 1


async def test_each_host_has_its_own_rules() -> None:
    robots, host = RobotsFiles(), Host(CLOSED, OPEN)

    first = await robots.rules_for(PAGE, host, now=NOW)
    second = await robots.rules_for("http://news.example/a", host, now=NOW)

    assert not first.allow(PAGE)
    assert second.allow(PAGE)


async def test_the_rules_of_the_first_of_many_hosts_are_forgotten() -> None:
    files = RobotsFiles()
    host = Host(*[OPEN] * (robots.MOST_HOSTS + 2))

    for number in range(robots.MOST_HOSTS + 1):
        await files.rules_for(f"https://{number}.example/", host, now=NOW)
    await files.rules_for("https://1.example/", host, now=NOW)
    await files.rules_for("https://0.example/", host, now=NOW)

    assert len(host.asked) == robots.MOST_HOSTS + 2
    assert host.asked[-1] == "https://0.example/robots.txt"


async def test_where_no_rules_are_obeyed_none_are_asked_for() -> None:
    robots, host = RobotsFiles(RobotsScope.NONE), Host(CLOSED)

    assert (await robots.rules_for(PAGE, host, now=NOW)).allow(PAGE)
    assert host.asked == []


LOCATIONS: dict[str, tuple[RobotsScope, Location, bool]] = {
    "a feed does not by default": (RobotsScope.PAGES, FeedAddress(url=PAGE), False),
    "a page does by default": (
        RobotsScope.PAGES,
        PageAddress(url=PAGE, selectors=PageSelectors(item="li")),
        True,
    ),
    "a feed does where all do": (RobotsScope.ALL, FeedAddress(url=PAGE), True),
}


@pytest.mark.parametrize(
    ("scope", "location", "obeys"), LOCATIONS.values(), ids=LOCATIONS.keys()
)
def test_who_obeys_the_rules(
    scope: RobotsScope, location: Location, obeys: bool
) -> None:
    assert RobotsFiles(scope).are_obeyed_by(location) is obeys
