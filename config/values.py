"""The kinds of single values in the operator's file: durations, addresses, names.

Says how each is written and what is wrong with one that is not; which key holds which,
and what it is by default, is `settings`.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from enum import Enum
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    PlainSerializer,
    WithJsonSchema,
)

from config.hosts import split_host
from config.selectors import LONGEST_SELECTOR, check_css, check_selector

SLUG_PATTERN = r"^[a-z0-9-]{1,64}$"
LANGUAGE_PATTERN = r"^[a-z]{2,3}$"
COUNTRY_PATTERN = r"^[A-Z]{2}$"
_UNIT_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800}
_DURATION = re.compile(r"(\d+)\s*([smhdw])")


def parse_duration(value: object) -> timedelta:
    """The span that `90s`, `15m`, `2h`, `7d` or `1w` names.

    Raises:
        ValueError: the text is not a number followed by one of these units.
    """
    if isinstance(value, timedelta):
        return value
    match = _DURATION.fullmatch(value.strip()) if isinstance(value, str) else None
    if match is None:
        raise ValueError("write a duration with its unit, such as 90s, 15m, 2h or 7d")
    try:
        return timedelta(seconds=int(match[1]) * _UNIT_SECONDS[match[2]])
    except OverflowError:
        raise ValueError("this duration is longer than any calendar") from None


def format_duration(value: timedelta) -> str:
    """The shortest text that `parse_duration` reads as this span."""
    seconds = int(value.total_seconds())
    for unit in ("w", "d", "h", "m"):
        if seconds and seconds % _UNIT_SECONDS[unit] == 0:
            return f"{seconds // _UNIT_SECONDS[unit]}{unit}"
    return f"{seconds}s"


def check_http_url(value: str) -> str:
    """The address, where it is one of the web.

    Raises:
        ValueError: it is none; the message says what to write.
    """
    try:
        parts = urlsplit(value)
        port_is_sane = parts.port is None or parts.port > 0
    except ValueError:
        raise ValueError("this is no address: look at its [ ] and its port") from None
    if parts.scheme not in ("http", "https") or not parts.hostname or not port_is_sane:
        raise ValueError("write an address that starts with http:// or https://")
    if parts.hostname != parts.hostname.strip() or re.search(r"\s", value):
        raise ValueError("an address has no spaces; write %20 where one is meant")
    return value


def _check_base_url(value: str) -> str:
    parts = urlsplit(check_http_url(value))
    if parts.query or parts.fragment:
        raise ValueError("a base address has neither ? nor #")
    return value if value.endswith("/") else value + "/"


def _check_category(value: str) -> str:
    # OPML separates categories by commas.
    if "," in value or not all(name.strip() for name in value.split("/")):
        raise ValueError("write a folder, such as News or News/Maghreb, without commas")
    return "/".join(name.strip() for name in value.split("/"))


def _check_listen(value: str) -> str:
    host, colon, port = value.rpartition(":")
    if not (colon and host and port.isascii() and port.isdigit()):
        raise ValueError("write HOST:PORT, such as 127.0.0.1:8080 or [::1]:8080")
    if int(port) > 65535:
        raise ValueError("a port is a number from 0 (any free one) to 65535")
    return value


def _check_host(value: str) -> str:
    split_host(value)
    return value


def _check_host_name(value: str) -> str:
    host, port = split_host(value)
    if port is not None:
        raise ValueError("write the host alone, such as news.example, without a port")
    return host


def _refuse_number(value: object) -> object:
    if isinstance(value, int | float):
        # Else a number would count as seconds since 1970.
        raise ValueError("write a moment, such as 2025-06-22T12:00:00Z")  # noqa: TRY004  # pydantic collects ValueError only
    return value


def _refuse_truth(value: object) -> object:
    if isinstance(value, bool):
        # Else `yes` would count as 1.
        raise ValueError("write a whole number")  # noqa: TRY004  # same
    return value


def _check_aware(value: datetime) -> datetime:
    if value.tzinfo is None:
        raise ValueError("write the time zone too, such as 2025-06-22T12:00:00Z")
    return value.astimezone(UTC)


class ContentChoice(Enum):
    """How much of an article a topic feed carries."""

    TITLE = "title"
    EXCERPT = "excerpt"
    FULL = "full"


class RetryAfterScope(Enum):
    """Who is left alone when an answer asks for it: the feed, its host, its domain."""

    FEED = "feed"
    HOST = "host"
    DOMAIN = "domain"


class RobotsScope(Enum):
    """What is asked for only where its host's robots.txt allows it.

    `none` is written so because YAML reads `off` as a truth value.
    """

    PAGES = "pages"
    ALL = "all"
    NONE = "none"


class TagKind(Enum):
    """What a tag stands for.

    Names of themes are common words and count only in their own language; the names
    of places, organisations and people count in every language.
    """

    PLACE = "place"
    ORGANISATION = "organisation"
    PERSON = "person"
    THEME = "theme"


Slug = Annotated[str, Field(pattern=SLUG_PATTERN)]
HttpUrl = Annotated[
    str,
    AfterValidator(check_http_url),
    WithJsonSchema({"type": "string", "format": "uri", "pattern": "^https?://"}),
]
BaseUrl = Annotated[str, AfterValidator(_check_base_url)]
Listen = Annotated[str, AfterValidator(_check_listen)]
AllowedHost = Annotated[str, AfterValidator(_check_host)]
Duration = Annotated[
    timedelta,
    BeforeValidator(parse_duration),
    PlainSerializer(format_duration),
    WithJsonSchema({"type": "string", "pattern": r"^\d+\s*[smhdw]$"}),
]
Category = Annotated[str, Field(max_length=200), AfterValidator(_check_category)]
LanguageCode = Annotated[str, Field(pattern=LANGUAGE_PATTERN)]
AwareTime = Annotated[
    datetime, BeforeValidator(_refuse_number), AfterValidator(_check_aware)
]
Count = Annotated[int, BeforeValidator(_refuse_truth)]
_SelectorText = Annotated[str, Field(min_length=1, max_length=LONGEST_SELECTOR)]
CssSelector = Annotated[_SelectorText, AfterValidator(check_css)]
PartSelector = Annotated[_SelectorText, AfterValidator(check_selector)]
PathStart = Annotated[str, Field(pattern=r"^/", max_length=500)]
DailyBudget = Annotated[Count, Field(ge=1, le=1_000_000)]
HostName = Annotated[str, AfterValidator(_check_host_name)]
