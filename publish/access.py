"""Who may read a private feed; decides from what a request shows.

Keeps digests alone: neither a log nor an error can tell a secret.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

_LONGEST_SHOWN = 1000  # characters of what a client claims; secrets have 300 at most


@dataclass(frozen=True, slots=True)
class Access:
    """Which secrets open a feed; a wrong one takes as long as a right one."""

    _digests: frozenset[bytes] = field(repr=False)
    asks_for_password: bool

    def admits(self, *, token: str | None, authorization: str | None) -> bool:
        """True for a client that shows a secret in its link or in Authorization.

        Takes tokens (`?token=`, or Bearer as in RFC 6750), and names with passwords
        (Basic, RFC 7617); a token passes for a password under any name, for readers
        that know only Basic.
        """
        shown = [*_claims_of_link(token), *_claims_of_header(authorization)]
        digests = [_digest(claim) for claim in shown]
        # No early end: the time tells nothing of which secret was nearly right.
        return any(
            [hmac.compare_digest(a, b) for a in digests for b in self._digests]  # noqa: C419
        )


def build_access(tokens: Iterable[str], users: Mapping[str, str]) -> Access:
    """What opens a feed: these tokens, and these passwords by name."""
    secrets = [_token_claim(token) for token in tokens]
    secrets += [_user_claim(name, password) for name, password in users.items()]
    return Access(
        frozenset(_digest(secret) for secret in secrets),
        asks_for_password=bool(users),
    )


def _token_claim(token: str) -> bytes:
    return b"token:" + token.encode(errors="surrogatepass")


def _user_claim(name: str, password: str) -> bytes:
    return b"user:" + f"{name}:{password}".encode()


def _claims_of_link(token: str | None) -> list[bytes]:
    return [_token_claim(token)] if token and len(token) <= _LONGEST_SHOWN else []


def _claims_of_header(authorization: str | None) -> list[bytes]:
    scheme, _, rest = (authorization or "")[:_LONGEST_SHOWN].partition(" ")
    match scheme.lower():
        case "bearer":
            return _claims_of_link(rest.strip())
        case "basic":
            return _claims_of_pair(rest.strip())
        case _:
            return []


def _claims_of_pair(encoded: str) -> list[bytes]:
    try:
        name, colon, password = (
            base64.b64decode(encoded, validate=True).decode().partition(":")
        )
    except (binascii.Error, ValueError):
        return []
    if not colon:
        return []
    return [_user_claim(name, password), *_claims_of_link(password)]


def _digest(claim: bytes) -> bytes:
    return hashlib.sha256(claim).digest()
