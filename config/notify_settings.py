"""Who is told of what an operator wants to know at once."""

from __future__ import annotations

from pydantic import Field

from config.model import Model
from config.values import HttpUrl


class NotifySettings(Model):
    """Where messages go when something breaks, and when it is well again."""

    webhook: HttpUrl | None = Field(
        default=None,
        description="Address to which each change of state is posted as JSON: of a "
        "source's health, of the configuration, of the store.",
    )
    authorization: str | None = Field(
        default=None,
        pattern=r"^[\x20-\x7e]+$",
        max_length=1000,
        description="The Authorization header of these messages, such as "
        '"Bearer ${WEBHOOK_TOKEN}" with the token in the environment.',
    )
