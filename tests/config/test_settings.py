from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from config.settings import (
    FetchSettings,
    ServerSettings,
    Settings,
)
from config.source_settings import FeedSource, SnapshotSource
from config.tag_settings import NameSettings, TagSettings
from config.values import format_duration, parse_duration

DURATIONS = {
    "seconds": ("90s", timedelta(seconds=90)),
    "minutes": ("15m", timedelta(minutes=15)),
    "hours with a space": ("2 h", timedelta(hours=2)),
    "days": ("7d", timedelta(days=7)),
    "weeks": (" 1w ", timedelta(weeks=1)),
}


@pytest.mark.parametrize(("text", "span"), DURATIONS.values(), ids=DURATIONS.keys())
def test_a_duration_is_read(text: str, span: timedelta) -> None:
    assert parse_duration(text) == span
    assert parse_duration(span) == span


NO_DURATIONS: dict[str, object] = {
    "a bare number": 90,
    "a number without its unit": "90",
    "a unit nobody knows": "3y",
    "less than nothing": "-3s",
    "a fraction": "1.5h",
    "longer than any calendar": "99999999999w",
}


@pytest.mark.parametrize("value", NO_DURATIONS.values(), ids=NO_DURATIONS.keys())
def test_what_is_no_duration_is_refused(value: object) -> None:
    with pytest.raises(ValueError, match="duration"):
        parse_duration(value)


SHORTEST = {
    "whole weeks": (timedelta(days=14), "2w"),
    "whole days": (timedelta(hours=48), "2d"),
    "whole minutes": (timedelta(seconds=120), "2m"),
    "no time at all": (timedelta(0), "0s"),
    "seconds": (timedelta(seconds=61), "61s"),
}


@pytest.mark.parametrize(("span", "text"), SHORTEST.values(), ids=SHORTEST.keys())
def test_a_duration_is_written_shortly(span: timedelta, text: str) -> None:
    assert format_duration(span) == text


NO_ADDRESSES = {
    "another scheme": "ftp://a.example/",
    "no host": "https:///feed",
    "port nought": "http://a.example:0/",
    "a port beyond the last": "http://a.example:70000/",
    "a bracket never closed": "http://[::1/",
    "a space": "http://a.example/a b",
    "no address": "feed",
}


@pytest.mark.parametrize("url", NO_ADDRESSES.values(), ids=NO_ADDRESSES.keys())
def test_what_is_no_address_is_refused_without_being_repeated(url: str) -> None:
    with pytest.raises(ValidationError) as caught:
        FeedSource(url=url)

    (error,) = caught.value.errors()
    assert url not in error["msg"]


def test_a_base_address_ends_in_a_slash() -> None:
    with_path = ServerSettings(base_url="https://a.example/news")

    assert with_path.base_url == "https://a.example/news/"
    assert (
        ServerSettings(base_url="https://a.example/").base_url == "https://a.example/"
    )


def test_spaces_around_the_folders_of_a_category_do_not_count() -> None:
    source = FeedSource(url="http://a.example/", categories=(" News / Mali",))

    assert source.categories == ("News/Mali",)


REFUSED: dict[str, tuple[type[Any], dict[str, object]]] = {
    "a base address with a query": (ServerSettings, {"base_url": "http://a/?b"}),
    "a base address with a fragment": (ServerSettings, {"base_url": "http://a/#b"}),
    "a port alone": (ServerSettings, {"listen": "8080"}),
    "a host alone": (ServerSettings, {"listen": "localhost:"}),
    "a port that is no number": (ServerSettings, {"listen": "localhost:http"}),
    "a port out of range": (ServerSettings, {"listen": "localhost:65536"}),
    "a category with a comma": (
        FeedSource,
        {"url": "http://a.example/", "categories": ["News, Sport"]},
    ),
    "a category without a name": (
        FeedSource,
        {"url": "http://a.example/", "categories": ["News//Mali"]},
    ),
    "six candidates": (
        FeedSource,
        {
            "url": "http://a.example/",
            "candidates": [f"http://a.example/{number}" for number in range(6)],
        },
    ),
    "a host's treatment with a port": (
        FetchSettings,
        {"hosts": {"a.example:8080": {"daily_budget": 9}}},
    ),
    "a budget of nothing": (
        FetchSettings,
        {"hosts": {"a.example": {"daily_budget": 0}}},
    ),
    "a scope that is none": (FetchSettings, {"retry_after_scope": "country"}),
    "yes for a number": (FetchSettings, {"concurrency": True}),
    "a moment without its zone": (
        SnapshotSource,
        {"kind": "snapshot", "path": "x", "captured_at": "2025-06-22T12:00:00"},
    ),
    "a number for a moment": (
        SnapshotSource,
        {"kind": "snapshot", "path": "x", "captured_at": 20250622},
    ),
}


@pytest.mark.parametrize(("model", "values"), REFUSED.values(), ids=REFUSED.keys())
def test_what_does_not_fit_is_refused(
    model: type[Any], values: dict[str, object]
) -> None:
    with pytest.raises(ValidationError):
        model.model_validate(values)


@pytest.mark.parametrize("listen", ["127.0.0.1:8080", "[::1]:0", "localhost:65535"])
def test_addresses_to_listen_on(listen: str) -> None:
    assert ServerSettings(listen=listen).listen == listen


def test_a_host_is_known_by_any_spelling_of_its_name() -> None:
    fetch = FetchSettings.model_validate(
        {"hosts": {"News.Example.": {"daily_budget": 9}}}
    )

    assert list(fetch.hosts) == ["news.example"]


def test_moments_are_in_utc() -> None:
    source = SnapshotSource.model_validate(
        {"kind": "snapshot", "path": "x", "captured_at": "2025-06-22T14:00:00+02:00"}
    )

    assert source.captured_at == datetime(2025, 6, 22, 12, tzinfo=UTC)
    assert source.captured_at.tzinfo is UTC


def test_a_source_is_a_feed_unless_it_says_otherwise() -> None:
    settings = Settings.model_validate(
        {
            "sources": {
                "a": {"url": "http://a.example/"},
                "b": {"kind": "snapshot", "path": "b.txt"},
                "c": FeedSource(url="http://c.example/"),
            }
        }
    )

    assert settings.sources == {
        "a": FeedSource(url="http://a.example/"),
        "b": SnapshotSource(kind="snapshot", path=Path("b.txt")),
        "c": FeedSource(url="http://c.example/"),
    }


def test_a_name_may_be_text_alone() -> None:
    tag = TagSettings.model_validate(
        {
            "title": "Mali",
            "kind": "place",
            "names": {"en": ["Mali", {"name": "Gao", "near": "region"}]},
        }
    )

    assert tag.names["en"] == (
        NameSettings(name="Mali"),
        NameSettings(name="Gao", near="region"),
    )
