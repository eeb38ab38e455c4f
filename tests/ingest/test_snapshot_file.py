import hashlib
import os
from pathlib import Path

import pytest

from ingest.fetch.outcome import (
    NO_VALIDATORS,
    FailureKind,
    Fetched,
    FetchFailed,
    InMemory,
    NotModified,
)
from ingest.fetch.snapshot_file import read_snapshot

BODY = "\nأخبار\n".encode()
DIGEST = hashlib.sha256(BODY).hexdigest()


@pytest.fixture
def snapshot(tmp_path: Path) -> Path:
    path = tmp_path / "page.txt"
    path.write_bytes(BODY)
    return path


def read_failing(path: Path, *, max_body_bytes: int = 1000) -> FetchFailed:
    outcome = read_snapshot(path, body_digest=None, max_body_bytes=max_body_bytes)
    assert isinstance(outcome, FetchFailed)
    assert str(path) in outcome.detail
    return outcome


def test_a_file_is_read_whole(snapshot: Path) -> None:
    outcome = read_snapshot(snapshot, body_digest="old", max_body_bytes=len(BODY))

    assert outcome == Fetched(
        content=InMemory(BODY),
        body_digest=DIGEST,
        status=None,
        final_url=None,
        content_type=None,
        validators=NO_VALIDATORS,
    )


def test_the_same_bytes_are_not_modified(snapshot: Path) -> None:
    outcome = read_snapshot(snapshot, body_digest=DIGEST, max_body_bytes=1000)

    assert outcome == NotModified(validators=NO_VALIDATORS, body_digest=DIGEST)


def test_an_empty_file_is_a_document_too(tmp_path: Path) -> None:
    path = tmp_path / "empty.txt"
    path.touch()

    outcome = read_snapshot(path, body_digest=None, max_body_bytes=1000)

    assert isinstance(outcome, Fetched)
    assert outcome.content.read() == b""


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    failed = read_failing(tmp_path / "missing.txt")

    assert failed.kind is FailureKind.FILE
    assert "There is no file" in failed.detail


def test_a_folder_is_no_snapshot(tmp_path: Path) -> None:
    failed = read_failing(tmp_path)

    assert failed.kind is FailureKind.FILE
    assert "is a folder" in failed.detail


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "pipe"
    os.mkfifo(path)

    failed = read_failing(path)

    assert failed.kind is FailureKind.FILE
    assert "not a regular file" in failed.detail


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_a_file_without_permission_is_named(snapshot: Path) -> None:
    snapshot.chmod(0)

    failed = read_failing(snapshot)

    assert "may not be read" in failed.detail


UNREADABLE = {
    "a path through a file": "page.txt/inside",
    "a name that is too long": "x" * 300,
    "a name with a NUL": "a\0b",
}


@pytest.mark.parametrize("name", UNREADABLE.values(), ids=UNREADABLE.keys())
def test_what_the_system_refuses_is_a_value(snapshot: Path, name: str) -> None:
    failed = read_failing(snapshot.parent / name)

    assert failed.kind is FailureKind.FILE
    assert "cannot be read: " in failed.detail


def test_a_file_beyond_the_bound_is_too_large(snapshot: Path) -> None:
    failed = read_failing(snapshot, max_body_bytes=len(BODY) - 1)

    assert failed.kind is FailureKind.TOO_LARGE
