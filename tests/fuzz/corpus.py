"""Ten thousand documents that no publisher meant, each made anew from its number.

The same number is the same document for ever on the same fixtures, so that a failure
can be looked at again: `python -m tests.fuzz.child 4711 1`.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

FEEDS = Path(__file__).parents[1] / "feeds"
SEEDS = tuple(
    path.read_bytes()
    for path in sorted(FEEDS.rglob("*"))
    if path.suffix in {".xml", ".jsonfeed"}
)
LONGEST_FLOOD = 40_000
"""Bytes: feedparser takes 50 µs for a tag, however harmless."""

_TAG = re.compile(rb"<[^<>]+>")
_WORDS = re.compile(rb">([^<>]+)<|\"([^\"<>]+)\"")
_CHARSETS = (
    *("utf-8", "utf-16", "utf-16-le", "utf-32-be", "cp1256", "iso-8859-1", "cp500"),
    *("iso-8859-6", "gb18030", "shift_jis", "koi8-r", "utf-7", "utf-8-sig"),
)
_CLAIMS = (
    *_CHARSETS,
    *("nonsense", "", "zlib", "idna", "undefined", "x" * 5_000, "unicode_escape"),
)
_TOKENS = (
    *(b"<item>", b"</item>", b"<entry>", b"</entry>", b"<channel>", b"</rss>", b"<"),
    *(b">", b"&", b"]]>", b"<![CDATA[", b"<!--", b"-->", b"<?", b"?>", b"\0", b"\xff"),
    *(b"&#0;", b"&#xD800;", b"&#x110000;", b"&#99999999999999999999;", b"&nbsp;"),
    *(b"<!DOCTYPE rss [", b"<!ENTITY a 'b'>", b"%a;", b"\xed\xa0\x80", b"\xef\xbf\xbf"),
    *(b"xmlns:a='b'", b"xml:base='http://['", b"xml:lang='\xd8'", b"type='xhtml'"),
    *(b"mode='base64'", b"\xf0\x9f", b"\r", b"\x0c", b"\xe2\x80\xa8", b'"', b"'"),
)
_VALUES = (
    *(b"", b" ", b"9" * 5_000, b"-1", b"NaN", b"1e999", b"\xd9\xa6\xd9\xa0", b"0x10"),
    *(b"http://[", b"http://[::1", b"http://a:99999999/", b"javascript:alert(1)"),
    *(b"//", b"http://xn--/", b"http://\xc3\x9f.example/", b"a" * 5_000, b"../" * 999),
    *(b"31 Feb 2026", b"Fri, 31 Dec 9999 23:59:59 -0500", b"0000-00-00T00:00:00Z"),
    *(
        b"2026-02-30",
        b"1e30",
        b"24:61",
        b"Thu, 01 Jan 1970 00:00:00 +9999",
        b"\xff\xfe",
    ),
    *(b"<b>" * 99, b"&lt;script&gt;", b"=" * 5_000, b"(" * 5_000, b"@" * 5_000),
)
_JSON_VALUES: tuple[object, ...] = (
    *(
        None,
        True,
        -1,
        1e308,
        10**400,
        "",
        "\ud800",
        [],
        {},
        [[]],
        {"a": 1},
        "x" * 5_000,
    ),
)
# Each is a start, a piece to repeat and an end.
_FLOODS = (
    *((b"<item>", piece, b"") for piece in (b"<a>", b"<b x='1'>", b"</a>", b"<a/>")),
    *((b"<description>", piece, b"</description>") for piece in _TOKENS),
    *((b"<title>", piece, b"</title>") for piece in (b"&amp;", b"&lt;b&gt;", b"&x;")),
    (b"<description>", b"<div>", b"</description>"),
    (b"<content:encoded><![CDATA[", b"<div><table><tr><td>", b"]]></content:encoded>"),
    (b"<content:encoded><![CDATA[", b"<a href='", b"]]></content:encoded>"),
    (b"", b"<item>", b""),
    (b"", b"<item/>", b""),
    (b"<item>", b"<category>a</category>", b"</item>"),
    (b"<item>", b"<link>a</link>", b"</item>"),
    (b"<item>", b"<enclosure url='a'/>", b"</item>"),
    (b"<item><pubDate>", b"1 ", b"</pubDate></item>"),
    (b"<item><author>", b"a@b (", b"</author></item>"),
    (b"<item><itunes:keywords>", b"a,b", b"</itunes:keywords></item>"),
    (b"<item><", b"a", b">"),
    (b"<item><", b"a:", b">"),
    (b"<item a='", b"\"'", b"'>"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A body and the header that came with it; `kind` says how it was made."""

    kind: str
    body: bytes
    content_type: str | None


def case(number: int) -> Case:
    """The document of that number."""
    chance = random.Random(number)  # noqa: S311 - repeatable, which is the point
    make = _MAKERS[number % len(_MAKERS)]
    body = make(chance, chance.choice(SEEDS))
    return Case(
        kind=make.__name__.strip("_"),
        body=body,
        content_type=_content_type(chance) if chance.random() < 0.3 else None,
    )


def _content_type(chance: random.Random) -> str:
    media_type = chance.choice(["text/html", "application/rss+xml", "text/plain", "/"])
    return f"{media_type}; charset={chance.choice(_CLAIMS)}"


def _flipped(chance: random.Random, seed: bytes) -> bytes:
    body = bytearray(seed)
    for _ in range(chance.randint(1, 30)):
        body[chance.randrange(len(body))] = chance.randrange(256)
    return bytes(body)


