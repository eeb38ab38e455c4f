from ingest.fetch.outcome import NO_VALIDATORS, Validators
from ingest.fetch.redirects import Target, target_of
from ingest.fetch.request import (
    SourceMemory,
    request_headers,
    validators_for,
)

SOURCE = target_of("https://a.example/feed")
MOVED = target_of("https://b.example/feed")
STORED = Validators(etag='"1"', last_modified="yesterday")


def test_validators_without_an_owner_belong_to_the_source() -> None:
    memory = SourceMemory(validators=STORED)

    assert validators_for(SOURCE, SOURCE, memory) == STORED
    assert validators_for(MOVED, SOURCE, memory) == NO_VALIDATORS


def test_validators_are_for_the_address_that_sent_them() -> None:
    memory = SourceMemory(validators=STORED, validators_url=MOVED.url)

    assert validators_for(SOURCE, SOURCE, memory) == NO_VALIDATORS
    assert validators_for(MOVED, SOURCE, memory) == STORED


def test_a_first_request_is_unconditional() -> None:
    validators = validators_for(SOURCE, SOURCE, SourceMemory())

    assert request_headers(SOURCE, validators) == []


def test_validators_and_credentials_are_sent_byte_for_byte() -> None:
    validators = Validators(etag='W/"\xe9"', last_modified="Mon,  23 nov")
    target = Target(url="https://a.example/", authorization="Basic eDp5")

    assert request_headers(target, validators) == [
        (b"If-None-Match", b'W/"\xe9"'),
        (b"A-IM", b"feed"),
        (b"If-Modified-Since", b"Mon,  23 nov"),
        (b"Authorization", b"Basic eDp5"),
    ]
