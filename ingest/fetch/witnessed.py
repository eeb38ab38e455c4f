"""What was seen of an answer as it came; a value without judgement."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Secured:
    """How a connection was secured; `expires_at` (aware UTC) is the certificate's."""

    version: str
    issuer: str | None
    expires_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Witnessed:
    """One answer as it came; names of headers in lower case.

    `url` is without credentials, `address` what was connected to, None where nobody
    knows. `seconds` passed until the headers were there. `wire_bytes` are those of the
    body before it was unpacked.
    """

    url: str
    status: int
    headers: Mapping[str, str]
    seconds: float
    http_version: str
    address: str | None = None
    secured: Secured | None = None
    wire_bytes: int = 0
