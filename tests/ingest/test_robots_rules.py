from datetime import timedelta

import pytest

from ingest.fetch.outcome import (
    FailureKind,
    FetchFailed,
    NotModified,
    Validators,
)
from ingest.fetch.robots_rules import (
    LONGEST_DELAY,
    LONGEST_RULES,
    LONGEST_SILENCE,
    RobotsRules,
    forbidden,
    robots_url,
    rules_after,
    rules_of,
)
from tests.factories import NOW, make_fetched

PAGE = "https://news.example/articles/1"


def rules(text: str | bytes) -> RobotsRules:
    body = text if isinstance(text, bytes) else text.encode()
    return rules_of(make_fetched(body=body, content_type="text/plain"))


ALLOWED = {
    "no rules": "",
    "rules for another": "User-agent: other\nDisallow: /",
    "rules for a name that begins like ours": "User-agent: rekkas-images\nDisallow: /",
    "rules for other places": "User-agent: *\nDisallow: /private/",
    "our own group beats that of all": (
        "User-agent: *\nDisallow: /\n\nUser-agent: Rekkas\nDisallow: /private/"
    ),
    "the longer rule wins": "User-agent: *\nDisallow: /\nAllow: /articles/",
    "equal rules allow": "User-agent: *\nDisallow: /articles/\nAllow: /articles/",
    "an empty rule": "User-agent: *\nDisallow:",
    "the end of an address": "User-agent: *\nDisallow: /articles$",
    "a page in place of rules": "<!DOCTYPE html><html><body>Not found</body></html>",
    "bytes that are no text": b"\xff\xfe\x00User-agent",
    "what stands too far behind": (
        f"{'# ' + 'x' * LONGEST_RULES}\nUser-agent: *\nDisallow: /"
    ),
}
FORBIDDEN = {
    "everything": "User-agent: *\nDisallow: /",
    "us": "User-agent: other\nUser-agent: rekkas\nDisallow: /articles",
    "us, written otherwise": "USER-AGENT: REKKAS\ndisallow: /articles",
    "a pattern": "User-agent: *\nDisallow: /*/1$",
    "a byte order mark before it": "\ufeffUser-agent: *\nDisallow: /",
    "lines of old ends": "User-agent: *\rDisallow: /\r",
    "a comment behind it": "User-agent: * # all\nDisallow: / # of it",
}


@pytest.mark.parametrize("text", ALLOWED.values(), ids=ALLOWED.keys())
def test_rules_that_allow_a_page(text: str | bytes) -> None:
    assert rules(text).allow(PAGE)


@pytest.mark.parametrize("text", FORBIDDEN.values(), ids=FORBIDDEN.keys())
def test_rules_that_forbid_a_page(text: str) -> None:
    assert not rules(text).allow(PAGE)


ANSWERS = {
    "not found": (FailureKind.HTTP_CLIENT, True),
    "forbidden": (FailureKind.HTTP_CLIENT, True),
    "sent in circles": (FailureKind.REDIRECT_LOOP, True),
    "no content": (FailureKind.NOT_A_FEED, True),
    "a server in trouble": (FailureKind.HTTP_SERVER, False),
    "asked too often": (FailureKind.RATE_LIMITED, False),
    "no answer": (FailureKind.TIMEOUT, False),
    "no such host": (FailureKind.DNS, False),
    "too large an answer": (FailureKind.TOO_LARGE, False),
}


@pytest.mark.parametrize(("kind", "allows"), ANSWERS.values(), ids=ANSWERS.keys())
def test_the_rules_of_a_host_that_gives_none(kind: FailureKind, allows: bool) -> None:
    rules = rules_of(FetchFailed(kind=kind, detail="…"))

    assert rules.allow(PAGE) is allows
    assert rules.delay == timedelta(0)
    assert rules.kept_for == (timedelta(days=1) if allows else timedelta(hours=1))


def test_an_answer_that_was_not_asked_for_allows_nothing() -> None:
    unasked = NotModified(validators=Validators(), body_digest=None)

    assert not rules_of(unasked).allow(PAGE)


DELAYS = {
    "none": ("User-agent: *\nDisallow: /x", timedelta(0)),
    "for all": ("User-agent: *\nCrawl-delay: 5", timedelta(seconds=5)),
    "for us": ("User-agent: rekkas\nCrawl-delay: 2.5", timedelta(seconds=2.5)),
    "for another": ("User-agent: other\nCrawl-delay: 5", timedelta(0)),
    "an hour": ("User-agent: *\nCrawl-delay: 3600", LONGEST_DELAY),
    "endless": ("User-agent: *\nCrawl-delay: inf", timedelta(0)),
    "below nothing": ("User-agent: *\nCrawl-delay: -5", timedelta(0)),
}


@pytest.mark.parametrize(("text", "delay"), DELAYS.values(), ids=DELAYS.keys())
def test_the_wait_that_a_host_asks_for(text: str, delay: timedelta) -> None:
    assert rules(text).delay == delay


