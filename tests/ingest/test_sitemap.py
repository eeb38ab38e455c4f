from __future__ import annotations

from pathlib import Path

import pytest

from ingest.formats.choose import parse_document
from ingest.formats.raw import NotAFeedError
from ingest.formats.sitemap import MOST_ADDRESSES, parse_sitemap
from tests.cost import measured

NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def of_paths(*paths: str) -> bytes:
    """A plain sitemap of these paths."""
    urls = "".join(f"<url><loc>https://a.example/{path}</loc></url>" for path in paths)
    return f"<urlset {NAMESPACE}>{urls}</urlset>".encode()


NO_SITEMAPS = {
    "nothing": (b"", "neither a sitemap nor a list"),
    "text": (b"Not found", "neither a sitemap nor a list"),
    "an address and text": (b"https://a.example/\nand more", "neither a sitemap"),
    "a page": (b"<!DOCTYPE html><html><body>Hi</body></html>", "begins with <html>"),
    "a feed": (b"<rss version='2.0'><channel/></rss>", "begins with <rss>"),
    "no XML": (b"<<<<", "no sitemap that can be read"),
    "a bomb": (
        b'<!DOCTYPE urlset [<!ENTITY a "b">]><urlset><url><loc>&a;</loc></url>',
        "declares XML entities",
    ),
}


@pytest.mark.parametrize(
    ("body", "message"), NO_SITEMAPS.values(), ids=NO_SITEMAPS.keys()
)
def test_what_is_no_sitemap_says_what_it_is(body: bytes, message: str) -> None:
    with pytest.raises(NotAFeedError, match=message):
        parse_sitemap(body, content_type=None)


def test_a_sitemap_is_no_feed_and_names_its_kind() -> None:
    with pytest.raises(NotAFeedError, match=r"a sitemap \(`kind: sitemap`\)"):
        parse_document(b"<?xml version='1.0'?>" + of_paths("a-b"), content_type=None)


def test_an_external_entity_is_never_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("a-secret")
    body = (
        f'<!DOCTYPE urlset SYSTEM "{secret.as_uri()}"><urlset><url>'
        "<loc>https://a.example/&xxe;</loc></url></urlset>"
    )

    document = parse_sitemap(body.encode(), content_type=None)

    assert "secret" not in (document.entries[0].link or "")


def test_a_sitemap_may_be_empty() -> None:
    for body in (b"<urlset/>", of_paths(), b"<sitemapindex></sitemapindex>"):
        document = parse_sitemap(body, content_type=None)

        assert document.entries == ()
        assert document.further == ()
        assert not document.is_cut


def test_a_sitemap_cut_between_addresses_keeps_them_all() -> None:
    body = of_paths("a-first", "a-second").removesuffix(b"</urlset>")

    document = parse_sitemap(body, content_type=None)

    assert document.is_cut
    assert len(document.entries) == 2


def test_as_many_addresses_are_read_as_a_sitemap_may_have() -> None:
    body = of_paths(*(f"story-{number}" for number in range(MOST_ADDRESSES + 1)))

    with measured() as cost:
        document = parse_sitemap(body, content_type=None)

    assert len(document.entries) == MOST_ADDRESSES
    assert cost.seconds < 20


HOSTILE = {
    "depth": b"<urlset>" + b"<url>" * 100_000,
    "attributes": b"<urlset "
    + b" ".join(b"a%d='1'" % n for n in range(20_000))
    + b"/>",
    "open character data": b"<urlset>" + b"<![CDATA[" * 100_000,
    "ampersands": b"<urlset><url><loc>" + b"&" * 1_000_000,
    "open addresses": b"<urlset>" + b"<url><loc>x" * 90_000,
}


@pytest.mark.parametrize("body", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_sitemap_is_read_in_bounded_time(body: bytes) -> None:
    with measured() as cost:
        document = parse_sitemap(body, content_type=None)

    assert len(document.entries) <= 1
    assert cost.seconds < 5
