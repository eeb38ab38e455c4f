"""Who may read a private topic: tokens and passwords, as the operator gives them."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import Annotated

from pydantic import AfterValidator, Field, model_validator

from config.model import Model

_TOKEN_BITS = 128  # as many as nobody guesses
_FEWEST_CHARACTERS = 8  # different ones, in a token that came out of a generator
_TOKEN = re.compile(r"[A-Za-z0-9_-]{1,200}")
_HEX = re.compile(r"[0-9a-f]+|[0-9A-F]+")
_SHORTEST_PASSWORD = 12


def _check_token(value: str) -> str:
    if not _TOKEN.fullmatch(value):
        raise ValueError("a token has letters, digits, - and _, so that it fits a link")
    alphabet = 16 if _HEX.fullmatch(value) else 64
    if len(value) * math.log2(alphabet) < _TOKEN_BITS or _is_monotonous(value):
        raise ValueError("a token has 128 random bits, as `openssl rand -hex 16` makes")
    return value


def _is_monotonous(value: str) -> bool:
    return len(set(value)) < _FEWEST_CHARACTERS


def _check_name(value: str) -> str:
    if not value or ":" in value or not value.isprintable():
        raise ValueError("a name for Basic authentication has no colon (RFC 7617)")
    return value


def _check_password(value: str) -> str:
    if len(value) < _SHORTEST_PASSWORD or not value.isprintable():
        raise ValueError(
            f"a password has {_SHORTEST_PASSWORD} characters or more, on one line"
        )
    return value


Token = Annotated[str, AfterValidator(_check_token)]
UserName = Annotated[str, Field(max_length=100), AfterValidator(_check_name)]
Password = Annotated[str, Field(max_length=200), AfterValidator(_check_password)]


class AccessSettings(Model):
    """Who may read a topic; one of its tokens or one of its users' passwords opens it.

    Both belong into the environment, `${NAME}` here. One that is taken out of the list
    opens nothing any more.
    """

    tokens: tuple[Token, ...] = Field(
        default=(),
        repr=False,
        description="Each opens the topic at its addresses with ?token=TOKEN.",
    )
    users: Mapping[UserName, Password] = Field(
        default_factory=dict,
        repr=False,
        description="Passwords by name, for readers with Basic authentication.",
    )

    @model_validator(mode="after")
    def _has_a_key(self) -> AccessSettings:
        if not self.tokens and not self.users:
            raise ValueError("name a token or a user, or leave access out")
        return self
