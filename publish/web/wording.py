"""How pages say things: dates with their precision, languages, quotations.

Words only; what is said is decided by the views.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

from store.article import Precision

_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August"),
    *("September", "October", "November", "December"),
)
_LANGUAGES = {
    "ar": "Arabic",
    "ber": "Tamazight",
    "de": "German",
    "en": "English",
    "es": "Spanish",
    "fr": "French",
    "it": "Italian",
    "kab": "Kabyle",
    "nl": "Dutch",
    "pt": "Portuguese",
    "tzm": "Tamazight",
    "zgh": "Tamazight",
}
_RIGHT_TO_LEFT = frozenset({"ar", "arc", "dv", "fa", "he", "ku", "ps", "ur", "yi"})
_CONTEXT = 45  # characters on each side of a quoted hit: about half a line each


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """A hit with the words around it; an ellipsis marks where text was left out."""

    before: str
    hit: str
    after: str


def say_time(moment: datetime) -> str:
    """A moment to the minute, in UTC."""
    return f"{say_day(moment)}, {moment.astimezone(UTC):%H:%M} UTC"


def say_date(
    published_at: datetime | None,
    precision: Precision | None,
    *,
    first_seen_at: datetime,
) -> str:
    """The publisher's date no more exactly than it is known, or that there is none."""
    if published_at is None:
        return f"No date given by the publisher; first seen {say_time(first_seen_at)}"
    match precision:
        case Precision.YEAR:
            return f"{published_at:%Y}"
        case Precision.MONTH:
            return _say_month(published_at.astimezone(UTC))
        case Precision.DAY:
            return say_day(published_at)
        case _:
            return say_time(published_at)


def say_language(code: str) -> str:
    """The English name of a language, or its code."""
    return _LANGUAGES.get(_primary(code), code)


def text_direction(language: str | None) -> str:
    """The HTML `dir` of a text: from its language, else left to the browser."""
    if language is None:
        return "auto"
    return "rtl" if _primary(language) in _RIGHT_TO_LEFT else "ltr"


def quote(text: str, start: int, end: int) -> Quote:
    """The characters from start to end with whole words of context on both sides."""
    before = text[max(start - _CONTEXT, 0) : start]
    after = text[end : end + _CONTEXT]
    if start > _CONTEXT:
        before = "…" + before.partition(" ")[2]
    if end + _CONTEXT < len(text):
        after = after.rpartition(" ")[0] + "…"
    return Quote(before=before, hit=text[start:end], after=after)


def _primary(language: str) -> str:
    return language.partition("-")[0].lower()


def say_day(day: date) -> str:
    """A day, of a moment that in UTC."""
    local = day.astimezone(UTC) if isinstance(day, datetime) else day
    return f"{local.day} {_say_month(local)}"


def _say_month(day: date) -> str:
    return f"{_MONTHS[day.month - 1]} {day.year}"


def say_count(number: int, what: str) -> str:
    """A number of things, such as `1 article` and `2,000 articles`."""
    return f"{number:,} {what}" if number == 1 else f"{number:,} {what}s"
