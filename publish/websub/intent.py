"""What a request to the hub asks for, and whether that can be had (WebSub, 5.1).

Decides from the form alone; whether the subscriber means it is `verification`'s.
"""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import dataclass, field
from datetime import timedelta
from enum import Enum
from urllib.parse import parse_qsl, urlsplit

from publish.websub.lease import choose_lease

_LONGEST_SECRET = 199  # bytes: it must be less than 200
_LONGEST_CALLBACK = 2048
_MOST_FIELDS = 50
_UNFIT = re.compile(r"[\x00-\x20\x7f-\U0010ffff\\<>\"]")


class Mode(Enum):
    """What is asked of the hub; the value is that of hub.mode."""

    SUBSCRIBE = "subscribe"
    UNSUBSCRIBE = "unsubscribe"


@dataclass(frozen=True, slots=True, kw_only=True)
class Intent:
    """That `callback` is to be told of the feed at `topic`, or no more.

    `secret` signs what is delivered, None where nobody gave one; it is in no text
    that is made of the intent.
    """

    mode: Mode
    topic: str
    callback: str
    lease: timedelta
    secret: str | None = field(repr=False)

    @property
    def name(self) -> tuple[str, str]:
        """What tells the subscription from all others."""
        return (self.topic, self.callback)

    @property
    def origin(self) -> str:
        """The host and port of the callback."""
        return urlsplit(self.callback).netloc

    @property
    def is_doubtful(self) -> bool:
        """Always: whether anybody is there is what is to be found out."""
        return True


class IntentRefusedError(Exception):
    """A request that the hub cannot do; the message tells the subscriber why."""


def read_intent(form: bytes, topics: Container[str]) -> Intent:
    """The intent in a form; what it says that the hub does not know is passed over.

    Raises:
        IntentRefusedError: it is incomplete, or asks for what is not to be had.
    """
    values = _read_form(form)
    mode = _mode(values.get("hub.mode"))
    topic = values.get("hub.topic", "")
    if topic not in topics:
        raise IntentRefusedError("hub.topic is to be the address of a feed of ours")
    return Intent(
        mode=mode,
        topic=topic,
        callback=_callback(values.get("hub.callback", "")),
        lease=_lease(values.get("hub.lease_seconds")),
        secret=_secret(values.get("hub.secret")),
    )


def _read_form(form: bytes) -> dict[str, str]:
    """The fields of a form, the first of each name."""
    try:
        fields = parse_qsl(
            form.decode("ascii"),
            keep_blank_values=True,
            errors="strict",
            max_num_fields=_MOST_FIELDS,
        )
    except ValueError as error:  # not ASCII, not UTF-8 within, or too many fields
        raise IntentRefusedError("that is no form of a subscriber") from error
    return dict(reversed(fields))


def _mode(value: str | None) -> Mode:
    try:
        return Mode(value)
    except ValueError:
        raise IntentRefusedError("hub.mode is to be subscribe or unsubscribe") from None


def _callback(url: str) -> str:
    if len(url) > _LONGEST_CALLBACK or _UNFIT.search(url) or not _is_web(url):
        raise IntentRefusedError("hub.callback is to be an address of the web")
    return url


def _is_web(url: str) -> bool:
    """Whether it is http or https, with a host, a real port, and nobody's name."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return False
    is_plain = parts.username is None and not parts.fragment
    return (
        parts.scheme in ("http", "https")
        and bool(parts.hostname)
        and port != 0
        and is_plain
    )


def _lease(wanted: str | None) -> timedelta:
    try:
        return choose_lease(wanted)
    except ValueError:
        raise IntentRefusedError(
            "hub.lease_seconds is to be a number of seconds"
        ) from None


def _secret(value: str | None) -> str | None:
    if value and len(value.encode()) > _LONGEST_SECRET:
        raise IntentRefusedError("hub.secret is to be less than 200 bytes")
    return value or None
