import hashlib
from dataclasses import replace
from datetime import timedelta

import pytest

from ingest.fetch.answer import (
    AnswerHead,
    Verdict,
    document,
    judge,
    location_of,
    refusal,
    unchanged,
)
from ingest.fetch.outcome import (
    NO_VALIDATORS,
    FailureKind,
    Fetched,
    InMemory,
    NotModified,
    Validators,
)
from ingest.fetch.request import SourceMemory
from tests.ingest.exchange_factories import FEED_BODY, FEED_URL, NOW

SENT = Validators(etag='"1"', last_modified="then")
DIGEST = hashlib.sha256(FEED_BODY).hexdigest()


def make_head(status: int = 200, **headers: str) -> AnswerHead:
    named = tuple((key.replace("_", "-"), value) for key, value in headers.items())
    return AnswerHead(url=FEED_URL, status=status, headers=named)


VERDICTS = {
    "200 is a document": (200, SENT, Verdict.DOCUMENT),
    "203 is a document": (203, SENT, Verdict.DOCUMENT),
    "226 is a document": (226, SENT, Verdict.DOCUMENT),
    "304 to both validators": (304, SENT, Verdict.UNCHANGED),
    "304 to an ETag alone": (304, Validators(etag='"1"'), Verdict.UNCHANGED),
    "304 to a date alone": (304, Validators(last_modified="x"), Verdict.UNCHANGED),
    "304 that nobody asked for": (304, NO_VALIDATORS, Verdict.REFUSAL),
    "301 leads elsewhere": (301, SENT, Verdict.REDIRECT),
    "302 leads elsewhere": (302, SENT, Verdict.REDIRECT),
    "303 leads elsewhere": (303, SENT, Verdict.REDIRECT),
    "307 leads elsewhere": (307, SENT, Verdict.REDIRECT),
    "308 leads elsewhere": (308, SENT, Verdict.REDIRECT),
    "300 offers a choice that nobody makes": (300, SENT, Verdict.REFUSAL),
    "204 brings nothing": (204, SENT, Verdict.REFUSAL),
    "206 brings a part": (206, SENT, Verdict.REFUSAL),
    "404 refuses": (404, SENT, Verdict.REFUSAL),
    "500 refuses": (500, SENT, Verdict.REFUSAL),
}


@pytest.mark.parametrize(
    ("status", "sent", "verdict"), VERDICTS.values(), ids=VERDICTS.keys()
)
def test_verdict(status: int, sent: Validators, verdict: Verdict) -> None:
    assert judge(make_head(status), sent=sent, failures=0) is verdict


REFUSED_VERSIONS: dict[str, tuple[AnswerHead, Validators, int, Verdict]] = {
    "400 may be about the version that was named": (
        make_head(400),
        SENT,
        0,
        Verdict.UNCONDITIONAL,
    ),
    "412 is about it": (make_head(412), SENT, 0, Verdict.UNCONDITIONAL),
    "431 may be about it": (make_head(431), SENT, 0, Verdict.UNCONDITIONAL),
    "400 to no version is about something else": (
        make_head(400),
        NO_VALIDATORS,
        0,
        Verdict.REFUSAL,
    ),
    "403 is about us": (make_head(403), SENT, 9, Verdict.REFUSAL),
    "an error of the server mostly passes": (make_head(500), SENT, 2, Verdict.REFUSAL),
    "one that lasts may be about the version": (
        make_head(500),
        SENT,
        3,
        Verdict.UNCONDITIONAL,
    ),
    "one that lasts without a version is about something else": (
        make_head(500),
        NO_VALIDATORS,
        3,
        Verdict.REFUSAL,
    ),
    "who says when to come again is obeyed": (
        make_head(503, retry_after="60"),
        SENT,
        3,
        Verdict.REFUSAL,
    ),
}


@pytest.mark.parametrize(
    ("head", "sent", "failures", "verdict"),
    REFUSED_VERSIONS.values(),
    ids=REFUSED_VERSIONS.keys(),
)
def test_a_refusal_after(
    head: AnswerHead, sent: Validators, failures: int, verdict: Verdict
) -> None:
    assert judge(head, sent=sent, failures=failures) is verdict


REFUSALS = {
    "401 asks for credentials": (401, FailureKind.HTTP_CLIENT, "NAME:PASSWORD"),
    "403 keeps us out": (403, FailureKind.HTTP_CLIENT, "403 Forbidden"),
    "404 may come back": (404, FailureKind.HTTP_CLIENT, "404 Not Found"),
    "410 is gone": (410, FailureKind.HTTP_CLIENT, "removed it for good"),
    "418 is told by its number": (418, FailureKind.HTTP_CLIENT, "in a browser"),
    "429 limits us": (429, FailureKind.RATE_LIMITED, "too often"),
    "500 is the server's": (500, FailureKind.HTTP_SERVER, "asked again later"),
    "a status without a name": (599, FailureKind.HTTP_SERVER, "answered 599."),
    "204 is no document": (204, FailureKind.NOT_A_FEED, "no document"),
    "300 is no document": (300, FailureKind.NOT_A_FEED, "no document"),
    "304 unasked is the server's": (304, FailureKind.HTTP_SERVER, "named no version"),
}


@pytest.mark.parametrize(
    ("status", "kind", "words"), REFUSALS.values(), ids=REFUSALS.keys()
)
def test_a_refusal_says_what_and_what_to_do(
    status: int, kind: FailureKind, words: str
) -> None:
    failed = refusal(make_head(status), now=NOW)

    assert (failed.kind, failed.status, failed.final_url) == (kind, status, FEED_URL)
    assert failed.detail.startswith(FEED_URL)
    assert words in failed.detail


