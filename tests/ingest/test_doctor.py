"""What an examination makes of what it saw of a source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from ingest.doctor.checks import decide_findings
from ingest.doctor.expat import check_expat
from ingest.doctor.facts import DocumentFacts, SourceFacts
from ingest.doctor.finding import Finding, Grade, worst
from ingest.doctor.way import way_from
from ingest.entry import AskedPace
from ingest.fetch.outcome import (
    FailureKind,
    FetchFailed,
    NotModified,
    Validators,
)
from ingest.fetch.robots_rules import RobotsRules, Stance, rules_of
from ingest.fetch.witnessed import Secured, Witnessed
from tests.factories import NOW, make_fetched

URL = "https://paper.example/feed"
OK, WARN, FAIL = Grade.OK, Grade.WARN, Grade.FAIL
TAGGED = make_fetched(final_url=URL)
DATES = tuple(NOW - timedelta(hours=hours) for hours in range(1, 40, 2))


def answer(**changes: Any) -> Witnessed:
    values: dict[str, Any] = {
        "url": URL,
        "status": 200,
        "headers": {"content-encoding": "gzip", "cache-control": "max-age=600"},
        "seconds": 0.25,
        "http_version": "HTTP/2",
        "address": "192.0.2.7",
        "secured": Secured(
            version="TLSv1.3", issuer="A CA", expires_at=NOW + timedelta(days=60)
        ),
        "wire_bytes": 5_000,
    }
    return Witnessed(**(values | changes))


def document(**changes: Any) -> DocumentFacts:
    values: dict[str, Any] = {
        "format": "RSS 2.0",
        "reader": "fast",
        "charset": "utf-8",
        "entries": 20,
        "dates": DATES,
        "text_lengths": (2_000,) * 20,
    }
    return DocumentFacts(**(values | changes))


def unchanged(status: int, **changes: Any) -> NotModified:
    values: dict[str, Any] = {"validators": TAGGED.validators, "body_digest": "0" * 64}
    return NotModified(**(values | changes), status=status)


WELL = SourceFacts(
    url=URL,
    hops=(answer(),),
    first=TAGGED,
    again=unchanged(304),
    robots=RobotsRules(rules=Stance.OPEN),
    document=document(),
)
REFUSED = FetchFailed(kind=FailureKind.HTTP_CLIENT, detail="It answered 403.")
UNREAD = FetchFailed(kind=FailureKind.NOT_A_FEED, detail="This is a web page.")


def robots(text: str) -> RobotsRules:
    return rules_of(make_fetched(body=text.encode(), content_type="text/plain"))


def secured(expires_at: datetime | None, issuer: str | None = "A CA") -> Witnessed:
    return answer(
        secured=Secured(version="TLSv1.2", issuer=issuer, expires_at=expires_at)
    )


CASES: Mapping[str, tuple[SourceFacts, str, Grade, str]] = {
    "a source that answers": (WELL, "answers", OK, "200 in 0.25 s over HTTP/2 from"),
    "one of which the address is not known": (
        replace(WELL, hops=(answer(address=None),)),
        "answers",
        OK,
        "over HTTP/2",
    ),
    "one that refuses": (
        SourceFacts(url=URL, first=REFUSED),
        "answers",
        FAIL,
        "It answered 403.",
    ),
    "one that is slow": (
        replace(WELL, hops=(answer(seconds=11.0),)),
        "answers",
        WARN,
        "slowly",
    ),
    "one whose host is resting": (
        SourceFacts(url=URL, resting_until=NOW),
        "answers",
        WARN,
        "left alone until",
    ),
    "a candidate that answers": (
        replace(WELL, candidate="https://paper.example/rss"),
        "answers",
        WARN,
        "the candidate https://paper.example/rss answers",
    ),
    "a file": (SourceFacts(url=None), "answers", OK, "the file can be read"),
    "an answer that nobody saw": (replace(WELL, hops=()), "answers", OK, "it answers"),
    "no redirect": (WELL, "redirects", OK, "none"),
    "a passing redirect": (
        replace(WELL, hops=(answer(status=302), answer(url="https://b.example/"))),
        "redirects",
        OK,
        "302 passing to https://b.example/",
    ),
    "a move": (
        replace(
            WELL,
            hops=(answer(status=301), answer(url="https://b.example/")),
            first=make_fetched(moved_to="https://b.example/"),
        ),
        "redirects",
        WARN,
        "301 permanent to",
    ),
    "a sound certificate": (WELL, "tls", OK, "certificate by A CA until"),
    "one that ends soon": (
        replace(WELL, hops=(secured(NOW + timedelta(days=3)),)),
        "tls",
        WARN,
        "2026-11-26",
    ),
    "one without an end and a name": (
        replace(WELL, hops=(secured(None, issuer=None),)),
        "tls",
        OK,
        "by nobody named",
    ),
    "https through a proxy": (
        replace(WELL, hops=(answer(secured=None),)),
        "tls",
        OK,
        "asked by https",
    ),
    "plain http": (
        replace(WELL, hops=(answer(secured=None, url="http://paper.example/"),)),
        "tls",
        WARN,
        "by http",
    ),
    "robots.txt without rules": (WELL, "robots.txt", OK, "allows it"),
    "one that asks for a delay": (
        replace(WELL, robots=robots("User-agent: *\nCrawl-delay: 10\nDisallow: /x")),
        "robots.txt",
        OK,
        "every 10 s",
    ),
    "one that forbids a feed": (
        replace(WELL, robots=robots("User-agent: *\nDisallow: /feed")),
        "robots.txt",
        WARN,
        "forbids it by “Disallow: /feed”",
    ),
    "one that forbids a page": (
        replace(
            WELL, robots=robots("User-agent: *\nDisallow: /feed"), obeys_robots=True
        ),
        "robots.txt",
        FAIL,
        "forbids it",
    ),
    "one that nobody can read": (
        replace(WELL, robots=RobotsRules(rules=Stance.CLOSED, trouble=REFUSED)),
        "robots.txt",
        WARN,
        "cannot be had: It answered 403.",
    ),
    "one that is closed without a line": (
        replace(WELL, robots=RobotsRules(rules=Stance.CLOSED)),
        "robots.txt",
        WARN,
        "forbids it; feeds",
    ),
    "a 304": (WELL, "conditional", OK, "answered 304"),
    "a second request that fails": (
        replace(WELL, again=REFUSED),
        "conditional",
        WARN,
        "failed: It answered 403.",
    ),
    "an index of sitemaps": (
        replace(WELL, again=TAGGED, document=document(is_index=True)),
        "conditional",
        OK,
        "an index",
    ),
    "no validators": (
        replace(WELL, first=make_fetched(validators=Validators()), again=TAGGED),
        "conditional",
        WARN,
        "neither ETag nor Last-Modified",
    ),
    "validators that do not help": (
        replace(WELL, again=unchanged(200)),
        "conditional",
        WARN,
        "brought the same document",
    ),
    "a tag that changes": (
        replace(WELL, again=make_fetched(validators=Validators(etag='"2"'))),
        "conditional",
        WARN,
        "another document, whose ETag changes",
    ),
    "a server that wishes nothing": (
        replace(WELL, hops=(answer(headers={}),)),
        "asked pace",
        OK,
        "none",
    ),
    "wishes of the server and of the document": (
        replace(
            WELL,
            first=make_fetched(max_age=timedelta(minutes=10)),
            asked=AskedPace(
                ttl=timedelta(minutes=30),
                update_period=timedelta(hours=1),
                skip_hours=frozenset({1, 2}),
                skip_days=frozenset({6}),
            ),
        ),
        "asked pace",
        OK,
        "Cache-Control: max-age=600; fresh for 10 min; ttl of 30 min; updates every "
        "60 min; skips 2 hours a day and 1 days a week",
    ),
    "a wish to be left alone for long": (
        replace(WELL, hops=(), first=make_fetched(max_age=timedelta(days=30))),
        "asked pace",
        WARN,
        "fresh for",
    ),
    "a document that comes packed": (WELL, "compression", OK, "5,000 bytes in gzip"),
    "a small one that does not": (
        replace(WELL, hops=(answer(headers={}),)),
        "compression",
        OK,
        "none, 5,000 bytes",
    ),
    "a large one that does not": (
        replace(WELL, hops=(answer(headers={}, wire_bytes=2_000_000),)),
        "compression",
        WARN,
        "2,000,000 bytes a poll",
    ),
    "a document that is read": (
        WELL,
        "parses",
        OK,
        "RSS 2.0, 20 entries, read fast, in utf-8",
    ),
    "one in the charset of its format": (
        replace(WELL, document=document(format="JSON Feed", charset=None)),
        "parses",
        OK,
        "JSON Feed, 20 entries, read fast",
    ),
    "one that is none": (
        replace(WELL, first=UNREAD, document=None),
        "parses",
        FAIL,
        "This is a web page.",
    ),
    "one without entries": (
        replace(WELL, document=document(entries=0)),
        "parses",
        FAIL,
        "0 entries",
    ),
    "one with every flaw": (
        replace(
            WELL,
            document=document(
                is_cut=True, unreadable=3, left_out=("a", "b", "c", "d", "e")
            ),
        ),
        "parses",
        WARN,
        "it ends in the middle; 3 letters are unreadable; 5 left out (a; b; c; 2 more)",
    ),
    "entries with dates": (WELL, "dates", OK, "all 20 entries are dated"),
    "entries without": (
        replace(WELL, document=document(dates=DATES[:15])),
        "dates",
        WARN,
        "5 of 20 entries have no date",
    ),
    "dates that nobody believes": (
        replace(WELL, document=document(doubts=("its date is in 2099",))),
        "dates",
        WARN,
        "1 doubts: its date is in 2099",
    ),
    "fresh news": (WELL, "freshness", OK, "1 h old, one comes every 2 h"),
    "news of a minute ago, and the only one": (
        replace(WELL, document=document(dates=(NOW - timedelta(minutes=5),))),
        "freshness",
        OK,
        "5 min old",
    ),
    "late news": (
        replace(
            WELL,
            document=document(dates=tuple(one - timedelta(days=3) for one in DATES)),
        ),
        "freshness",
        WARN,
        "3 days old",
    ),
    "news that stopped": (
        replace(
            WELL,
            document=document(dates=tuple(one - timedelta(days=400) for one in DATES)),
        ),
        "freshness",
        WARN,
        "400 days old",
    ),
    "news at odd times": (
        replace(
            WELL,
            document=document(dates=(NOW - timedelta(hours=3, minutes=5), DATES[-1])),
        ),
        "freshness",
        OK,
        "3 h 5 min old",
    ),
    "titles and links": (WELL, "titles, links", OK, "each entry has its own"),
    "relative links": (
        replace(WELL, document=document(relative=20)),
        "titles, links",
        OK,
        "20 links are relative",
    ),
    "titles and links that are shared or missing": (
        replace(
            WELL,
            document=document(
                untitled=1, equal_titles=2, unlinked=3, equal_links=4, relative=5
            ),
        ),
        "titles, links",
        WARN,
        "1 have no title; 2 share their title with another; 3 have no link; 4 share "
        "their link with another; 5 links are relative",
    ),
    "whole articles": (WELL, "text", OK, "usually of 2,000 characters"),
    "excerpts": (
        replace(WELL, document=document(text_lengths=(200, 300, 0))),
        "text",
        OK,
        "excerpts, usually of 250 characters",
    ),
    "no text": (
        replace(WELL, document=document(text_lengths=(0, 0))),
        "text",
        WARN,
        "no entry has any",
    ),
    "text from pages": (
        replace(WELL, takes_pages=True),
        "text",
        OK,
        "from the page of each entry",
    ),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_what_is_found_of(case: tuple[SourceFacts, str, Grade, str]) -> None:
    facts, check, grade, words = case
    found = {one.check: one for one in decide_findings(facts, now=NOW)}

    assert words in found[check].found
    assert found[check].grade is grade
    assert found[check].advice or grade is not WARN


NOT_SAID: Mapping[str, tuple[SourceFacts, set[str]]] = {
    "of a source that does not answer": (
        SourceFacts(url=URL, first=REFUSED),
        {"answers"},
    ),
    "of a file": (
        SourceFacts(url=None, first=make_fetched(status=None), document=document()),
        {"answers", "parses", "dates", "freshness", "titles, links", "text"},
    ),
    "of a document without dates": (
        replace(WELL, document=document(dates=())),
        {one.check for one in decide_findings(WELL, now=NOW)} - {"freshness"},
    ),
}


@pytest.mark.parametrize("case", NOT_SAID.values(), ids=NOT_SAID)
def test_nothing_is_said_of_what_was_not_seen(
    case: tuple[SourceFacts, set[str]],
) -> None:
    facts, said = case

    assert {one.check for one in decide_findings(facts, now=NOW)} == said


def test_the_worst_finding_is_that_of_the_source() -> None:
    findings = [
        Finding(check=grade.value, grade=grade, found="") for grade in (WARN, FAIL, OK)
    ]

    assert worst(findings) is FAIL
    assert worst(findings[:1]) is WARN
    assert worst([]) is OK


@pytest.mark.parametrize(
    ("version", "grade"), [("expat_2.5.0", WARN), ("expat_99.0.0", OK)]
)
def test_known_faults_of_the_xml_parser_are_named(version: str, grade: Grade) -> None:
    finding = check_expat(version)

    assert finding.grade is grade
    assert ("CVE-2023-52425" in finding.found) is (grade is WARN)


WAYS: Mapping[str, tuple[tuple[Witnessed, ...], int]] = {
    "one answer": ((answer(),), 1),
    "a redirect and its end": ((answer(status=301), answer(url="https://b/")), 2),
    "robots.txt on the way": (
        (
            answer(status=302),
            answer(url="https://b/robots.txt"),
            answer(url="https://b/"),
        ),
        2,
    ),
    "a second request after it": ((answer(), answer()), 1),
    "another address first": ((answer(url="https://b/"), answer()), 1),
    "a redirect to nowhere": ((answer(status=302),), 1),
    "nothing": ((), 0),
}


@pytest.mark.parametrize(("seen", "length"), WAYS.values(), ids=WAYS)
def test_the_way_to_a_document(seen: tuple[Witnessed, ...], length: int) -> None:
    assert len(way_from(seen, URL)) == length
