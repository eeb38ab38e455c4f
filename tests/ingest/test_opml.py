from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest

from ingest.lists import opml
from ingest.lists.listed import ListedSource, NotAListError, SubscriptionList
from ingest.lists.opml import parse_opml, render_opml
from tests.cost import measured

FOLDER = Path(__file__).parents[1] / "opml"


def parse(name: str) -> SubscriptionList:
    return parse_opml((FOLDER / name).read_bytes())


def outlines(*written: str) -> bytes:
    return f"<opml version='2.0'><body>{''.join(written)}</body></opml>".encode()


def test_folders_become_categories() -> None:
    listed = parse("opml-1-with-folders.opml")

    assert [(one.title, one.categories) for one in listed.sources] == [
        ("Le courrier d'Alger", ("Maghreb/Algérie",)),
        ("Le facteur", ("Maghreb",)),
    ]
    assert listed.left_out == ()


def test_every_attribute_is_read() -> None:
    courier, saai = parse("opml-2-with-every-attribute.opml").sources

    assert courier == ListedSource(
        title="The courier",
        url="https://courier.example/feed",
        home="https://courier.example/",
        language="en",
        categories=("Press/Daily", "Morocco"),
    )
    assert (saai.title, saai.url) == ("الساعي", "https://saai.example/feed?a=1&b=2")
    assert (saai.language, saai.categories) == (None, ("صحف",))


def test_an_outline_that_is_no_source_is_left_out_with_its_reason() -> None:
    listed = parse("outlines-of-every-other-kind.opml")

    reasons = {one.title: one.reason for one in listed.left_out}
    assert [one.title for one in listed.sources] == ["Good"]
    assert reasons.keys() == {
        *("Empty", "Page", "Included", "File", "Script", "Relative", "Private"),
        *("Port", "Bracket", "Host", "without a title"),
    }
    assert reasons["Empty"] == "its xmlUrl is empty"
    assert "xmlUrl is missing" in reasons["Page"]
    assert "another list" in reasons["Included"]
    assert "http:// or https://" in reasons["File"]


def test_a_password_is_refused_and_never_repeated() -> None:
    listed = parse("outlines-of-every-other-kind.opml")

    (reason,) = [one.reason for one in listed.left_out if one.title == "Private"]
    assert "private.example" in reason
    assert "s3cr3t" not in repr(listed)


def test_odd_spellings_are_read() -> None:
    listed = parse("odd-spellings.opml")

    assert [(one.title, one.url) for one in listed.sources] == [
        ("Capitals", "https://capitals.example/feed"),
        ("A prefix", "http://prefix.example/feed"),
        ("Two schemes", "https://two.example/feed"),
        ("untitled.example", "https://untitled.example/feed"),
        ("Commas", "https://commas.example/feed"),
    ]
    assert listed.sources[-1].categories == ("A B C",)


def test_an_address_that_comes_again_adds_its_categories() -> None:
    listed = parse("odd-spellings.opml")

    assert listed.repeated == 1
    assert listed.sources[0].categories == ("Again",)


def test_a_damaged_list_is_read_as_far_as_it_goes() -> None:
    listed = parse("damaged.opml")

    assert [(one.title, one.url, one.categories) for one in listed.sources] == [
        ("L'écho", "https://echo.example/feed?a=1&b=2", ("Presse & radio",)),
        ("Radio", "https://radio.example/feed", ("Presse & radio",)),
    ]
    assert "well-formed" in (listed.trouble or "")


def test_a_list_of_another_kind_is_read() -> None:
    listed = parse("foaf.xml")

    assert [one.url for one in listed.sources] == ["https://friend.example/feed"]
    assert listed.trouble is None


def test_a_list_without_outlines_is_empty() -> None:
    assert parse_opml(outlines()) == SubscriptionList(sources=())


NO_LISTS = {
    "nothing": (b"", "empty"),
    "spaces": (b" \n", "empty"),
    "a page": (b"<!DOCTYPE html><html><body><p>404</body></html>", "HTML page"),
    "a feed": (b"<rss version='2.0'><channel/></rss>", "no OPML"),
    "a text": (b"hello", "well-formed"),
    "a picture": (b"\x89PNG\r\n\x1a\n\x00", "well-formed"),
    "entities": ((FOLDER / "bomb.opml").read_bytes(), "entities"),
    "outlines nested without end": (b"<opml>" + b"<outline>" * 1000, "well-formed"),
    "what listparser fails on": (b"<outline <rdf:RDF><rdf:RDF>", "well-formed"),
}


@pytest.mark.parametrize(("body", "reason"), NO_LISTS.values(), ids=NO_LISTS.keys())
def test_what_is_no_list_is_named(body: bytes, reason: str) -> None:
    with pytest.raises(NotAListError, match=reason):
        parse_opml(body)


def test_a_list_beyond_the_bound_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opml, "MOST_SOURCES", 1)
    body = outlines("<outline xmlUrl='https://a/'/>", "<outline xmlUrl='https://b/'/>")

    with pytest.raises(NotAListError, match="divide it"):
        parse_opml(body)


def test_folders_deeper_than_anyone_files_are_not_told_apart() -> None:
    deep = "<outline text='a'>" * 50
    body = outlines(deep, "<outline xmlUrl='https://a/'/>", "</outline>" * 50)

    (source,) = parse_opml(body).sources

    assert source.categories == ("/".join("a" * 10),)


def test_a_category_longer_than_settings_allow_is_dropped() -> None:
    body = outlines(f"<outline xmlUrl='https://a/' category='{'x' * 300},short'/>")

    assert parse_opml(body).sources[0].categories == ("short",)


@pytest.mark.parametrize(
    "body",
    [
        outlines(*(f"<outline xmlUrl='https://a/{n}'/>" for n in range(20_000))),
        outlines("<outline text='a'>" * 50_000, "</outline>" * 50_000),
        b"<opml><outline " + b" ".join(b"a%d='1'" % n for n in range(20_000)) + b"/>",
        b"<outline xmlUrl='https://a/'>" * 20_000,
    ],
    ids=["long", "deep", "wide", "deep and cut"],
)
def test_a_hostile_list_is_read_in_seconds(body: bytes) -> None:
    with measured() as cost, suppress(NotAListError):
        parse_opml(body)

    assert cost.seconds < 3


SOURCES = (
    ListedSource(
        title="A & <B>",
        url="https://a.example/feed?x=1&y=2",
        home="https://a.example/",
        language="fr",
        categories=("News/Maghreb", "Press"),
    ),
    ListedSource(title="Plain", url="https://plain.example/feed"),
    ListedSource(
        title="الساعي", url="https://s.example/", categories=("News/Maghreb/Mali",)
    ),
)


def test_what_is_written_is_read_back() -> None:
    assert set(parse_opml(render_opml(SOURCES)).sources) == set(SOURCES)


def test_equal_lists_give_equal_bytes() -> None:
    assert render_opml(SOURCES) == render_opml(list(SOURCES))


def test_sources_of_one_folder_stand_together() -> None:
    written = render_opml(SOURCES).decode()

    assert written.count('text="News"') == written.count('text="Maghreb"') == 1
    assert 'category="/News/Maghreb,/Press"' in written
    assert '<opml version="2.0">' in written


def test_a_control_character_does_not_spoil_the_list() -> None:
    source = ListedSource(title="a\x00b", url="https://a.example/")

    (read,) = parse_opml(render_opml([source])).sources

    assert read.title == "ab"
