"""Documents and their compressed forms."""

from __future__ import annotations

import gzip
import hashlib
from datetime import UTC, datetime

import brotli

from publish.rendered import Coding, Rendered, build_rendered

LONG = b"Ministers meet in Bamako. " * 100


def rendered(body: bytes) -> Rendered:
    return build_rendered(
        body, last_modified=datetime(2026, 1, 1, tzinfo=UTC), media_type="text/html"
    )


def test_every_form_holds_the_document_under_a_tag_of_its_own() -> None:
    document = rendered(LONG)

    assert brotli.decompress(document.encoded(Coding.BROTLI).body) == LONG
    assert gzip.decompress(document.encoded(Coding.GZIP).body) == LONG
    assert document.encoded(None).body == LONG
    assert len(document.etags) == 3


def test_rendering_again_gives_equal_forms() -> None:
    assert rendered(LONG) == rendered(LONG)


def test_what_is_short_is_not_compressed() -> None:
    document = rendered(b"a" * 200)

    assert document.codings == {}
    assert document.encoded(Coding.GZIP) is document.plain


def test_a_form_that_is_no_smaller_is_not_kept() -> None:
    noise = b"".join(hashlib.sha256(bytes([n])).digest() for n in range(20))

    assert rendered(noise).codings == {}