@pytest.mark.parametrize("status", [429, 503, 404])
def test_a_refusal_keeps_how_long_to_stay_away(status: int) -> None:
    failed = refusal(make_head(status, retry_after="120"), now=NOW)

    assert failed.retry_after == timedelta(minutes=2)


def test_a_document_carries_what_came_with_it() -> None:
    head = make_head(
        content_type="text/xml; charset=utf-8",
        etag='W/"2"',
        last_modified="now",
        cache_control="max-age=60",
    )

    assert document(head, InMemory(FEED_BODY), SourceMemory(), now=NOW) == Fetched(
        content=InMemory(FEED_BODY),
        body_digest=DIGEST,
        status=200,
        final_url=FEED_URL,
        content_type="text/xml; charset=utf-8",
        validators=Validators(etag='W/"2"', last_modified="now"),
        max_age=timedelta(minutes=1),
    )


def test_the_body_of_last_time_is_not_modified_and_its_validators_are_new() -> None:
    memory = SourceMemory(validators=SENT, body_digest=DIGEST)

    outcome = document(
        make_head(etag='"2"', cache_control="max-age=60"),
        InMemory(FEED_BODY),
        memory,
        now=NOW,
    )

    assert outcome == NotModified(
        validators=Validators(etag='"2"'),
        body_digest=DIGEST,
        status=200,
        final_url=FEED_URL,
        max_age=timedelta(minutes=1),
    )


def test_a_304_keeps_the_stored_validators() -> None:
    memory = SourceMemory(validators=SENT, body_digest=DIGEST)

    assert unchanged(make_head(304), memory, now=NOW) == NotModified(
        validators=SENT, body_digest=DIGEST, status=304, final_url=FEED_URL
    )


def test_a_304_refreshes_the_validators_and_the_age_that_it_carries() -> None:
    memory = SourceMemory(validators=SENT, body_digest=DIGEST)

    outcome = unchanged(
        make_head(304, etag='"2"', cache_control="max-age=9"), memory, now=NOW
    )

    assert outcome.validators == replace(SENT, etag='"2"')
    assert outcome.max_age == timedelta(seconds=9)


def test_directives_in_two_headers_are_read_as_one_list() -> None:
    head = AnswerHead(
        url=FEED_URL,
        status=200,
        headers=(("cache-control", "public"), ("cache-control", "max-age=60")),
    )

    assert document(head, InMemory(b""), SourceMemory(), now=NOW).max_age == timedelta(
        minutes=1
    )


LOCATIONS = {
    "ASCII": ("/feed", "/feed"),
    "UTF-8 bytes": ("/\xd8\xb9", "/ع"),
    "bytes of another charset": ("/\xe9t\xe9", "/été"),
}


@pytest.mark.parametrize(("sent", "read"), LOCATIONS.values(), ids=LOCATIONS.keys())
def test_a_location_is_read_as(sent: str, read: str) -> None:
    assert location_of(make_head(302, location=sent)) == read


def test_a_redirect_without_location_has_none() -> None:
    assert location_of(make_head(302)) is None


FRESH: dict[str, tuple[dict[str, str], int | None]] = {
    "as Cache-Control says": ({"cache_control": "max-age=600"}, 600),
    "less what a cache has held it": (
        {"cache_control": "max-age=600", "age": "200"},
        400,
    ),
    "no longer, when a cache held it too long": (
        {"cache_control": "max-age=600", "age": "9000"},
        0,
    ),
    "as Expires says, counted from the server's own clock": (
        {
            "expires": "Sun, 22 Nov 2026 13:00:00 GMT",
            "date": "Sun, 22 Nov 2026 12:00:00 GMT",
        },
        3600,
    ),
    "as Expires says, less its age": (
        {"expires": "Mon, 23 Nov 2026 13:00:00 GMT", "age": "600"},
        3000,
    ),
    "as Cache-Control says, whatever Expires does": (
        {
            "cache_control": "public, max-age=60",
            "expires": "Mon, 23 Nov 2026 13:00:00 GMT",
        },
        60,
    ),
    "nobody says": ({"age": "5"}, None),
}


@pytest.mark.parametrize(("headers", "seconds"), FRESH.values(), ids=FRESH.keys())
def test_how_long_an_answer_stays_fresh(
    headers: dict[str, str], seconds: int | None
) -> None:
    expected = None if seconds is None else timedelta(seconds=seconds)

    fetched = document(
        make_head(200, **headers), InMemory(FEED_BODY), SourceMemory(), now=NOW
    )
    not_modified = unchanged(make_head(304, **headers), SourceMemory(), now=NOW)

    assert fetched.max_age == not_modified.max_age == expected


def test_a_document_of_new_entries_alone_says_so_and_brings_its_validators() -> None:
    head = make_head(226, etag='"2"', im="feed")
    memory = SourceMemory(validators=Validators(etag='"1"'), body_digest="0" * 64)

    outcome = document(head, InMemory(FEED_BODY), memory, now=NOW)

    assert isinstance(outcome, Fetched)
    assert outcome.status == 226
    assert outcome.validators == Validators(etag='"2"')


def test_a_304_that_does_not_say_how_long_leaves_it_as_it_was() -> None:
    memory = SourceMemory(max_age=timedelta(hours=6))

    assert unchanged(make_head(304), memory, now=NOW).max_age == timedelta(hours=6)
    silent = document(make_head(200), InMemory(FEED_BODY), memory, now=NOW)
    assert silent.max_age is None
