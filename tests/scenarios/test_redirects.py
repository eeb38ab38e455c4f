"""Redirects: RFC 9110, 15.4, bounded, and never a way into the operator's network."""

from __future__ import annotations

import pytest

from tests.scenarios.documents import ONE, PAGE
from tests.scenarios.expectation import Expected, check
from tests.scenarios.play import Play, perform
from tests.scenarios.server import answer


def to(place: str, status: str = "302 Found") -> bytes:
    """An answer that sends its visitor elsewhere."""
    return answer(b"", f"Location: {place}", status=status)


def chain(length: int) -> dict[str, list[bytes]]:
    """Redirects from /1 to the next, with a feed at the end."""
    steps = {f"/{number}": [to(f"/{number + 1}")] for number in range(1, length)}
    return {**steps, f"/{length}": [ONE]}


FOUND = Expected(outcomes=("recorded",), titles=("Headline 1",))
REFUSED = Expected(outcomes=("not_allowed",), titles=(), paths=("/feed",))
DEAD_END = Expected(outcomes=("redirect_loop",), titles=())

PLAYS: dict[str, tuple[Play, Expected]] = {
    "301 is followed": (
        Play(feed=[to("/new", "301 Moved Permanently")], elsewhere={"/new": [ONE]}),
        FOUND,
    ),
    "302 is followed": (Play(feed=[to("/new")], elsewhere={"/new": [ONE]}), FOUND),
    "303 is followed": (
        Play(feed=[to("/new", "303 See Other")], elsewhere={"/new": [ONE]}),
        FOUND,
    ),
    "307 is followed": (
        Play(feed=[to("/new", "307 Temporary Redirect")], elsewhere={"/new": [ONE]}),
        FOUND,
    ),
    "308 is followed": (
        Play(feed=[to("/new", "308 Permanent Redirect")], elsewhere={"/new": [ONE]}),
        FOUND,
    ),
    "302 is asked at its own address again": (
        Play(feed=[to("/new")], elsewhere={"/new": [ONE]}, visits=2),
        Expected(paths=("/feed", "/new", "/feed", "/new")),
    ),
    "another host is followed": (
        Play(feed=[to("http://other.example:{port}/new")], elsewhere={"/new": [ONE]}),
        FOUND,
    ),
    "an address without a scheme keeps the scheme": (
        Play(feed=[to("//other.example:{port}/new")], elsewhere={"/new": [ONE]}),
        FOUND,
    ),
    "a relative address starts at the old one": (
        Play(
            feed=[to("../b/new")],
            elsewhere={"/a/feed": [to("../b/new")], "/b/new": [ONE]},
            url="http://news.example:{port}/a/feed",
        ),
        FOUND,
    ),
    "a few in a row are followed": (
        Play(feed=[to("/1")], elsewhere=chain(3)),
        FOUND,
    ),
    "too many in a row are not": (
        Play(feed=[to("/1")], elsewhere=chain(30)),
        DEAD_END,
    ),
    "a loop of one": (Play(feed=[to("/feed")]), DEAD_END),
    "a loop of two": (
        Play(feed=[to("/new")], elsewhere={"/new": [to("/feed")]}),
        DEAD_END,
    ),
    "a redirect without an address": (
        Play(feed=[answer(b"", status="302 Found")]),
        DEAD_END,
    ),
    "a redirect to a page is no feed": (
        Play(feed=[to("/new")], elsewhere={"/new": [PAGE]}),
        Expected(outcomes=("not_a_feed",), detail="HTML page"),
    ),
    "loopback": (Play(feed=[to("http://127.0.0.1:{port}/new")]), REFUSED),
    "loopback as a name": (
        Play(
            feed=[to("http://inside.example/new")],
            names={"inside.example": ["127.0.0.1"]},
        ),
        REFUSED,
    ),
    "the metadata of a cloud": (Play(feed=[to("http://169.254.169.254/")]), REFUSED),
    "a private network": (Play(feed=[to("http://10.0.0.1/")]), REFUSED),
    "IPv6 loopback": (Play(feed=[to("http://[::1]/")]), REFUSED),
    "IPv4 in IPv6": (Play(feed=[to("http://[::ffff:127.0.0.1]/")]), REFUSED),
    "a file": (
        Play(feed=[to("file:///etc/passwd")]),
        Expected(outcomes=("redirect_loop",), titles=()),
    ),
    "a program": (Play(feed=[to("javascript:alert(1)")]), DEAD_END),
    "a document in itself": (Play(feed=[to("data:text/xml,<rss/>")]), DEAD_END),
    "a mailbox": (Play(feed=[to("mailto:news@news.example")]), DEAD_END),
    "a port that is none": (Play(feed=[to("http://news.example:abc/")]), DEAD_END),
    "a port beyond all ports": (
        Play(feed=[to("http://news.example:99999/")]),
        DEAD_END,
    ),
    "blanks in place of an address": (Play(feed=[to("   ")]), DEAD_END),
    "an address between blanks": (
        Play(feed=[to("  /new  ")], elsewhere={"/new": [ONE]}),
        FOUND,
    ),
    "an address with a fragment": (
        Play(feed=[to("/new#top")], elsewhere={"/new": [ONE]}),
        FOUND,
    ),
    "a wall that wants its cookie back": (
        Play(feed=[answer(b"", "Location: /feed", "Set-Cookie: a=1", status="302 F")]),
        Expected(outcomes=("redirect_loop",), titles=(), paths=("/feed",)),
    ),
    "loopback behind a name and a password": (
        Play(feed=[to("http://news.example@127.0.0.1:{port}/new")]),
        REFUSED,
    ),
    "loopback behind a fragment": (
        Play(feed=[to("http://127.0.0.1:{port}#@news.example/")]),
        REFUSED,
    ),
    "gopher": (Play(feed=[to("gopher://news.example/")]), DEAD_END),
    "a port that no web server has": (
        Play(
            feed=[to("http://public.example:25/")],
            names={"public.example": ["93.184.216.34"]},
        ),
        REFUSED,
    ),
}


