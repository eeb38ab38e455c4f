"""A snapshot on disk -> the same outcomes as an exchange over the network.

Reads the file and nothing of its meaning; `formats.snapshot` does that.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from stat import S_ISREG

from ingest.fetch.outcome import (
    NO_VALIDATORS,
    FailureKind,
    Fetched,
    FetchFailed,
    FetchOutcome,
    InMemory,
    NotModified,
)


def read_snapshot(
    path: Path, *, body_digest: str | None, max_body_bytes: int
) -> FetchOutcome:
    """The bytes of the file, or what is wrong with it; it never raises.

    `body_digest` is that of the last reading: the same bytes are `NotModified`. Pipes
    and devices are refused, since reading one may never end.
    """
    try:
        if not S_ISREG(path.stat().st_mode):
            what = "a folder" if path.is_dir() else "not a regular file"
            return _unreadable(f"{path} is {what}. Give the path of the saved page.")
        with path.open("rb") as file:
            body = file.read(max_body_bytes + 1)
    except FileNotFoundError:
        return _unreadable(
            f"There is no file {path}. Put the saved page there, or correct the "
            "source's path."
        )
    except PermissionError:
        return _unreadable(f"{path} may not be read. Give rekkas the right to read it.")
    except (OSError, ValueError) as error:
        return _unreadable(f"{path} cannot be read: {_reason(error)}.")
    if len(body) > max_body_bytes:
        return _too_large(path, max_body_bytes)
    return _outcome(body, body_digest)


def _outcome(body: bytes, last_digest: str | None) -> FetchOutcome:
    digest = hashlib.sha256(body).hexdigest()
    if digest == last_digest:
        return NotModified(validators=NO_VALIDATORS, body_digest=digest)
    return Fetched(
        content=InMemory(body),
        body_digest=digest,
        status=None,
        final_url=None,
        content_type=None,
        validators=NO_VALIDATORS,
    )


def _unreadable(detail: str) -> FetchFailed:
    return FetchFailed(kind=FailureKind.FILE, detail=detail)


def _too_large(path: Path, max_body_bytes: int) -> FetchFailed:
    return FetchFailed(
        kind=FailureKind.TOO_LARGE,
        detail=f"{path} is larger than {max_body_bytes:,} bytes and was not read. "
        "If it is meant to be so large, raise fetch.max_body_bytes.",
    )


def _reason(error: OSError | ValueError) -> str:
    return getattr(error, "strerror", None) or str(error)
