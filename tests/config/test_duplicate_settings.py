from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from config.duplicate_settings import DuplicatesSettings
from config.settings import Settings

FEED = {"url": "https://a.example/feed"}
CHOICES: dict[str, tuple[object, object]] = {
    "off as YAML reads it": (False, "off"),
    "off in quotes": ("off", "off"),
    "a threshold of its own": ({"threshold": 0.9}, {"threshold": 0.9}),
    "nothing": (None, None),
}


@pytest.mark.parametrize("case", CHOICES.values(), ids=CHOICES)
def test_a_source_says_what_is_a_copy(case: tuple[object, object]) -> None:
    written, read = case

    settings = Settings.model_validate(
        {"sources": {"a": {**FEED, "duplicates": written}}}
    )

    assert settings.model_dump()["sources"]["a"]["duplicates"] == read


BAD: dict[str, Any] = {
    "on, which is no threshold": True,
    "a threshold below a half": {"threshold": 0.4},
    "a threshold above the whole": {"threshold": 1.1},
    "no number": {"threshold": ".nan"},
}


@pytest.mark.parametrize("written", BAD.values(), ids=BAD)
def test_what_is_no_choice_is_a_mistake(written: object) -> None:
    with pytest.raises(ValidationError):
        Settings.model_validate({"sources": {"a": {**FEED, "duplicates": written}}})


def test_four_fifths_of_a_text_are_a_copy_unless_told() -> None:
    assert DuplicatesSettings() == DuplicatesSettings(threshold=0.8, prefer=())
