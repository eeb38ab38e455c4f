"""What a new configuration changes."""

from __future__ import annotations

from typing import Any

import pytest

from config.difference import Changed, compare, keep_until_restart
from config.settings import Settings

BEFORE: dict[str, Any] = {
    "sources": {
        "paper": {"url": "https://paper.example/feed"},
        "radio": {"url": "https://radio.example/feed"},
    },
    "topics": {"mali": {"title": "Mali", "match": "mali"}},
}

CHANGES: dict[str, tuple[dict[str, Any], dict[str, Changed], tuple[str, ...]]] = {
    "nothing": ({}, {}, ()),
    "an include that brings nothing": ({"include": ["more.yaml"]}, {}, ()),
    "a source more": (
        {"sources": {**BEFORE["sources"], "tv": {"url": "https://tv.example/"}}},
        {"sources": Changed(added=("tv",))},
        (),
    ),
    "one source in place of another, one switched off": (
        {
            "sources": {
                "paper": {"url": "https://paper.example/feed", "enabled": False},
                "tv": {"url": "https://tv.example/"},
            }
        },
        {"sources": Changed(added=("tv",), changed=("paper",), removed=("radio",))},
        (),
    ),
    "a topic's expression": (
        {"topics": {"mali": {"title": "Mali", "match": "mali OR bamako"}}},
        {"topics": Changed(changed=("mali",))},
        (),
    ),
    "a tag": (
        {"tags": {"mali": {"title": "M", "kind": "place", "names": {"en": ["Mali"]}}}},
        {"tags": Changed(added=("mali",))},
        (),
    ),
    "other keys, at any depth": (
        {"fetch": {"deadline": "20s", "per_host": {"spacing": "5s"}}},
        {},
        ("fetch.deadline", "fetch.per_host.spacing"),
    ),
}


def settings(changes: dict[str, Any]) -> Settings:
    return Settings.model_validate(BEFORE | changes)


@pytest.mark.parametrize("case", CHANGES.values(), ids=CHANGES)
def test_what_is_other_is_named(
    case: tuple[dict[str, Any], dict[str, Changed], tuple[str, ...]],
) -> None:
    changes, sections, keys = case

    difference = compare(settings({}), settings(changes))

    assert difference.sections == sections
    assert difference.keys == keys
    assert difference.at_restart == ()
    assert bool(difference) == bool(sections or keys)


def test_what_a_running_service_cannot_take_over_waits_for_its_restart() -> None:
    old = settings({"storage": {"url": "sqlite:///old.db"}})
    new = settings(
        {
            "storage": {"url": "sqlite:///new.db"},
            "server": {
                "listen": "127.0.0.1:1",
                "admin_listen": None,
                "base_url": "https://news.example/",
            },
            "fetch": {"reading": {"workers": 4}, "deadline": "20s"},
        }
    )

    kept = keep_until_restart(old, new)

    assert compare(old, new).at_restart == (
        "fetch.reading.workers",
        "server.admin_listen",
        "server.listen",
        "storage.url",
    )
    assert compare(old, kept).keys == ("fetch.deadline", "server.base_url")
