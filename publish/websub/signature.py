"""How a hub shows that what it delivers is its own (WebSub, 7.1)."""

from __future__ import annotations

import hashlib
import hmac

# Recommended by WebSub, 8.1, over sha1, which it also knows.
_METHOD = "sha256"
_METHODS = ("sha1", "sha256", "sha384", "sha512")


def sign(secret: str, body: bytes) -> str:
    """The value of X-Hub-Signature for the body, by a secret shared with a subscriber.

    The secret is in UTF-8, as it came in its form.
    """
    digest = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    return f"{_METHOD}={digest}"


def is_signed(secret: str, body: bytes, signature: str | None) -> bool:
    """Whether this X-Hub-Signature shows that its sender knows the secret."""
    method, _, digest = (signature or "").partition("=")
    if method not in _METHODS or not digest.isascii():
        return False
    expected = hmac.new(secret.encode(), body, method).hexdigest()
    return hmac.compare_digest(expected, digest.lower())
