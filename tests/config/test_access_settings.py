"""What may open a private topic."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from config.access_settings import AccessSettings

HEX = "0123456789abcdef" * 2
PASSWORD = "twelve or more"

SOUND: dict[str, dict[str, Any]] = {
    "128 bits as hexadecimal digits": {"tokens": [HEX]},
    "in capitals": {"tokens": [HEX.upper()]},
    "128 bits as letters fit for links": {"tokens": ["kZ3-v_9QpLw0xYt7RsB2mN"]},
    "a password": {"users": {"rabat": PASSWORD}},
    "a name and a password in Arabic": {"users": {"مالي": "كلمة سر طويلة"}},
}

UNSOUND: dict[str, tuple[dict[str, Any], str]] = {
    "nothing": ({}, "name a token or a user"),
    "too few digits": ({"tokens": [HEX[:-1]]}, "128 random bits"),
    "too few letters": ({"tokens": ["kZ3-v_9QpLw0xYt7RsB2m"]}, "128 random bits"),
    "one letter again and again": ({"tokens": ["z" * 64]}, "128 random bits"),
    "what fits no link": ({"tokens": [f"{HEX} "]}, "letters, digits"),
    "an empty token": ({"tokens": [""]}, "letters, digits"),
    "a name with a colon": ({"users": {"a:b": PASSWORD}}, "no colon"),
    "no name": ({"users": {"": PASSWORD}}, "no colon"),
    "a short password": ({"users": {"rabat": "short"}}, "12 characters"),
    "a password on two lines": ({"users": {"rabat": f"{PASSWORD}\n"}}, "12 characters"),
}


@pytest.mark.parametrize("values", SOUND.values(), ids=SOUND)
def test_sound_access(values: dict[str, Any]) -> None:
    access = AccessSettings.model_validate(values)

    assert access.model_dump(exclude_defaults=True).keys() == values.keys()
    for secret in (HEX, PASSWORD):
        assert secret not in repr(access)


@pytest.mark.parametrize(("values", "told"), UNSOUND.values(), ids=UNSOUND)
def test_unsound_access(values: dict[str, Any], told: str) -> None:
    with pytest.raises(ValidationError, match=told):
        AccessSettings.model_validate(values)