def _cut(chance: random.Random, seed: bytes) -> bytes:
    return seed[: chance.randrange(len(seed))]


def _pierced(chance: random.Random, seed: bytes) -> bytes:
    """With a piece left out, or put in again elsewhere."""
    start, end = sorted((_place(chance, seed), _place(chance, seed)))
    rest = seed[:start] + seed[end:]
    if chance.random() < 0.5:
        return rest
    place = _place(chance, rest)
    return rest[:place] + seed[start:end] * chance.randint(1, 9) + rest[place:]


def _spliced(chance: random.Random, seed: bytes) -> bytes:
    """The beginning of one document with the end of another."""
    other = chance.choice(SEEDS)
    return seed[: _place(chance, seed)] + other[_place(chance, other) :]


def _sprinkled(chance: random.Random, seed: bytes) -> bytes:
    """With what has a meaning to some parser, anywhere."""
    body = seed
    for _ in range(chance.randint(1, 12)):
        place = _place(chance, body)
        body = body[:place] + chance.choice(_TOKENS) + body[place:]
    return body


def _retagged(chance: random.Random, seed: bytes) -> bytes:
    """With tags doubled, swapped, dropped or nested in themselves."""
    tags: list[bytes] = _TAG.findall(seed) or [b"<a>"]

    def another(tag: re.Match[bytes]) -> bytes:
        if chance.random() > 0.1:
            return tag[0]
        return chance.choice([b"", tag[0] * 2, tag[0] * 40, chance.choice(tags)])

    return _TAG.sub(another, seed)


def _revalued(chance: random.Random, seed: bytes) -> bytes:
    """With texts and attributes that no field can hold."""

    def another(words: re.Match[bytes]) -> bytes:
        if chance.random() > 0.2:
            return words[0]
        return words[0][:1] + chance.choice(_VALUES) + words[0][-1:]

    return _WORDS.sub(another, seed)


def _renamed(chance: random.Random, seed: bytes) -> bytes:
    """In one charset, declared in another."""
    text = seed.decode("utf-8", "replace")
    claim = chance.choice(_CLAIMS)
    if text.startswith("<?xml") and chance.random() < 0.5:
        text = text.partition("?>")[2]
    declared = f"<?xml version='1.0' encoding='{claim}'?>{text}"
    return declared.encode(chance.choice(_CHARSETS), "replace")


def _flooded(chance: random.Random, seed: bytes) -> bytes:
    """With one thing again and again."""
    start, piece, end = chance.choice(_FLOODS)
    length = int(LONGEST_FLOOD ** chance.uniform(0.3, 1))
    flood = start + piece * (length // max(len(piece), 1)) + end
    place = _place(chance, seed)
    return seed[:place] + flood + seed[place:]


def _flooded_beyond_bounds(chance: random.Random, seed: bytes) -> bytes:
    """With more of what is quadratic to somebody than any feed has."""
    count = int(10 ** chance.uniform(2, 5))
    numbers = range(count)
    flood = chance.choice(
        [
            "<x " + " ".join(f"a{n}='{n}'" for n in numbers) + "/>",
            "<x " + " ".join(f"a{n}" for n in numbers) + ">",
            "".join(f"<x xmlns:n{n}='u{n}' n{n}:a='1'>" for n in numbers[:2_000]),
            "<x>" * count,
            "<x>" * count + "</x>" * count,
            "".join(f"<category>{n}</category>" for n in numbers[:20_000]),
            f"<media:keywords>{','.join(map(str, numbers))}</media:keywords>",
            "<!DOCTYPE a [<!ATTLIST item "
            + " ".join(f"a{n} CDATA '1'" for n in numbers)
            + ">]>",
            "<!DOCTYPE a [" + "".join(f"<!ENTITY a{n} '&a;'>" for n in numbers) + "]>",
        ]
    ).encode()
    place = chance.choice([found.start() for found in _TAG.finditer(seed)] or [0])
    return seed[:place] + flood + seed[place:]


def _nested_json(chance: random.Random, _seed: bytes) -> bytes:
    """A JSON Feed whose values are of the wrong kinds."""
    keys = ["id", "url", "title", "content_html", "summary", "date_published", "tags"]
    keys += ["authors", "author", "attachments", "image", "language", "content_text"]
    values = [*_JSON_VALUES, "2026-02-03T08:00:00Z", "https://a.example/", "Words"]
    items = [
        {
            key: chance.choice(values)
            for key in chance.sample(keys, chance.randint(1, 9))
        }
        for _ in range(chance.randint(0, 9))
    ]
    feed = {
        "version": chance.choice(["https://jsonfeed.org/version/1.1", "1.0", None, 1]),
        "title": chance.choice(values),
        "home_page_url": chance.choice(values),
        "items": chance.choice([items, items, items, "items", None, [items]]),
    }
    body = json.dumps(feed).encode()
    return _flipped(chance, body) if chance.random() < 0.3 else body


def _of_chance(chance: random.Random, _seed: bytes) -> bytes:
    start = chance.choice(
        [b"", b"<", b"{", b"<?xml ", b"<rss>", b"\xff\xfe", b"[", b"\0"]
    )
    return start + chance.randbytes(chance.randrange(400))


def _place(chance: random.Random, body: bytes) -> int:
    return chance.randint(0, len(body))


_MAKERS: tuple[Callable[[random.Random, bytes], bytes], ...] = (
    *(_flipped, _cut, _pierced, _spliced, _sprinkled, _retagged, _revalued, _renamed),
    *(_flooded, _flooded_beyond_bounds, _nested_json, _of_chance),
)
