import httpx
import pytest

from ingest.fetch.outcome import FailureKind, Fetched, FetchFailed, NotModified
from ingest.fetch.request import SourceMemory
from tests.ingest.exchange_factories import FEED_URL, fetch_through, make_answer

# Each address answers with a status; a redirect leads to the next.
JOURNEYS: dict[str, tuple[list[int], str | None]] = {
    "no redirect": ([200], None),
    "a permanent one": ([301, 200], "https://news.example/1"),
    "a permanent one that keeps the method": ([308, 200], "https://news.example/1"),
    "several permanent ones": ([301, 308, 200], "https://news.example/2"),
    "one for now": ([302, 200], None),
    "one for now before a permanent one": ([307, 301, 200], None),
    "a permanent one before one for now": ([301, 303, 200], "https://news.example/1"),
}


def along(statuses: list[int]) -> "list[httpx.Response]":
    return [
        make_answer(status, {"Location": f"/{number}"} if 300 < status < 400 else {})
        for number, status in enumerate(statuses, start=1)
    ]


@pytest.mark.parametrize(
    ("statuses", "moved_to"), JOURNEYS.values(), ids=JOURNEYS.keys()
)
async def test_a_source_has_moved_as_far_as_permanent_redirects_lead(
    statuses: list[int], moved_to: str | None
) -> None:
    answers = iter(along(statuses))

    outcome = await fetch_through(lambda request: next(answers))

    assert isinstance(outcome, Fetched)
    assert outcome.moved_to == moved_to


async def test_an_unchanged_document_tells_of_moves_too() -> None:
    answers = iter((*along([301]), make_answer(pieces=[b"same"])))
    digest = "0967115f2813a3541eaef77de9d9d5773f1c0c04314b0bbfe4ff3b3b1c55b5d5"

    outcome = await fetch_through(
        lambda request: next(answers), memory=SourceMemory(body_digest=digest)
    )

    assert isinstance(outcome, NotModified)
    assert outcome.moved_to == "https://news.example/1"


GONE: dict[str, tuple[list[int], bool]] = {
    "gone": ([410], True),
    "gone where it moved": ([301, 410], True),
    "gone where it was for now": ([302, 410], False),
    "gone behind a move and something for now": ([301, 302, 410], False),
    "not found": ([404], False),
}


@pytest.mark.parametrize(("statuses", "is_final"), GONE.values(), ids=GONE.keys())
async def test_a_source_is_gone_where_its_own_place_says_so(
    statuses: list[int], *, is_final: bool
) -> None:
    answers = iter(along(statuses))

    outcome = await fetch_through(lambda request: next(answers))

    assert isinstance(outcome, FetchFailed)
    assert outcome.kind is FailureKind.HTTP_CLIENT
    assert outcome.is_final is is_final


async def test_an_adopted_address_is_asked_instead() -> None:
    asked: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(str(request.url))
        return make_answer()

    await fetch_through(answer, memory=SourceMemory(adopted_url="https://b.example/"))

    assert asked == ["https://b.example/"]


ADOPTED = {
    "at home": ("https://news.example/new.xml", True),
    "elsewhere": ("https://b.example/new.xml", False),
}


@pytest.mark.parametrize(("adopted", "is_told"), ADOPTED.values(), ids=ADOPTED.keys())
async def test_credentials_go_to_an_adopted_address_of_their_own_origin_only(
    adopted: str, *, is_told: bool
) -> None:
    asked: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return make_answer()

    url = FEED_URL.replace("https://", "https://name:secret@")
    await fetch_through(answer, url=url, memory=SourceMemory(adopted_url=adopted))

    assert ("authorization" in asked[0].headers) is is_told
