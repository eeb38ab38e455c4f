"""What the operator may say of a topic, and the expression that follows from it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from config.access_settings import AccessSettings
from config.expression import And, Clause, Expression, Form, Or
from config.expression import Field as Part
from config.expression_parser import parse_expression
from config.keep_settings import KeepSettings
from config.model import Model
from config.values import AwareTime, ContentChoice, Count, LanguageCode, Slug


def _none_is_title(value: Any) -> Any:
    """`none` of an article leaves its title, its link and its credit."""
    return ContentChoice.TITLE if value == "none" else value


def _midnight(value: Any) -> Any:
    """A day means its midnight in UTC, as it does behind `after:`."""
    if isinstance(value, datetime):
        return value
    if isinstance(value, str) and len(value) == len("2025-06-01"):
        return f"{value}T00:00:00Z"
    return f"{value.isoformat()}T00:00:00Z" if isinstance(value, date) else value


class MatchSettings(Model):
    """An expression over articles, and how the feed of what it holds is shown."""

    match: str = Field(description="The topic expression.")
    description: str | None = Field(
        default=None,
        max_length=1000,
        description="What subscribers read about it. Default: its title.",
    )
    languages: tuple[LanguageCode, ...] = Field(
        default=(), description="Only articles in one of these. Default: in any."
    )
    since: (
        Annotated[
            AwareTime,
            BeforeValidator(_midnight, json_schema_input_type=datetime | date),
        ]
        | None
    ) = Field(
        default=None,
        description="Only articles published, or else first seen, from this day or "
        "moment on.",
    )
    collapse: Literal["none", "duplicates", "stories"] = Field(
        default="duplicates",
        description="What shows once: copies of one text, articles of one story, or "
        "nothing.",
    )
    prefer: tuple[Slug, ...] = Field(
        default=(),
        description="Sources, best first, whose copy of a text is the one that shows. "
        "Default: the copy that was seen first.",
    )
    limit: Count | None = Field(
        default=None,
        ge=1,
        le=1000,
        description="Items in its feed. Default: `publish.limit`.",
    )
    access: AccessSettings | None = Field(
        default=None, description="Who may read it. Default: everybody."
    )
    content: (
        Annotated[
            ContentChoice,
            BeforeValidator(
                _none_is_title,
                json_schema_input_type=ContentChoice | Literal["none"],
            ),
        ]
        | None
    ) = Field(
        default=None,
        description="How much of each article the feed carries; none is title. "
        "Default: `publish.content`.",
    )


class TopicSettings(MatchSettings):
    """A named expression over articles; its topic feed is what a reader subscribes."""

    title: str = Field(
        min_length=1, max_length=200, description="What readers know the topic by."
    )
    formerly: tuple[Slug, ...] = Field(
        default=(),
        description="Names that the topic had before, the oldest first. Their "
        "addresses redirect to its own.",
    )
    keep: KeepSettings | None = Field(
        default=None,
        description="How long what the topic shows is kept, even where its sources "
        "keep it no longer.",
    )
    digest: Literal["daily", "weekly"] | None = Field(
        default=None,
        description="Also a feed of one item a day or a week, in UTC, that lists what "
        "the topic got in it.",
    )


def topic_expression(topic: MatchSettings) -> Expression:
    """What an article must be to belong: as it matches, in its languages, since then.

    Raises:
        ExpressionError: `match` is no expression.
    """
    matches = parse_expression(topic.match)
    bounds = [*_languages(topic), *_since(topic)]
    if not bounds:
        return matches
    parts = matches.parts if isinstance(matches, And) else (matches,)
    return And(parts=(*parts, *bounds))


def _languages(topic: MatchSettings) -> list[Expression]:
    spoken = tuple(_clause(Part.LANGUAGE, code) for code in topic.languages)
    if len(spoken) < 2:
        return list(spoken)
    return [Or(parts=spoken)]


def _since(topic: MatchSettings) -> list[Expression]:
    if topic.since is None:
        return []
    written = topic.since.isoformat().replace("+00:00", "Z")
    return [_clause(Part.AFTER, written, at=topic.since)]


def _clause(field: Part, value: str, at: datetime | None = None) -> Clause:
    return Clause(
        field=field,
        form=Form.WORD if at is None else Form.TIME,
        value=value,
        written=f"{field.value}:{value}",
        column=1,
        at=at,
    )
