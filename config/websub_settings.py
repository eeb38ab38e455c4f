"""How changes are pushed: the frozen model of `websub:` in the operator's file."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from config.model import Model
from config.values import Count, HttpUrl

EMBEDDED: Literal["embedded"] = "embedded"
"""The hub that is part of the service itself."""


def _list_of(value: Any) -> Any:
    """One hub may be written without the brackets of a list."""
    return [value] if isinstance(value, str) else value


class WebSubSettings(Model):
    """Who is told at once of what is new in topic feeds."""

    hub: Annotated[
        tuple[Literal["embedded"] | HttpUrl, ...],
        BeforeValidator(
            _list_of,
            json_schema_input_type=(
                Literal["embedded"]
                | HttpUrl
                | tuple[Literal["embedded"] | HttpUrl, ...]
            ),
        ),
    ] = Field(
        default=(),
        max_length=5,  # each costs a request for every feed that changes
        description="Hubs that topic feeds name, by address, or `embedded` for one of "
        "our own below the public address.",
    )
    subscribe: bool = Field(
        default=False,  # it needs an address at which hubs reach us
        description="Subscribe to sources that offer a hub, and poll them less often.",
    )
    max_subscribers: Count = Field(
        default=10_000,
        ge=1,
        le=1_000_000,
        description="Subscriptions that the embedded hub keeps.",
    )
    max_per_host: Count = Field(
        default=1_000,  # one reader service may follow every feed for many people
        ge=1,
        le=1_000_000,
        description="Subscriptions that the embedded hub keeps for one host.",
    )

    @property
    def has_embedded_hub(self) -> bool:
        """Whether we are a hub ourselves."""
        return EMBEDDED in self.hub

    @property
    def external_hubs(self) -> tuple[str, ...]:
        """The addresses of hubs that others run."""
        return tuple(hub for hub in self.hub if hub != EMBEDDED)
