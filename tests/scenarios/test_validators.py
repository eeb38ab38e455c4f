"""Conditional requests: RFC 9110, 13, and what publishers count against readers."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.scenarios.documents import ONE, TWO, feed, item
from tests.scenarios.expectation import Expected, check
from tests.scenarios.play import Play, Played, perform
from tests.scenarios.server import Choice, Request, answer

SAME = answer(b"", status="304 Not Modified")
ODD_DATE = "Tue, 31 Feb 2026 25:61:00 CEST"


def sent(played: Played, header: str) -> list[str | None]:
    """What each request said in a header, None where it said nothing."""
    return [request.headers.get(header) for request in played.requests]


def tagged(tag: str, *more: str) -> bytes:
    return feed(item(1), headers=(f"ETag: {tag}", *more))


ECHOED: dict[str, tuple[list[bytes], list[str | None], list[str | None]]] = {
    "an ETag comes back byte for byte": (
        [tagged('"a b\xe9"'), SAME],
        [None, '"a b\xe9"'],
        [None, None],
    ),
    "a weak ETag comes back weak": (
        [tagged('W/"1"'), SAME],
        [None, 'W/"1"'],
        [None] * 2,
    ),
    "an ETag without quotes gets none": (
        [tagged("abc"), SAME],
        [None, "abc"],
        [None] * 2,
    ),
    "a date that no calendar has comes back as it was": (
        [feed(item(1), headers=(f"Last-Modified: {ODD_DATE}",)), SAME],
        [None, None],
        [None, ODD_DATE],
    ),
    "both validators come back together": (
        [tagged('"1"', "Last-Modified: Mon, 23 Nov 2026 10:00:00 GMT"), SAME],
        [None, '"1"'],
        [None, "Mon, 23 Nov 2026 10:00:00 GMT"],
    ),
    "no validators, none made up": ([ONE, TWO], [None, None], [None, None]),
    "a 304 with a new ETag replaces the old": (
        [tagged('"1"'), answer(b"", 'ETag: "2"', status="304 Not Modified"), SAME],
        [None, '"1"', '"2"'],
        [None, None, None],
    ),
    "a 304 without an ETag keeps the old": (
        [tagged('"1"'), SAME, SAME],
        [None, '"1"', '"1"'],
        [None, None, None],
    ),
    "a 200 without an ETag forgets the old": (
        [tagged('"1"'), TWO, TWO],
        [None, '"1"', None],
        [None, None, None],
    ),
    "a 500 in between forgets nothing": (
        [tagged('"1"'), answer(b"", status="500 Oops"), SAME],
        [None, '"1"', '"1"'],
        [None, None, None],
    ),
    "a page in between forgets nothing": (
        [tagged('"1"'), answer(b"<html></html>", 'ETag: "page"'), SAME],
        [None, '"1"', '"1"'],
        [None, None, None],
    ),
}


@pytest.mark.parametrize("case", ECHOED.values(), ids=ECHOED)
async def test_validators(
    case: tuple[list[bytes], list[str | None], list[str | None]],
) -> None:
    answers, etags, dates = case

    played = await perform(Play(feed=answers, visits=len(etags)))

    assert sent(played, "if-none-match") == etags
    assert sent(played, "if-modified-since") == dates


def conditional(refused: bytes) -> Choice:
    """A server that refuses the version that it named itself."""

    def choose(request: Request) -> bytes:
        return refused if "if-none-match" in request.headers else tagged('"odd"')

    return Choice(choose)


@pytest.mark.parametrize("status", ["400 Bad", "412 Failed", "431 Too Large"])
async def test_a_version_that_its_server_refuses_is_asked_for_without_it(
    status: str,
) -> None:
    played = await perform(
        Play(feed=[conditional(answer(b"", status=status))], visits=4)
    )

    check(
        played,
        Expected(outcomes=("recorded", "not_modified", "not_modified", "not_modified")),
    )
    # What was refused is not kept, so that every other visit asks but once.
    odd = '"odd"'
    assert sent(played, "if-none-match") == [None, odd, None, None, odd, None]


async def test_an_error_that_comes_with_a_version_alone_ends_after_patience() -> None:
    play = Play(feed=[conditional(answer(b"", status="500 Oops"))], visits=5)

    played = await perform(play)

    failed = ("http_server",) * 3
    check(played, Expected(outcomes=("recorded", *failed, "not_modified")))
    odd = '"odd"'
    assert sent(played, "if-none-match") == [None, odd, odd, odd, odd, None]


async def test_a_request_that_is_refused_whatever_it_names_is_one_failure() -> None:
    refused = answer(b"", status="400 Bad")

    played = await perform(Play(feed=[tagged('"1"'), refused], visits=3))

    check(played, Expected(outcomes=("recorded", "http_client", "http_client")))
    assert sent(played, "if-none-match") == [None, '"1"', None, '"1"', None]


async def test_the_same_bytes_again_are_nothing_new() -> None:
    played = await perform(Play(feed=[ONE], visits=2))

    check(played, Expected(outcomes=("recorded", "not_modified")))


async def test_a_changed_etag_beside_the_same_bytes_is_nothing_new() -> None:
    played = await perform(Play(feed=[tagged('"1"'), tagged('"2"'), SAME], visits=3))

    check(played, Expected(outcomes=("recorded", "not_modified", "not_modified")))
    assert sent(played, "if-none-match") == [None, '"1"', '"2"']


async def test_a_document_that_is_cut_is_asked_for_again_without_validators() -> None:
    whole = feed(item(2), item(1), headers=('ETag: "1"',))
    cut = whole.replace(b"</channel></rss>", b"<item><title>Hal")
    cut = answer(cut.partition(b"\r\n\r\n")[2], 'ETag: "1"')

    played = await perform(Play(feed=[cut, whole], visits=2))

    check(played, Expected(titles=("Headline 1", "Headline 2")))
    assert sent(played, "if-none-match") == [None, None]


async def test_validators_of_one_address_are_not_sent_to_another() -> None:
    play = Play(
        feed=[answer(b"", "Location: /new", status="302 Found"), tagged('"feed"')],
        elsewhere={"/new": [tagged('"new"')]},
        visits=2,
    )

    played = await perform(play)

    assert [
        (one.target, one.headers.get("if-none-match")) for one in played.requests
    ] == [
        ("/feed", None),
        ("/new", None),
        ("/feed", None),
    ]


async def test_a_visitor_says_who_it_is_and_carries_nothing_else() -> None:
    cookie = feed(item(1), headers=("Set-Cookie: id=7; Path=/",))
    contact = {"contact": "ops@example.org"}

    played = await perform(Play(feed=[cookie], visits=2, fetch=contact))

    for request in played.requests:
        assert request.target == "/feed"
        assert request.headers["user-agent"].startswith("rekkas/")
        assert "ops@example.org" in request.headers["user-agent"]
        assert not {"cookie", "referer", "origin"} & set(request.headers)


async def test_a_failed_visit_loses_no_article() -> None:
    play = Play(feed=[ONE, answer(b"", status="503 Later"), TWO], visits=3)

    played = await perform(replace(play))

    check(
        played,
        Expected(
            outcomes=("recorded", "http_server", "recorded"),
            titles=("Headline 1", "Headline 2"),
        ),
    )
