from datetime import timedelta

import pytest

from ingest.fetch.outcome import FailureKind, FetchFailed, NotModified, Validators
from ingest.fetch.robots_rules import (
    LONGEST_DELAY,
    LONGEST_RULES,
    RobotsRules,
    robots_url,
    rules_of,
)
from tests.factories import make_fetched

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


ADDRESSES = {
    "a page": (PAGE, "https://news.example/robots.txt"),
    "a port": ("http://news.example:8080/a?b#c", "http://news.example:8080/robots.txt"),
    "a user": ("https://me:secret@News.Example/a", "https://news.example/robots.txt"),
}


@pytest.mark.parametrize(("url", "address"), ADDRESSES.values(), ids=ADDRESSES.keys())
def test_where_the_rules_are(url: str, address: str) -> None:
    assert robots_url(url) == address
