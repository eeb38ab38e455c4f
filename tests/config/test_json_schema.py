from typing import Any

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]  # no stubs

from config.json_schema import settings_schema

FEED = {"url": "https://a.example/feed"}

GOOD: dict[str, dict[str, Any]] = {
    "a topic since a day": {
        "topics": {"a": {"title": "A", "match": "mali", "since": "2025-06-01"}}
    },
    "nothing": {},
    "a feed": {"sources": {"a": {**FEED, "every": "2h", "language": "fr"}}},
    "a feed with the text of its pages": {
        "sources": {"a": {**FEED, "full_text": True}}
    },
    "an adaptive feed": {
        "sources": {"a": {**FEED, "kind": "feed", "every": "adaptive"}}
    },
    "a snapshot": {
        "sources": {
            "a": {
                "kind": "snapshot",
                "path": "a.txt",
                "captured_at": "2025-06-22T12:00:00Z",
            }
        }
    },
    "a tag with names of every form": {
        "tags": {
            "a": {
                "title": "A",
                "kind": "place",
                "names": {"en": ["Aa", {"name": "Bb", "near": "region"}]},
                "not": ["Aa Delta"],
            }
        }
    },
    "a topic": {"topics": {"a": {"title": "A", "match": "x", "content": "full"}}},
    "spans and bounds": {"fetch": {"deadline": "90s", "per_host": {"spacing": "2s"}}},
}
BAD: dict[str, dict[str, Any]] = {
    "a topic of more items than a feed may have": {
        "topics": {"a": {"title": "A", "match": "mali", "limit": 1001}}
    },
    "an unknown section": {"topcs": {}},
    "an unknown key of a source": {"sources": {"a": {**FEED, "languge": "fr"}}},
    "a text that is neither full nor not": {
        "sources": {"a": {**FEED, "full_text": "excerpt"}}
    },
    "pages of a snapshot": {
        "sources": {"a": {"kind": "snapshot", "path": "a.txt", "full_text": True}}
    },
    "a slug in capitals": {"sources": {"Aa": FEED}},
    "an address of another scheme": {"sources": {"a": {"url": "ftp://a.example/"}}},
    "a snapshot without its path": {"sources": {"a": {"kind": "snapshot"}}},
    "a language that is none": {
        "tags": {"a": {"title": "A", "kind": "place", "names": {"english": ["Aa"]}}}
    },
    "a kind of tag that is none": {"tags": {"a": {"title": "A", "kind": "thing"}}},
    "a span without its unit": {"fetch": {"deadline": "90"}},
    "a choice that is none": {"publish": {"content": "all"}},
    "a number too large": {"publish": {"limit": 5000}},
    "a topic without a rule": {"topics": {"a": {"title": "A"}}},
    "never by its name in the code": {
        "tags": {"a": {"title": "A", "kind": "place", "never": ["x"]}}
    },
}


def is_accepted(configuration: dict[str, Any]) -> bool:
    return bool(Draft202012Validator(settings_schema()).is_valid(configuration))


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(settings_schema())

    assert settings_schema()["$schema"].endswith("2020-12/schema")
    assert settings_schema()["title"] == "rekkas.yaml"


@pytest.mark.parametrize("configuration", GOOD.values(), ids=GOOD.keys())
def test_the_schema_accepts(configuration: dict[str, Any]) -> None:
    assert is_accepted(configuration)


@pytest.mark.parametrize("configuration", BAD.values(), ids=BAD.keys())
def test_the_schema_rejects(configuration: dict[str, Any]) -> None:
    assert not is_accepted(configuration)


def test_each_default_is_one_that_the_schema_accepts() -> None:
    schema = settings_schema()
    models = [schema, *schema["$defs"].values()]
    keys = [key for one in models for key in one.get("properties", {}).values()]
    defaults = [key for key in keys if "default" in key]

    assert len(defaults) > 50
    for key in defaults:
        whole = Draft202012Validator({"$defs": schema["$defs"], **key})
        whole.validate(key["default"])


def test_the_schema_describes_keys_for_editors() -> None:
    server = settings_schema()["$defs"]["ServerSettings"]

    assert "HOST:PORT" in server["properties"]["listen"]["description"]
