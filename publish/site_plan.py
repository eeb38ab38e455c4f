"""What becomes of the files of a static site: which are written, with which time.

Decides from what a file is to say and what was written the last time. A web server
tells by time and size whether a reader has the present file, so another content never
comes with the time of the one before.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from publish.rendered import Coding, Rendered

_SUFFIXES = {Coding.GZIP: ".gz", Coding.BROTLI: ".br"}


@dataclass(frozen=True, slots=True, kw_only=True)
class FileState:
    """A file as it was written: the digest of its bytes, their number, and its time.

    `modified_at` is in seconds since 1970, as files have it.
    """

    digest: str
    size: int
    modified_at: int


Manifest: TypeAlias = Mapping[str, FileState]
"""Every file of a site by its path in the folder."""


def bodies_of(path: str, document: Rendered) -> dict[str, bytes]:
    """The files of a document: itself, and its compressed forms beside it."""
    return {
        path: document.body,
        **{
            path + suffix: document.codings[coding].body
            for coding, suffix in _SUFFIXES.items()
            if coding in document.codings
        },
    }


def plan_document(
    path: str, document: Rendered, *, known: FileState | None, there_at: int | None
) -> Manifest:
    """What the files of a document are to be, all of one time.

    `known` is what was written at the path the last time, `there_at` the time of the
    file that is there now; None where there was none. A document that is the same
    keeps its time. Another has the time of its contents, unless what is there is of
    that time or a later one: then it is a second more.
    """
    bodies = bodies_of(path, document)
    digests = {each: hashlib.sha256(body).hexdigest() for each, body in bodies.items()}
    modified_at = int(document.last_modified.timestamp())
    if known is not None and known.digest == digests[path]:
        modified_at = known.modified_at
    elif there_at is not None:
        modified_at = max(modified_at, there_at + 1)
    return {
        each: FileState(
            digest=digests[each], size=len(bodies[each]), modified_at=modified_at
        )
        for each in bodies
    }


def gone(before: Iterable[str], after: Iterable[str]) -> list[str]:
    """The files to take away, in an order that never changes."""
    return sorted(set(before) - set(after))


def foreign(found: Iterable[str], ours: Iterable[str]) -> list[str]:
    """The files that we did not write."""
    return sorted(set(found) - set(ours))


def write_manifest(files: Manifest) -> bytes:
    """The files of a site as they are kept beside them; equal sites, equal bytes."""
    rows = {
        path: [state.digest, state.size, state.modified_at]
        for path, state in sorted(files.items())
    }
    return (json.dumps(rows, indent=0) + "\n").encode()


def read_manifest(written: bytes) -> Manifest:
    """What `write_manifest` wrote.

    Raises:
        ValueError: it did not write this.
    """
    rows = json.loads(written)
    try:
        return {
            path: FileState(digest=str(digest), size=int(size), modified_at=int(at))
            for path, (digest, size, at) in rows.items()
        }
    except (AttributeError, TypeError) as error:
        raise ValueError("no list of files") from error
