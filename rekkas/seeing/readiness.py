"""Whether the service is ready, as a load balancer asks; decides from what is seen."""

from __future__ import annotations


def decide_trouble(*, problem: str | None, has_begun: bool) -> str | None:
    """Why the service is not ready, None where it is.

    `problem` is why the database cannot be read, None where it can be. A broken
    configuration is no reason: what ran before goes on, and readers need not know.
    """
    if problem is not None:
        return f"the database cannot be read: {problem}"
    return None if has_begun else "the first polls have not begun"
