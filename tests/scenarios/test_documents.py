"""What stands in the documents: charsets, XML, entries, dates, active content."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.scenarios.documents import feed, item, rss
from tests.scenarios.expectation import Expected, check
from tests.scenarios.play import START, Play, perform
from tests.scenarios.server import answer

ARABIC = "المغرب والجزائر"
FRENCH = "L’été à Alger"


def encoded(title: str, charset: str, *headers: str, declared: str = "") -> bytes:
    """The answer that brings one item with this title in a charset."""
    declaration = f' encoding="{declared}"' if declared else ""
    body = rss(item(1, title=title), encoding=declaration).encode(charset)
    return answer(body, *headers)


CHARSETS: dict[str, tuple[bytes, str]] = {
    "UTF-8 that nobody declares": (encoded(ARABIC, "utf-8"), ARABIC),
    "a byte order mark against the header": (
        encoded(ARABIC, "utf-8-sig", "Content-Type: text/xml; charset=iso-8859-1"),
        ARABIC,
    ),
    "UTF-16 with its mark": (encoded(ARABIC, "utf-16", declared="utf-16"), ARABIC),
    "windows-1256 in the declaration": (
        encoded(ARABIC, "cp1256", declared="windows-1256"),
        ARABIC,
    ),
    "windows-1256 in the header": (
        encoded(ARABIC, "cp1256", "Content-Type: text/xml; charset=windows-1256"),
        ARABIC,
    ),
    "windows-1252 called ISO-8859-1": (
        encoded(FRENCH, "cp1252", declared="iso-8859-1"),
        FRENCH,
    ),
    "a header that is right against a declaration that is wrong": (
        encoded(
            ARABIC,
            "cp1256",
            "Content-Type: application/xml; charset=windows-1256",
            declared="utf-8",
        ),
        ARABIC,
    ),
    "a charset that nobody knows": (
        encoded(ARABIC, "utf-8", declared="utf-9000"),
        ARABIC,
    ),
}


@pytest.mark.parametrize("case", CHARSETS.values(), ids=CHARSETS)
async def test_letters_survive(case: tuple[bytes, str]) -> None:
    played, title = case

    check(await perform(Play(feed=[played])), Expected(titles=(title,)))


def laughs() -> str:
    names = [f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10)]
    return f'<!DOCTYPE rss [<!ENTITY l0 "lol">{"".join(names)}]>'


HOSTILE: dict[str, bytes] = {
    "a billion laughs": feed(item(1, title="&l9;"), prologue=laughs()),
    "an entity that grows with the square": feed(
        item(1, title="&a;" * 10_000),
        prologue=f'<!DOCTYPE rss [<!ENTITY a "{"a" * 50_000}">]>',
    ),
    "a file as entity": feed(
        item(1, title="&x;"),
        prologue='<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
    ),
    "an address as entity": feed(
        item(1, title="&x;"),
        prologue='<!DOCTYPE rss [<!ENTITY x SYSTEM "http://news.example/x">]>',
    ),
    "a parameter entity": feed(
        item(1),
        prologue='<!DOCTYPE rss [<!ENTITY % p SYSTEM "http://news.example/p"> %p;]>',
    ),
}


@pytest.mark.parametrize("played", HOSTILE.values(), ids=HOSTILE)
async def test_entities_are_refused_unread(played: bytes) -> None:
    outcome = await perform(Play(feed=[played]))

    check(outcome, Expected(outcomes=("not_a_feed",), titles=(), paths=("/feed",)))


ENTRIES: dict[str, tuple[bytes, tuple[str, ...]]] = {
    "a doctype without entities": (
        feed(item(1), prologue='<!DOCTYPE rss SYSTEM "http://news.example/rss.dtd">'),
        ("Headline 1",),
    ),
    "a character that XML forbids": (
        feed(item(1, title="Head\x0bline\x00 1")),
        ("Headline 1",),
    ),
    "half a surrogate pair": (
        feed(item(1, title="Headline&#xD800; 1")),
        ("Headline 1",),
    ),
    "an ampersand that is not written": (
        feed(item(1, title="Oil & gas")),
        ("Oil & gas",),
    ),
    "markup in a title": (
        feed(item(1, title="&lt;b&gt;Oil&lt;/b&gt; &amp;amp; gas")),
        ("Oil & gas",),
    ),
    "a script in a title": (
        feed(item(1, title="Oil&lt;script&gt;alert(1)&lt;/script&gt;")),
        ("Oil alert(1)",),
    ),
    "an item without a title": (
        feed(item(1, title="", description="The oil flows. It flows on.")),
        ("The oil flows. It flows on.",),
    ),
    "an item of nothing": (feed(item(2), item(1, title="", link="")), ("Headline 2",)),
    "items without guids": (
        feed(item(2, guid=""), item(1, guid="")),
        ("Headline 1", "Headline 2"),
    ),
    "a guid that two items share": (
        feed(item(2, guid="same"), item(1, guid="same")),
        ("Headline 1", "Headline 2"),
    ),
    "an item twice": (feed(item(1), item(1)), ("Headline 1",)),
    "no items": (feed(), ()),
}


@pytest.mark.parametrize("case", ENTRIES.values(), ids=ENTRIES)
async def test_entries_of(case: tuple[bytes, tuple[str, ...]]) -> None:
    played, titles = case

    outcome = await perform(Play(feed=[played]))

    check(outcome, Expected(outcomes=("recorded",), titles=titles))


async def test_ten_thousand_entries_are_all_kept() -> None:
    played = await perform(
        Play(
            feed=[feed(*(item(number) for number in range(10_000)))],
            fetch={"deadline": "60s"},
        )
    )

    assert played.last["new"] == 10_000


AGAIN: dict[str, tuple[bytes, bytes, tuple[str, ...]]] = {
    "a new guid for the same article": (
        feed(item(1)),
        feed(item(1, guid="other")),
        ("Headline 1",),
    ),
    "a guid used for another article": (
        feed(item(1, guid="1")),
        feed(item(2, guid="1")),
        ("Headline 1", "Headline 2"),
    ),
    "a link with a mark of a campaign": (
        feed(item(1, guid="")),
        feed(item(1, guid="", link="http://news.example/1?utm_source=rss")),
        ("Headline 1",),
    ),
    "the link in https": (
        feed(item(1, guid="")),
        feed(item(1, guid="", link="https://news.example/1")),
        ("Headline 1",),
    ),
    "a changed headline": (
        feed(item(1)),
        feed(item(1, title="Headline one")),
        ("Headline one",),
    ),
}


@pytest.mark.parametrize("case", AGAIN.values(), ids=AGAIN)
async def test_an_article_comes_again_with(
    case: tuple[bytes, bytes, tuple[str, ...]],
) -> None:
    first, second, titles = case

    played = await perform(Play(feed=[first, second], visits=2))

    check(played, Expected(titles=titles))


DATES: dict[str, tuple[str, datetime | None]] = {
    "RFC 822": ("Sun, 22 Nov 2026 10:00:00 +0100", START.replace(day=22, hour=9)),
    "a year of two digits": ("22 Nov 26 09:00 GMT", START.replace(day=22, hour=9)),
    "a wrong weekday": ("Mon, 22 Nov 2026 09:00:00 GMT", START.replace(day=22, hour=9)),
    "RFC 3339": ("2026-11-22T10:00:00+01:00", START.replace(day=22, hour=9)),
    "1970": ("Thu, 01 Jan 1970 00:00:00 GMT", None),
    "the future": ("Sun, 22 Nov 2099 10:00:00 GMT", None),
    "nonsense": ("soon", None),
}


@pytest.mark.parametrize("case", DATES.values(), ids=DATES)
async def test_a_date_of(case: tuple[str, datetime | None]) -> None:
    written, moment = case

    played = await perform(Play(feed=[feed(item(1, pubDate=written))]))

    (article,) = played.articles
    assert article.published_at == moment
    assert article.first_seen_at == datetime(2026, 11, 23, 12, tzinfo=UTC)


ACTIVE: dict[str, str] = {
    "a script": "<script>alert(1)</script>",
    "a handler": '<img src="http://news.example/a.png" onerror="alert(1)">',
    "a link with code": '<a href="javascript:alert(1)">x</a>',
    "a link with code in disguise": '<a href="java&#10;script:alert(1)">x</a>',
    "a link with data": '<a href="data:text/html,<script>alert(1)</script>">x</a>',
    "a drawing": '<svg onload="alert(1)"><script>alert(1)</script></svg>',
    "a formula": '<math><mtext><style><img src=x onerror="alert(1)"></style></math>',
    "a style": '<p style="background:url(javascript:alert(1))">x</p>',
    "a page that moves on": '<meta http-equiv="refresh" content="0;url=//evil">',
    "a form": '<form action="//evil"><input onfocus="alert(1)" autofocus></form>',
    "a frame": '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
    "another base": '<base href="//evil/"><a href="x">y</a>',
}
DEAD = ("<script", "onerror", "onload", "onfocus", "javascript:", "data:", "<svg")
DEAD_TOO = ("<math", "<style", "style=", "<meta", "<form", "<input", "<iframe", "<base")


@pytest.mark.parametrize("markup", ACTIVE.values(), ids=ACTIVE)
async def test_nothing_is_alive_in(markup: str) -> None:
    text = f"<![CDATA[<p>The oil flows.</p>{markup}]]>"

    played = await perform(Play(feed=[feed(item(1, description=text))]))

    (article,) = played.articles
    assert "The oil flows." in article.content_html
    assert not [word for word in DEAD + DEAD_TOO if word in article.content_html]
