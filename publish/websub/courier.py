"""What WebSub asks of the network; `rekkas` gives it, so that the guard has a say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What a server answered: no redirect was followed, and `body` is its beginning.

    `location` is where a redirect leads.
    """

    status: int
    body: bytes = b""
    location: str = ""

    @property
    def is_success(self) -> bool:
        """Whether the status says that it has done what was asked."""
        return 200 <= self.status < 300

    @property
    def is_gone(self) -> bool:
        """Whether the status says that nobody is there any more."""
        return self.status == 410


class Courier(Protocol):
    """Carries single messages to public addresses, each within a time.

    None is no answer: none came in time or whole, or the address may not be asked.
    """

    async def get(self, url: str) -> Reply | None:
        """What the address answers."""

    async def post(
        self, url: str, headers: Mapping[str, str], body: bytes
    ) -> Reply | None:
        """What the address answers to a message."""
