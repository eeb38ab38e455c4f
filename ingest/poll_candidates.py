"""One source, once, at whichever of its addresses answers.

Acts only: which address is asked next is decided by `candidates`, and asking one is
`poll`.
"""

from __future__ import annotations

from dataclasses import replace

from ingest.candidates import (
    addresses_to_ask,
    in_use_after,
    is_worth_asking,
    leads_on,
    still_in_use,
    tell_together,
)
from ingest.fetch.host_book import HostResting
from ingest.fetch.outcome import FetchFailed
from ingest.fetch.request import SourceMemory
from ingest.poll import KnownEntries, PollOutcome, PollTools, poll_source
from ingest.source import FeedAddress, Source


async def poll_addresses(
    source: Source,
    memory: SourceMemory,
    tools: PollTools,
    known_entries: KnownEntries,
) -> PollOutcome:
    """What the source returns now, as a value whatever goes wrong.

    Where an address fails in a way that will last, the next one is asked at once. The
    outcome says which candidate answered.
    """
    location = source.location
    if not isinstance(location, FeedAddress):
        return await poll_source(source, memory, tools, known_entries)
    in_use = still_in_use(location, memory.in_use)
    failed: dict[str, FetchFailed] = {}
    for url in addresses_to_ask(location, in_use, now=tools.clock()):
        if not is_worth_asking(url, failed):
            continue
        asked = replace(source, location=replace(location, url=url))
        is_own = url == location.url
        its_memory = memory if is_own else replace(memory, adopted_url=None)
        try:
            outcome = await poll_source(asked, its_memory, tools, known_entries)
        except HostResting:
            if failed:
                break  # what failed before is to be told
            raise
        if not isinstance(outcome, FetchFailed):
            used = in_use_after(url, location, in_use, failed, now=tools.clock())
            return replace(outcome, in_use=used)
        failed[url] = outcome
        is_retry = in_use is not None and is_own
        if not is_retry and not leads_on(outcome, failures=memory.failures):
            break
    return tell_together(failed, location)
