"""Why the fast reader stops."""

from __future__ import annotations


class NotSureError(Exception):
    """What a document says cannot be told for sure; the message names the place."""
