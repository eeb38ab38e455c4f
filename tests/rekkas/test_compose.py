from __future__ import annotations

from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from config.expression_parser import format_expression
from config.settings import Settings
from ingest.source import FeedAddress, SnapshotFile
from publish.documents import FeedIn
from publish.feed import FeedFormat
from publish.feed_name import topic_feed
from rekkas import compose, configured_sources
from store.digest import Rhythm
from store.identify.originals import DuplicateRules
from tests.publish.fakes import FakeArticles


def make_settings(**sources: dict[str, Any]) -> Settings:
    return Settings.model_validate({"sources": sources})


SETTINGS = make_settings(
    paper={
        "url": "https://user:secret@paper.example/feed",
        "title": "The Paper",
        "aliases": ["Paper"],
        "every": "30m",
        "full_text": True,
    },
    off={"url": "https://off.example/feed", "enabled": False},
    page={"kind": "snapshot", "path": "page.txt"},
)


def test_snapshots_are_polled_first_and_sources_switched_off_never() -> None:
    assert configured_sources.enabled_sources(SETTINGS) == ("page", "paper")


def test_snapshots_are_local() -> None:
    assert configured_sources.local_sources(SETTINGS) == {"page"}


def test_a_source_says_where_it_is_and_who_is_credited() -> None:
    sources = configured_sources.build_sources(SETTINGS)

    assert isinstance(sources["paper"].location, FeedAddress)
    assert isinstance(sources["page"].location, SnapshotFile)
    assert sources["page"].credits == {"The Paper": "paper", "Paper": "paper"}
    assert sources["paper"].credits == {}
    assert sources["off"].title == "off"
    assert [slug for slug in sources if sources[slug].full_text] == ["paper"]


def test_what_is_a_copy_is_said_for_all_sources_and_for_some() -> None:
    address = {"url": "https://paper.example/feed"}
    settings = Settings.model_validate(
        {
            "duplicates": {"threshold": 0.7, "prefer": ["paper"]},
            "sources": {
                "paper": address,
                "weather": {**address, "duplicates": "off"},
                "agency": {**address, "duplicates": {"threshold": 0.9}},
            },
        }
    )

    assert compose.build_duplicate_rules(settings) == DuplicateRules(
        threshold=0.7,
        by_source={"weather": None, "agency": 0.9},
        prefer=("paper",),
    )


def test_a_source_without_a_time_zone_writes_in_its_country_s() -> None:
    address = "https://paper.example/"
    settings = make_settings(
        paper={"url": address, "country": "DZ"},
        other={"url": address, "country": "DZ", "time_zone": "Europe/Paris"},
    )

    sources = configured_sources.build_sources(settings)

    assert sources["paper"].time_zone == ZoneInfo("Africa/Algiers")
    assert sources["other"].time_zone == ZoneInfo("Europe/Paris")


def test_a_text_may_be_in_any_configured_language() -> None:
    address = "https://paper.example/"
    settings = make_settings(
        paper={"url": address, "language": "pt"}, other={"url": address}
    )

    sources = configured_sources.build_sources(settings)

    assert sources["other"].languages == ("ar", "en", "es", "fr", "kab", "pt", "zgh")


def test_a_home_is_the_site_of_the_feed_without_credentials() -> None:
    homes = {name.slug: name.home for name in configured_sources.source_names(SETTINGS)}

    assert homes == {
        "paper": "https://paper.example/",
        "off": "https://off.example/",
        "page": None,
    }


POLICIES = {
    "a feed as configured": ("paper", timedelta(minutes=30)),
    "a feed by its rhythm": ("off", None),
    "a snapshot often, for it costs nobody": ("page", timedelta(minutes=10)),
}


@pytest.mark.parametrize("case", POLICIES.values(), ids=POLICIES.keys())
def test_policy(case: tuple[str, timedelta | None]) -> None:
    slug, every = case

    assert compose.policies(SETTINGS)[slug].every == every


ADDRESSES = {
    "the public address": (
        {"base_url": "https://news.example.org/feeds"},
        None,
        "https://news.example.org/feeds/",
    ),
    "the address it listens on": (
        {"listen": "127.0.0.1:8080"},
        None,
        "http://127.0.0.1:8080/",
    ),
    "the port it was given": (
        {"listen": "127.0.0.1:0"},
        4711,
        "http://127.0.0.1:4711/",
    ),
    "every address": ({"listen": "0.0.0.0:80"}, None, "http://localhost:80/"),
    "an IPv6 address": ({"listen": "[::1]:8080"}, None, "http://[::1]:8080/"),
}


@pytest.mark.parametrize("case", ADDRESSES.values(), ids=ADDRESSES.keys())
def test_feeds_name_themselves_by(
    case: tuple[dict[str, str], int | None, str],
) -> None:
    server, port, base = case
    settings = Settings.model_validate(
        {"server": server, "topics": {"x": {"title": "X", "match": "about:x"}}}
    )

    renderer = compose.build_renderer(settings, FakeArticles({}), port=port)

    feed = renderer.render(FeedIn(topic_feed("x"), FeedFormat.ATOM))
    assert feed is not None
    assert f'href="{base}topics/x.atom"'.encode() in feed.body


def test_searches_digests_and_former_names_become_rules() -> None:
    settings = Settings.model_validate(
        {
            "topics": {
                "x": {
                    "title": "X",
                    "match": "sun",
                    "digest": "weekly",
                    "formerly": ["w"],
                },
                "y": {"title": "Y", "match": "moon"},
            },
            "searches": {
                "x": "topic:x rain",
                "z": {"match": "snow", "languages": ["fr"]},
            },
        }
    )

    rules = compose.build_rules(settings)

    written = {log: format_expression(rule) for log, rule in rules.topics.items()}
    assert written == {
        "x": "sun",
        "y": "moon",
        "search/x": "sun AND rain",
        "search/z": "snow AND lang:fr",
    }
    assert rules.digests == {"x": Rhythm.WEEKLY}
    assert rules.formerly["x"] == ("w",)


def test_pages_and_sitemaps_may_want_the_text_of_their_articles() -> None:
    page = {"kind": "page", "url": "https://a.example/", "selectors": {"item": "li"}}
    sitemap = {"kind": "sitemap", "url": "https://a.example/sitemap.xml"}
    settings = make_settings(
        page=page | {"full_text": True},
        sitemap=sitemap | {"full_text": True},
        other=page,
    )

    sources = configured_sources.build_sources(settings)

    assert [slug for slug in sources if sources[slug].full_text] == ["page", "sitemap"]
