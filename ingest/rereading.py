"""An answer that came before, read again by the rules of today; nobody is asked."""

from __future__ import annotations

from concurrent.futures import Executor
from datetime import datetime

from ingest.entry import FeedDocument
from ingest.fetch.outcome import Fetched, FetchFailed
from ingest.formats.raw import NotAFeedError
from ingest.normalise.language_guess import guess_languages, lacks_language
from ingest.read import read_again
from ingest.reading.errors import NoWorkerError, TooComplexError
from ingest.source import Source
from ingest.unreadable import not_a_feed, too_complex, unread


def reread(
    source: Source, fetched: Fetched, executor: Executor, *, now: datetime
) -> FeedDocument | FetchFailed:
    """The document in an answer that came at `now`, or why it cannot be read.

    Read in `executor`, since a hostile document is no better the second time.
    """
    try:
        document = executor.submit(read_again, source, fetched, now).result()
    except NotAFeedError as error:
        return not_a_feed(source, fetched, error)
    except TooComplexError as error:
        return too_complex(source, fetched, error)
    except NoWorkerError as error:
        return unread(source, fetched, error)
    if lacks_language(document):
        return guess_languages(document, source.languages)
    return document