LINES = {
    "the only one": ("User-agent: *\nDisallow: /articles/", "Disallow: /articles/"),
    "the longest of several": (
        "User-agent: *\nDisallow: /\ndisallow : /articles/\nDisallow: /private/",
        "disallow : /articles/",
    ),
    "that of our own group": (
        "User-agent: *\nDisallow: /articles/1\n\nUser-agent: rekkas\nDisallow: /",
        "Disallow: /",
    ),
    "one that an exception does not cover": (
        "User-agent: *\nAllow: /art\nDisallow: /*1\nDisallow: /a\nDisallow: /articles",
        "Disallow: /articles",
    ),
    "none, where all is allowed": ("User-agent: *\nDisallow: /x", None),
}


@pytest.mark.parametrize(("text", "line"), LINES.values(), ids=LINES.keys())
def test_the_line_that_forbids_a_page(text: str, line: str | None) -> None:
    assert rules(text).forbidding_line(PAGE) == line


def test_a_flood_of_rules_is_not_looked_through_for_the_one_that_forbids() -> None:
    flood = "".join(f"Disallow: /*/1{'*' * number}\n" for number in range(9, 0, -1))
    text = f"User-agent: *\nDisallow: /\n\nUser-agent: other\n{flood}"

    assert not rules(text).allow(PAGE)
    assert rules(text).forbidding_line(PAGE) is None


def test_a_refusal_names_the_rule_and_what_to_do() -> None:
    failure = forbidden(PAGE, rules("User-agent: *\nDisallow: /articles/"))

    assert failure.kind is FailureKind.ROBOTS
    assert failure.final_url == PAGE
    assert "https://news.example/robots.txt forbids it to rekkas" in failure.detail
    assert "“Disallow: /articles/”" in failure.detail
    assert "fetch.robots" in failure.detail


def test_a_refusal_without_a_rule_that_can_be_named_names_none() -> None:
    assert "“" not in forbidden(PAGE, rules("User-agent: *\nDisallow: /x")).detail


TROUBLES = {
    "a server in trouble": FetchFailed(
        kind=FailureKind.HTTP_SERVER,
        status=503,
        detail="It answered 503.",
        retry_after=timedelta(hours=1),
    ),
    "no answer": FetchFailed(kind=FailureKind.TIMEOUT, detail="Nobody answered."),
}


@pytest.mark.parametrize("trouble", TROUBLES.values(), ids=TROUBLES.keys())
def test_a_host_whose_rules_nobody_knows_is_a_host_in_trouble(
    trouble: FetchFailed,
) -> None:
    failure = forbidden(PAGE, rules_of(trouble))

    assert (failure.kind, failure.status) == (trouble.kind, trouble.status)
    assert failure.final_url == PAGE
    assert failure.retry_after is None
    assert f"robots.txt cannot be had: {trouble.detail}" in failure.detail


SILENT = FetchFailed(kind=FailureKind.HTTP_SERVER, detail="…", status=500)
FORBIDS = make_fetched(body=b"User-agent: *\nDisallow: /articles/")


def test_rules_hold_for_a_day() -> None:
    known = rules_after(None, FORBIDS, now=NOW)

    assert (known.until, known.silent_since) == (NOW + timedelta(days=1), None)


def test_a_host_that_never_answered_allows_nothing_for_a_month() -> None:
    first = rules_after(None, SILENT, now=NOW)
    late = rules_after(first, SILENT, now=NOW + timedelta(days=29))
    month = rules_after(late, SILENT, now=NOW + LONGEST_SILENCE)

    assert [one.rules.allow(PAGE) for one in (first, late, month)] == [
        False,
        False,
        True,
    ]
    assert month.silent_since == NOW
    assert month.until == NOW + LONGEST_SILENCE + timedelta(hours=1)


def test_the_last_answer_holds_while_a_host_is_silent() -> None:
    before = rules_after(None, FORBIDS, now=NOW)

    silent = rules_after(before, SILENT, now=NOW + timedelta(days=1))

    assert not silent.rules.allow(PAGE)
    assert silent.rules.allow("https://news.example/other")
    assert silent.silent_since == NOW + timedelta(days=1)
    assert silent.until == NOW + timedelta(days=1, hours=1)


def test_an_answer_ends_the_silence() -> None:
    silent = rules_after(None, SILENT, now=NOW)

    assert rules_after(silent, FORBIDS, now=NOW).silent_since is None


ADDRESSES = {
    "a page": (PAGE, "https://news.example/robots.txt"),
    "a port": ("http://news.example:8080/a?b#c", "http://news.example:8080/robots.txt"),
    "a user": ("https://me:secret@News.Example/a", "https://news.example/robots.txt"),
}


@pytest.mark.parametrize(("url", "address"), ADDRESSES.values(), ids=ADDRESSES.keys())
def test_where_the_rules_are(url: str, address: str) -> None:
    assert robots_url(url) == address
