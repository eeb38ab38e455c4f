import re
from typing import Any

import pytest
from pydantic_core import ErrorDetails

from config.json_schema import settings_schema
from config.sentences import PATTERN_SENTENCES, describe_mistakes, known_keys

CHECKED_BEFORE = r"^https?://"  # by a sentence of its own in settings
DURATION = r"^\d+\s*[smhdw]$"  # same


def patterns_in(schema: Any) -> set[str]:
    """Every pattern that a text or a key of the schema must match."""
    if isinstance(schema, list):
        return set().union(*map(patterns_in, schema))
    if not isinstance(schema, dict):
        return set()
    found = set().union(*map(patterns_in, schema.values()))
    if isinstance(schema.get("pattern"), str):
        found.add(schema["pattern"])
    return found | set(schema.get("patternProperties", ()))


def test_every_pattern_of_the_settings_has_a_sentence() -> None:
    patterns = patterns_in(settings_schema())

    assert patterns - {CHECKED_BEFORE, DURATION} == set(PATTERN_SENTENCES)


KEYS: dict[str, tuple[tuple[str | int, ...], str]] = {
    "the whole file": ((), "topics"),
    "a section": (("server",), "base_url"),
    "a section of a section": (("fetch", "per_host"), "spacing"),
    "a feed": (("sources", "a", "feed"), "url"),
    "a snapshot": (("sources", "a", "snapshot"), "captured_at"),
    "a tag, with the name the file uses": (("tags", "a"), "not"),
    "a name of a tag": (("tags", "a", "names", "en", 3), "near"),
    "a topic": (("topics", "a"), "collapse"),
}


@pytest.mark.parametrize(("location", "key"), KEYS.values(), ids=KEYS.keys())
def test_known_keys(location: tuple[str | int, ...], key: str) -> None:
    assert key in known_keys(location)


def test_the_keys_of_one_kind_of_source_are_not_those_of_the_other() -> None:
    assert "path" not in known_keys(("sources", "a", "feed"))
    assert "url" not in known_keys(("sources", "a", "snapshot"))


def make_error(**changes: Any) -> ErrorDetails:
    error: Any = {"type": "new", "loc": ("server",), "msg": "A reason", "input": 1}
    return error | changes  # type: ignore[no-any-return]  # a dict of pydantic's


def test_a_mistake_without_a_sentence_keeps_pydantic_s() -> None:
    (finding,) = describe_mistakes([make_error()], {"server": 1}, lambda _: None)

    assert finding.message == "A reason"


def test_a_pattern_without_a_sentence_is_told() -> None:
    error = make_error(type="string_pattern_mismatch", ctx={"pattern": "^a$"})

    (finding,) = describe_mistakes([error], {"server": 1}, lambda _: None)

    assert re.search(r"\^a\$", finding.message)


def test_one_message_is_told_once() -> None:
    twice = [make_error(), make_error()]

    (finding,) = describe_mistakes(twice, {"server": 1}, lambda _: None)

    assert finding.message == "A reason"
