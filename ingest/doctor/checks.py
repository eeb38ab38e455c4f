"""Every check of a source, in the order in which its operator reads them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from ingest.doctor.answers import (
    check_answer,
    check_compression,
    check_redirects,
    check_robots,
    check_security,
)
from ingest.doctor.contents import (
    check_dates,
    check_freshness,
    check_reading,
    check_texts,
    check_titles,
)
from ingest.doctor.facts import SourceFacts
from ingest.doctor.finding import Finding
from ingest.doctor.repeats import check_conditional, check_wishes


def decide_findings(facts: SourceFacts, *, now: datetime) -> tuple[Finding, ...]:
    """What the facts come to; checks that nothing can be said of are left out."""
    of_server = (
        check_answer(facts),
        check_redirects(facts),
        check_security(facts, now=now),
        check_robots(facts),
        check_conditional(facts),
        check_wishes(facts),
        check_compression(facts),
        check_reading(facts),
    )
    of_document = _of_document(facts, now)
    return tuple(finding for finding in (*of_server, *of_document) if finding)


def _of_document(facts: SourceFacts, now: datetime) -> Iterator[Finding | None]:
    document = facts.document
    if document is None or not document.entries:
        return
    yield check_dates(document)
    yield check_freshness(document, now=now)
    yield check_titles(document)
    yield check_texts(document, takes_pages=facts.takes_pages)
