import json
import string
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.errors import ConfigError, Problem
from config.load import load_settings
from config.settings import Settings
from config.values import format_duration, parse_duration
from config.yaml_tree.reader import read_yaml

pytestmark = pytest.mark.property

slugs = st.from_regex(r"[a-z0-9-]{1,64}", fullmatch=True)
languages = st.sampled_from(["en", "fr", "ar", "no", "ber"])
titles = st.text(string.ascii_letters + " :#&*!'\"éال", min_size=1, max_size=40)
phrases = titles.map("No {}".format)
spans = st.integers(0, 10**7).map(lambda seconds: timedelta(seconds=seconds))
texts = st.none() | titles
common = {
    "title": texts,
    "language": st.none() | languages,
    "country": st.none() | st.sampled_from(["MA", "NO"]),
    "enabled": st.booleans(),
    "confidence": st.none() | st.sampled_from("ABCD"),
    "aliases": st.lists(titles, max_size=2),
    "every": st.just("adaptive") | spans.map(format_duration),
}
snapshots = st.fixed_dictionaries(
    {"kind": st.just("snapshot"), "path": slugs.map("/saved/{}.txt".format)},
    optional={
        **common,
        "captured_at": st.none() | st.just("2025-06-22T12:00:00Z"),
    },
)
feeds = st.fixed_dictionaries(
    {"url": slugs.map("https://a.example/{}".format)}, optional=common
)


@st.composite
def configurations(draw: st.DrawFn) -> dict[str, Any]:
    feed_slugs = draw(st.lists(slugs, max_size=4, unique=True))
    sources: dict[str, Any] = {slug: draw(feeds) for slug in feed_slugs}
    for at, source in enumerate(sources.values()):
        source["url"] += f"/{at}"
    sources |= draw(st.dictionaries(slugs, snapshots, max_size=2))
    names = draw(
        st.lists(st.text(string.ascii_lowercase, min_size=3, max_size=200), unique=True)
    )
    tag_slugs = draw(st.lists(slugs, min_size=1, max_size=4, unique=True))
    if sources:
        first = sources[min(sources)]
        first["category_tags"] = draw(
            st.dictionaries(titles, st.sampled_from(tag_slugs), max_size=2)
        )
    tags: dict[str, Any] = {
        slug: {
            "title": draw(titles),
            "kind": draw(st.sampled_from(["place", "organisation", "theme"])),
            "names": {draw(languages): names[at :: len(tag_slugs)]},
            "not": draw(st.lists(phrases, max_size=2)),
        }
        for at, slug in enumerate(tag_slugs)
    }
    topics = {
        slug: {
            "title": f"Topic {at}",
            "match": f"about:{draw(st.sampled_from(tag_slugs))}",
        }
        for at, slug in enumerate(draw(st.lists(slugs, max_size=3, unique=True)))
    }
    return {
        "storage": {"url": "sqlite:////var/lib/rekkas.db"},
        "server": {"base_url": draw(st.none() | st.just("https://news.example/"))},
        "fetch": {"deadline": format_duration(draw(spans))},
        "publish": {"limit": draw(st.integers(1, 1000))},
        "sources": sources,
        "tags": tags,
        "topics": topics,
    }


def loaded(data: object) -> Settings:
    """The settings of a file; JSON is YAML too."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "rekkas.yaml"
        path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
        return load_settings(path, environ={}).settings


@given(configurations())
def test_settings_survive_dump_and_load(data: dict[str, Any]) -> None:
    settings = loaded(data)

    assert loaded(settings.model_dump(mode="json", by_alias=True)) == settings


@given(spans)
def test_durations_survive_being_written(span: timedelta) -> None:
    assert parse_duration(format_duration(span)) == span


pieces = st.sampled_from(
    ["sources:", "topics:", "\n", "\n  ", " ", "a:", "{", "}", "[", "]", "- ", "&x ",
     "*x", "!t ", "<<:", "'", '"', "|", "no", "12", "${X}", "#", "\t", "match:", "?",
     "---\n", "url: http://a/", "kind: snapshot", "title: A", "about:b", ","]
)  # fmt: skip


@given(st.text(max_size=80) | st.lists(pieces, max_size=30).map("".join))
def test_any_text_is_data_or_problems(text: str) -> None:
    file = read_yaml(text.encode(errors="replace").decode(), file="f", environ={})

    assert isinstance(file.data, dict)
    assert file.is_whole or file.problems
    assert all(one.line and one.column for one in file.problems)


@given(st.lists(pieces, max_size=30).map("".join))
def test_any_configuration_gives_settings_or_problems_with_a_place(text: str) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "rekkas.yaml"
        path.write_text(text, encoding="utf-8")
        problems: tuple[Problem, ...] = ()
        try:
            load_settings(path, environ={"X": "x"})
        except ConfigError as error:
            problems = error.problems

    assert all(one.message and one.line and one.column for one in problems)
