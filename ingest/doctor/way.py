"""Which of the answers that were seen lie on the way to a document."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.fetch.witnessed import Witnessed

_REDIRECTS = frozenset({301, 302, 303, 307, 308})


def way_from(seen: Sequence[Witnessed], url: str | None) -> tuple[Witnessed, ...]:
    """The first answer of the address and those that its redirects led to, in order.

    Answers of robots.txt files on the way are left out.
    """
    answers = [answer for answer in seen if not answer.url.endswith("/robots.txt")]
    start = next(
        (place for place, answer in enumerate(answers) if answer.url == url), None
    )
    if start is None:
        return ()
    end = start
    while answers[end].status in _REDIRECTS and end + 1 < len(answers):
        end += 1
    return tuple(answers[start : end + 1])
