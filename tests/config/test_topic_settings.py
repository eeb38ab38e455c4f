from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from pydantic import ValidationError

from config.expression_parser import format_expression
from config.topic_settings import TopicSettings, topic_expression
from config.values import ContentChoice


def make_topic(**changes: Any) -> TopicSettings:
    return TopicSettings.model_validate(
        {"title": "Mali", "match": "mali OR niger"} | changes
    )


EXPRESSIONS = {
    "what matches": ({}, "mali OR niger"),
    "in one language": ({"languages": ["fr"]}, "(mali OR niger) AND lang:fr"),
    "in one of several": (
        {"languages": ["fr", "ar"]},
        "(mali OR niger) AND (lang:fr OR lang:ar)",
    ),
    "since a day": (
        {"match": "mali niger", "since": "2025-06-01"},
        "mali AND niger AND after:2025-06-01T00:00:00Z",
    ),
    "since a moment": (
        {"match": "mali", "since": "2025-06-01T02:00:00+02:00"},
        "mali AND after:2025-06-01T00:00:00Z",
    ),
}


@pytest.mark.parametrize("case", EXPRESSIONS.values(), ids=EXPRESSIONS.keys())
def test_topic_expression(case: tuple[dict[str, Any], str]) -> None:
    changes, written = case

    assert format_expression(topic_expression(make_topic(**changes))) == written


def test_a_day_is_its_midnight_in_utc_however_yaml_reads_it() -> None:
    midnight = datetime(2025, 6, 1, tzinfo=UTC)

    assert make_topic(since="2025-06-01").since == midnight
    assert make_topic(since=date(2025, 6, 1)).since == midnight
    assert make_topic(since=midnight).since == midnight


@pytest.mark.parametrize("wrong", [7, "7d", "2025-06-31", datetime(2025, 6, 1)])  # noqa: DTZ001 - the mistake
def test_what_is_no_moment_is_refused(wrong: object) -> None:
    with pytest.raises(ValidationError):
        make_topic(since=wrong)


def test_a_feed_without_contents_has_titles_alone() -> None:
    assert make_topic(content="none").content is ContentChoice.TITLE
    assert make_topic(content="full").content is ContentChoice.FULL
    assert make_topic().content is None
