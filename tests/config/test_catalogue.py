import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from config.expression import Field
from config.expression_parser import each_clause, parse_expression
from config.load import CATALOGUE, load_settings
from config.settings import (
    Settings,
)
from config.source_settings import (
    FeedSource,
    SnapshotSource,
    SourceSettings,
)

SHIPPED = CATALOGUE / "snapshots" / "daily8.txt"
ORIGINAL = Path(__file__).parents[2].parent / "shared" / "seeds" / "daily8-snapshot.txt"
# Bodies are retold; everything else of the page is kept as it was.
RETOLD_LINES = {*range(3, 20), 23, 33, 40, 47}
SHINGLE = 6
RESTRICTED = ("lemonde.fr", "theguardian.com", "aljazeera.")


@cache
def shipped() -> Settings:
    return load_settings(None, environ={}).settings


def enabled() -> dict[str, SourceSettings]:
    return {slug: it for slug, it in shipped().sources.items() if it.enabled}


def test_the_default_needs_no_file_of_the_operator() -> None:
    assert set(shipped().topics) >= {"western-sahara", "mali-algeria", "tunisia"}


def test_the_vocabulary_has_its_64_tags() -> None:
    kinds = Counter(tag.kind.value for tag in shipped().tags.values())

    assert kinds == {"place": 17, "organisation": 18, "person": 15, "theme": 14}


def test_every_tag_has_names_in_english_or_in_arabic() -> None:
    assert all({"en", "ar"} & set(tag.names) for tag in shipped().tags.values())


def test_every_tag_has_an_arabic_name() -> None:
    assert [slug for slug, tag in shipped().tags.items() if "ar" not in tag.names] == []


def test_bare_mali_in_arabic_is_never_a_firm_name() -> None:
    for tag in shipped().tags.values():
        for name in tag.names.get("ar", ()):
            assert name.name != "مالي" or name.near


def test_contexts_name_tags_that_exist_and_regions_that_are_given() -> None:
    for tag in shipped().tags.values():
        for name in (name for names in tag.names.values() for name in names):
            if name.near == "region":
                assert tag.region is not None
            else:
                assert set(name.near) <= set(shipped().tags)


def test_there_are_twelve_topics_and_each_names_tags_that_exist() -> None:
    assert len(shipped().topics) == 12
    for topic in shipped().topics.values():
        assert topic.description
        for clause in each_clause(parse_expression(topic.match)):
            assert clause.field in (Field.ABOUT, Field.MENTIONS)
            assert clause.value in shipped().tags


def test_the_snapshot_is_a_source_with_its_moment() -> None:
    snapshot = shipped().sources["daily8"]

    assert isinstance(snapshot, SnapshotSource)
    assert snapshot.path == SHIPPED
    assert snapshot.captured_at is not None
    assert snapshot.captured_at.isoformat() == "2025-06-22T12:00:00+00:00"


def test_a_dozen_feeds_are_enabled() -> None:
    feeds = {slug for slug, it in enabled().items() if isinstance(it, FeedSource)}

    assert len(feeds) == 12
    assert {"yabiladi", "morocco-world-news"} <= feeds


def test_the_enabled_feeds_spread_over_countries_and_languages() -> None:
    assert {it.language for it in enabled().values()} == {"en", "fr", "ar"}
    assert len({it.country for it in enabled().values() if it.country}) >= 6


def test_no_enabled_feed_is_of_a_publisher_that_restricts_reuse() -> None:
    for source in enabled().values():
        if isinstance(source, FeedSource):
            assert not any(host in source.url for host in RESTRICTED)


def test_every_feed_says_how_well_its_address_is_known() -> None:
    for source in shipped().sources.values():
        if isinstance(source, FeedSource):
            assert source.confidence in ("A", "B", "C")
            assert source.home is not None
            assert source.title is not None


def test_only_one_enabled_feed_is_of_confidence_c() -> None:
    unsure = [slug for slug, it in enabled().items() if it.confidence == "C"]

    assert unsure == ["morocco-world-news"]


def test_no_address_is_listed_twice() -> None:
    addresses = [
        url
        for it in shipped().sources.values()
        if isinstance(it, FeedSource)
        for url in (it.url, *it.candidates)
    ]

    assert len(set(addresses)) == len(addresses)


def test_addresses_on_which_lists_disagree_are_candidates() -> None:
    source = shipped().sources["yabiladi"]

    assert isinstance(source, FeedSource)
    assert source.candidates == (
        "https://www.yabiladi.com/rss",
        "http://www.yabiladi.com/rss/?url=rubrik/",
    )


def test_no_name_of_a_source_is_the_name_of_another() -> None:
    names = [
        name.casefold()
        for source in shipped().sources.values()
        for name in {source.title or "", *source.aliases}
    ]

    assert [name for name, count in Counter(names).items() if count > 1] == []


def test_a_card_of_the_aggregator_finds_its_source() -> None:
    assert "Morocco World" in shipped().sources["morocco-world-news"].aliases
    assert shipped().sources["yabiladi"].title == "Ya Biladi"


@pytest.mark.parametrize("name", ["default", "maghreb", "tags", "topics"])
def test_each_file_says_first_what_it_is(name: str) -> None:
    assert (CATALOGUE / f"{name}.yaml").read_text(encoding="utf-8").startswith("# ")


def lines(path: Path) -> list[str]:
    if not path.exists():
        pytest.skip("the original page is not on this machine")
    return path.read_text(encoding="utf-8").split("\n")


def test_the_snapshot_keeps_the_layout_of_the_page() -> None:
    shipped_lines = lines(SHIPPED)

    assert shipped_lines[0] == ""
    assert len(shipped_lines) == 47
    assert shipped_lines[-1] != ""


def test_the_snapshot_keeps_sources_times_and_headlines() -> None:
    pairs = zip(lines(SHIPPED), lines(ORIGINAL), strict=True)
    changed = {at for at, (ours, theirs) in enumerate(pairs, start=1) if ours != theirs}

    assert changed == RETOLD_LINES


def shingles(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.casefold())
    return {tuple(words[at : at + SHINGLE]) for at in range(len(words) - SHINGLE + 1)}


def test_the_snapshot_retells_its_bodies_in_words_of_our_own() -> None:
    original = shingles("\n".join(lines(ORIGINAL)))
    retold = "\n".join(lines(SHIPPED)[at - 1] for at in sorted(RETOLD_LINES))

    assert shingles(retold) & original == set()
