"""Whether the service is ready, as a load balancer asks; decides from what is seen."""

from __future__ import annotations


def decide_trouble(*, is_readable: bool, has_begun: bool) -> str | None:
    """Why the service is not ready, None where it is.

    A broken file is no reason: what ran before goes on, and readers need not know.
    """
    if not is_readable:
        return "the database cannot be read"
    return None if has_begun else "the first polls have not begun"