@pytest.mark.parametrize("case", PLAYS.values(), ids=PLAYS)
async def test_a_redirect_to(case: tuple[Play, Expected]) -> None:
    play, expected = case

    check(await perform(play), expected)


REFUSED_AT_ONCE = Expected(outcomes=("not_allowed",), titles=(), paths=())
PUBLIC = "93.184.216.34"

NAMES: dict[str, tuple[str, ...]] = {
    "loopback": ("127.0.0.1",),
    "another address of loopback": ("127.8.9.10",),
    "nowhere": ("0.0.0.0",),  # noqa: S104 - an address to be refused
    "a private network": ("192.168.1.1",),
    "a network of carriers": ("100.64.0.1",),
    "a link": ("169.254.1.1",),
    "a group": ("224.0.0.1",),
    "everybody": ("255.255.255.255",),
    "IPv6 loopback": ("::1",),
    "a private IPv6 network": ("fd00::1",),
    "an IPv6 link": ("fe80::1",),
    "IPv4 loopback in IPv6": ("::ffff:127.0.0.1",),
    "IPv4 loopback behind NAT64": ("64:ff9b::7f00:1",),
    "IPv4 loopback behind 6to4": ("2002:7f00:1::",),
    "a good and a bad address": (f"{PUBLIC} 127.0.0.1",),
}


@pytest.mark.parametrize("found", NAMES.values(), ids=NAMES)
async def test_no_request_is_made_to_a_name_that_leads_to(
    found: tuple[str, ...],
) -> None:
    play = Play(
        feed=[ONE], url="http://evil.example/feed", names={"evil.example": found}
    )

    check(await perform(play), REFUSED_AT_ONCE)


async def test_a_name_that_turns_inward_is_refused_when_it_does() -> None:
    play = Play(
        feed=[ONE],
        url="http://turning.example:{port}/feed",
        names={"turning.example": ["127.0.0.1"]},
        fetch={"allow_private": ["news.example"]},
    )

    check(await perform(play), REFUSED_AT_ONCE)
