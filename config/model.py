"""What every part of the operator's file has in common."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Model(BaseModel):
    """A frozen part of the file in which an unknown key is a mistake."""

    model_config = ConfigDict(extra="forbid", frozen=True)
