from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlencode

import pytest

from publish.websub.intent import Intent, IntentRefusedError, Mode, read_intent
from publish.websub.lease import USUAL

TOPIC = "https://news.example.org/topics/mali.atom"
USUAL_FIELDS = {
    "hub.mode": "subscribe",
    "hub.topic": TOPIC,
    "hub.callback": "https://reader.example/callback?a=b",
}
HUSH = "hush"


def read(**changes: str) -> Intent:
    """The intent of the usual form with changes; `topic` is hub.topic, and so on."""
    fields = {f"hub.{name}": value for name, value in changes.items()}
    return read_intent(urlencode({**USUAL_FIELDS, **fields}).encode(), {TOPIC})


def test_an_intent_as_it_is_written() -> None:
    intent = read(mode="unsubscribe", secret=HUSH, lease_seconds="3600")

    assert intent == Intent(
        mode=Mode.UNSUBSCRIBE,
        topic=TOPIC,
        callback="https://reader.example/callback?a=b",
        lease=timedelta(hours=1),
        secret=HUSH,
    )


def test_what_need_not_be_said() -> None:
    intent = read(unknown="x")

    assert (intent.lease, intent.secret) == (USUAL, None)


def test_an_empty_secret_is_none() -> None:
    assert read(secret="").secret is None


def test_a_secret_of_199_bytes_is_kept() -> None:
    assert read(secret="x" * 199).secret == "x" * 199


def test_the_first_of_two_fields_of_one_name_counts() -> None:
    form = urlencode([*USUAL_FIELDS.items(), ("hub.mode", "unsubscribe")])

    assert read_intent(form.encode(), {TOPIC}).mode is Mode.SUBSCRIBE


def test_a_secret_is_in_no_text() -> None:
    assert HUSH not in repr(read(secret=HUSH))


def test_an_intent_goes_to_a_host_that_nobody_knows() -> None:
    intent = read(callback="https://reader.example:8443/callback")

    assert intent.name == (TOPIC, "https://reader.example:8443/callback")
    assert intent.origin == "reader.example:8443"
    assert intent.is_doubtful


REFUSED = {
    "an unknown mode": {"mode": "publish"},
    "a topic that is not ours": {"topic": "https://other.example/feed"},
    "a topic by another scheme": {"topic": TOPIC.replace("https", "http")},
    "no callback": {"callback": ""},
    "a file as callback": {"callback": "file:///etc/passwd"},
    "a callback without host": {"callback": "http:///x"},
    "a callback at port 0": {"callback": "http://reader.example:0/"},
    "a callback at no port": {"callback": "http://reader.example:99999/"},
    "half an IPv6 address as callback": {"callback": "http://[::1/"},
    "a callback with a name and password": {"callback": "http://a:b@reader.example/"},
    "a callback with a fragment": {"callback": "http://reader.example/#x"},
    "a callback of two lines": {"callback": "http://reader.example/\r\nX: y"},
    "a callback with a NUL": {"callback": "http://reader.example/\x00"},
    "a callback in letters beyond ASCII": {"callback": "http://reader.example/é"},
    "a callback of 10,000 characters": {"callback": f"http://r.example/{'a' * 9999}"},
    "a secret of 200 bytes": {"secret": "é" * 100},
    "a negative lease": {"lease_seconds": "-1"},
    "a lease in Arabic digits": {"lease_seconds": "١"},
    "a lease that is no number": {"lease_seconds": "soon"},
}


@pytest.mark.parametrize("changes", REFUSED.values(), ids=REFUSED.keys())
def test_what_is_refused_is_not_repeated(changes: dict[str, str]) -> None:
    with pytest.raises(IntentRefusedError) as refused:
        read(**changes)

    assert not any(value and value in str(refused.value) for value in changes.values())


FORMS = {
    "nothing": b"",
    "bytes that are no text": b"\xff\xfe",
    "percent signs that are no text": b"hub.mode=%ff",
    "five hundred fields": b"&".join([b"a=b"] * 500),
}


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS.keys())
def test_forms_that_are_refused(form: bytes) -> None:
    with pytest.raises(IntentRefusedError):
        read_intent(form, {TOPIC})
