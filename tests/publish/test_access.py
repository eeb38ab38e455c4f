"""Who may read a private feed."""

from __future__ import annotations

import base64

import pytest

from publish.access import build_access

TOKEN = "0123456789abcdef0123456789abcdef"
OTHER = "fedcba9876543210fedcba9876543210"
PASSWORD = "correct horse: battery"

ACCESS = build_access([TOKEN, OTHER], {"rabat": PASSWORD, "مالي": "كلمة سر طويلة"})


def basic(name: str, password: str) -> str:
    return "Basic " + base64.b64encode(f"{name}:{password}".encode()).decode()


OPENS = {
    "a token of the list in the link": (TOKEN, None),
    "another token of the list": (OTHER, None),
    "a token as Bearer": (None, f"Bearer {TOKEN}"),
    "a name with its password, colons in it": (None, basic("rabat", PASSWORD)),
    "a name and a password in Arabic": (None, basic("مالي", "كلمة سر طويلة")),
    "a scheme in small letters": (None, basic("rabat", PASSWORD).replace("B", "b", 1)),
    "a token in place of a password": (None, basic("anybody", TOKEN)),
    "a wrong link beside a right password": ("x", basic("rabat", PASSWORD)),
}

STAYS_SHUT = {
    "nothing": (None, None),
    "an empty token": ("", None),
    "a token less its last character": (TOKEN[:-1], None),
    "a token and one character more": (TOKEN + "0", None),
    "a token in capitals": (TOKEN.upper(), None),
    "a token of a megabyte": (TOKEN * 32_768, None),
    "lone surrogates": ("\ud800", None),
    "a password as a token": (PASSWORD, None),
    "a name and a password as a token": (f"rabat:{PASSWORD}", None),
    "another's password": (None, basic("مالي", PASSWORD)),
    "a name without a password": (None, basic("rabat", "")),
    "a pair without a colon": (None, "Basic " + base64.b64encode(b"rabat").decode()),
    "what is not base64": (None, "Basic ====!"),
    "what is not UTF-8": (None, "Basic " + base64.b64encode(b"\xff:\xff").decode()),
    "a scheme that nobody knows": (None, f"Digest {TOKEN}"),
    "a scheme and nothing more": (None, "Basic"),
    "a digest of a token": (None, "Bearer " + "0" * 64),
}


@pytest.mark.parametrize(("token", "header"), OPENS.values(), ids=OPENS)
def test_a_right_secret_opens(token: str | None, header: str | None) -> None:
    assert ACCESS.admits(token=token, authorization=header)


@pytest.mark.parametrize(("token", "header"), STAYS_SHUT.values(), ids=STAYS_SHUT)
def test_anything_else_does_not(token: str | None, header: str | None) -> None:
    assert not ACCESS.admits(token=token, authorization=header)


def test_a_secret_taken_out_of_the_list_opens_nothing_any_more() -> None:
    revoked = build_access([OTHER], {})

    assert not revoked.admits(token=TOKEN, authorization=None)
    assert revoked.admits(token=OTHER, authorization=None)


def test_no_secret_shows_in_a_log() -> None:
    shown = repr(ACCESS)

    assert TOKEN not in shown
    assert "digest" not in shown


def test_only_where_there_are_passwords_is_one_asked_for() -> None:
    assert ACCESS.asks_for_password
    assert not build_access([TOKEN], {}).asks_for_password
