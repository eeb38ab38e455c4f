from __future__ import annotations

import hashlib
import pickle

import pytest

from ingest.fetch.outcome import InMemory
from ingest.fetch.spool import Spool

PIECES = [b"one ", b"two ", b"three"]
WHOLE = b"".join(PIECES)


def spooled(most_in_memory: int) -> Spool:
    spool = Spool(most_in_memory=most_in_memory)
    for piece in PIECES:
        spool.write(piece)
    return spool


@pytest.mark.parametrize("most_in_memory", [0, 5, len(WHOLE) - 1, len(WHOLE), 1000])
def test_what_is_written_is_read(most_in_memory: int) -> None:
    spool = spooled(most_in_memory)

    assert [spool.read(), spool.read()] == [WHOLE, WHOLE]
    assert spool.size == len(WHOLE)
    assert spool.digest == hashlib.sha256(WHOLE).hexdigest()


@pytest.mark.parametrize("most_in_memory", [0, 1000])
def test_another_process_gets_the_bytes(most_in_memory: int) -> None:
    sent = pickle.dumps(spooled(most_in_memory))

    assert pickle.loads(sent) == InMemory(WHOLE)  # noqa: S301 - our own


def test_bytes_at_hand_tell_the_same() -> None:
    content, spool = InMemory(WHOLE), spooled(0)

    assert (content.size, content.digest) == (spool.size, spool.digest)
    assert content.read() == WHOLE
