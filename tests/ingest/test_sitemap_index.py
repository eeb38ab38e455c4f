from __future__ import annotations

import hashlib
from datetime import timedelta

import pytest

from ingest.fetch.outcome import (
    NO_VALIDATORS,
    FailureKind,
    Fetched,
    FetchFailed,
    FetchOutcome,
    NotModified,
)
from ingest.formats.raw import NotAFeedError, RawDocument, RawEntry
from ingest.sitemap_index import Gathered, gather_sitemaps
from ingest.source import SitemapBounds
from tests.factories import make_document, make_fetched

SITE = "https://paper.example"
BOUNDS = SitemapBounds(only=(), newer_than=timedelta(days=7), limit=500, documents=3)


def make_part(path: str, *further: str, is_cut: bool = False) -> RawDocument:
    """A sitemap of one article, or an index."""
    entries = () if further else (RawEntry(link=f"{SITE}{path}/story"),)
    return RawDocument(entries=entries, further=further, is_cut=is_cut)


def fetched(url: str, body: bytes = b"") -> Fetched:
    digest = hashlib.sha256(body or url.encode()).hexdigest()
    return make_fetched(final_url=url, body=url.encode(), body_digest=digest)


async def gather(
    index: RawDocument, parts: dict[str, RawDocument | FetchOutcome]
) -> tuple[Gathered | FetchFailed, list[str]]:
    """What is gathered from these parts by path, and the paths asked for."""
    asked: list[str] = []

    async def ask(url: str) -> FetchOutcome:
        path = url.removeprefix(SITE)
        asked.append(path)
        part = parts[path]
        return fetched(url) if isinstance(part, RawDocument) else part

    async def read(document: Fetched) -> RawDocument:
        part = parts[document.content.read().decode().removeprefix(SITE)]
        if isinstance(part, RawDocument) and part.title == "broken":
            raise NotAFeedError("it is no sitemap")
        assert isinstance(part, RawDocument)
        return part

    result = await gather_sitemaps(
        fetched(f"{SITE}/index"), index, bounds=BOUNDS, ask=ask, read=read
    )
    return result, asked


def make_index(*paths: str) -> RawDocument:
    return RawDocument(further=tuple(f"{SITE}{path}" for path in paths))


def links(gathered: Gathered | FetchFailed) -> list[str | None]:
    assert isinstance(gathered, Gathered)
    return [entry.link for entry in gathered.raw.entries]


async def test_a_sitemap_is_gathered_as_it_came() -> None:
    raw = make_part("/a")

    gathered, asked = await gather(raw, {})

    assert gathered == Gathered(fetched=fetched(f"{SITE}/index"), raw=raw)
    assert asked == []


async def test_the_parts_of_an_index_are_one_document() -> None:
    gathered, asked = await gather(
        make_index("/a", "/b"), {"/a": make_part("/a"), "/b": make_part("/b")}
    )

    assert asked == ["/a", "/b"]
    assert links(gathered) == [f"{SITE}/a/story", f"{SITE}/b/story"]


async def test_no_more_parts_are_asked_for_than_the_bound() -> None:
    paths = ("/a", "/b", "/c", "/d")

    _, asked = await gather(
        make_index(*paths), {path: make_part(path) for path in paths}
    )

    assert asked == ["/a", "/b", "/c"]


async def test_an_index_in_an_index_is_followed_and_counts() -> None:
    inner = make_part("/inner", f"{SITE}/b", f"{SITE}/a", "https://other.example/")
    parts = {"/inner": inner, "/a": make_part("/a"), "/b": make_part("/b")}

    gathered, asked = await gather(make_index("/inner", "/a"), dict(parts))

    assert asked == ["/inner", "/a", "/b"]
    assert links(gathered) == [f"{SITE}/a/story", f"{SITE}/b/story"]


async def test_an_index_of_itself_is_asked_for_once() -> None:
    inner = make_part("/inner", f"{SITE}/inner")

    _, asked = await gather(make_index("/inner"), {"/inner": inner})

    assert asked == ["/inner"]


GONE = FetchFailed(kind=FailureKind.HTTP_CLIENT, detail="/a answered 410 Gone.")
UNCHANGED = NotModified(validators=NO_VALIDATORS, body_digest=None)
MISSING: dict[str, tuple[RawDocument | FetchOutcome, str]] = {
    "that is gone": (GONE, "/a answered 410 Gone."),
    "that is no sitemap": (
        RawDocument(title="broken"),
        f"{SITE}/a cannot be read as a sitemap: it is no sitemap.",
    ),
    "that claims to be known": (
        UNCHANGED,
        f"{SITE}/a cannot be read as a sitemap: it answered as if it had been read "
        "before.",
    ),
}


@pytest.mark.parametrize(("part", "why"), MISSING.values(), ids=MISSING.keys())
async def test_the_others_come_without_a_part(
    part: RawDocument | FetchOutcome, why: str
) -> None:
    gathered, _ = await gather(
        make_index("/a", "/b"), {"/a": part, "/b": make_part("/b")}
    )

    assert links(gathered) == [f"{SITE}/b/story"]
    assert isinstance(gathered, Gathered)
    document = gathered.complete(make_document(left_out=("entry 1: no title",)))
    assert document.left_out == ("entry 1: no title", why)


@pytest.mark.parametrize(("part", "why"), MISSING.values(), ids=MISSING.keys())
async def test_an_index_whose_every_part_is_missing_fails_as_the_first(
    part: RawDocument | FetchOutcome, why: str
) -> None:
    failure, _ = await gather(make_index("/a", "/b"), {"/a": part, "/b": GONE})

    assert isinstance(failure, FetchFailed)
    assert failure.detail == why


async def test_an_index_of_other_sites_fails() -> None:
    failure, asked = await gather(RawDocument(further=("https://other.example/",)), {})

    assert isinstance(failure, FetchFailed)
    assert failure.kind is FailureKind.NOT_A_FEED
    assert "index without sitemaps of its own site" in failure.detail
    assert asked == []


async def test_a_cut_part_makes_the_whole_cut() -> None:
    gathered, _ = await gather(make_index("/a"), {"/a": make_part("/a", is_cut=True)})

    assert isinstance(gathered, Gathered)
    assert gathered.raw.is_cut


async def test_the_digest_is_that_of_all_parts_and_validators_are_forgotten() -> None:
    one, _ = await gather(make_index("/a"), {"/a": make_part("/a")})
    again, _ = await gather(make_index("/a"), {"/a": make_part("/a")})
    more, _ = await gather(
        make_index("/a", "/b"), {"/a": make_part("/a"), "/b": make_part("/b")}
    )

    assert isinstance(one, Gathered)
    assert isinstance(more, Gathered)
    assert one == again
    assert one.fetched.body_digest != more.fetched.body_digest
    assert one.fetched.validators == NO_VALIDATORS
    assert one.unchanged().body_digest == one.fetched.body_digest
    assert one.unchanged().final_url == f"{SITE}/index"
