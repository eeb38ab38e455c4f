import pytest

from ingest.normalise.arrange_html import arrange_html, calls_for_arranging

PICTURES = {
    "a picture with an address": ('<img src="a.jpg">', '<img src="a.jpg">'),
    "a lazy picture without an address": (
        '<img data-lazy-src="a.jpg">',
        '<img data-lazy-src="a.jpg" src="a.jpg">',
    ),
    "the lazy address beats a placeholder": (
        '<img src="grey.gif" data-src="a.jpg">',
        '<img src="a.jpg" data-src="a.jpg">',
    ),
    "a lazy address that is data does not": (
        '<img src="a.jpg" data-src="data:x">',
        '<img src="a.jpg" data-src="data:x">',
    ),
    "the largest of lazy candidates": (
        '<img data-srcset="a,1.jpg 300w, b.jpg 1.5x, c.jpg 600w,d.jpg 2x">',
        '<img data-srcset="a,1.jpg 300w, b.jpg 1.5x, c.jpg 600w,d.jpg 2x" src="c.jpg">',
    ),
    "candidates where there is no address": (
        '<img srcset="a.jpg, b.jpg 2x,">',
        '<img srcset="a.jpg, b.jpg 2x," src="b.jpg">',
    ),
    "an address beats candidates": (
        '<img src="a.jpg" srcset="b.jpg 2x">',
        '<img src="a.jpg" srcset="b.jpg 2x">',
    ),
    "a size that is none": (
        '<img srcset="a.jpg big, b.jpg 2x">',
        '<img srcset="a.jpg big, b.jpg 2x" src="b.jpg">',
    ),
    "candidates of nothing": ('<img srcset=" , ">', '<img srcset=" , ">'),
    "the first source of a picture without address": (
        '<picture><source srcset="data:x"><source srcset="a.jpg">'
        '<source srcset="b.jpg"><img alt="x"></picture>',
        '<picture><source srcset="data:x"><source srcset="a.jpg">'
        '<source srcset="b.jpg"><img alt="x" src="a.jpg"></picture>',
    ),
    "sources beside an address": (
        '<picture><source srcset="a.webp"><img src="a.jpg"></picture>',
        '<picture><source srcset="a.webp"><img src="a.jpg"></picture>',
    ),
    "sources of no picture": (
        '<picture><source srcset="a.webp"></picture>',
        '<picture><source srcset="a.webp"></picture>',
    ),
    "sources without an address": (
        "<picture><source><img></picture>",
        "<picture><source><img></picture>",
    ),
    "a picture of one pixel": ('a<img src="a" width="1" height="1px">b', "ab"),
    "a picture of no size": ('a<img src="a" width="0" height="0">b', "ab"),
    "a picture of one pixel's width": (
        '<img src="a" width="1" height="9">',
        '<img src="a" width="1" height="9">',
    ),
    "a picture that is hidden": ('a<img src="a" style="x:y; display: none">b', "ab"),
}


@pytest.mark.parametrize(("html", "expected"), PICTURES.values(), ids=PICTURES.keys())
def test_pictures(html: str, expected: str) -> None:
    assert calls_for_arranging(html)
    assert arrange_html(html) == expected


YOUTUBE = '<p><a href="https://www.youtube.com/watch?v=a">▶ YouTube{}</a></p>'
PLAYERS = {
    "a player of a known host": (
        '<iframe src="//www.youtube.com/embed/a" title="Video player"></iframe>',
        YOUTUBE.format(""),
    ),
    "a player with a title": (
        '<iframe src="//www.youtube.com/embed/a" title="A &quot;talk&quot; &lt;b&gt;">'
        "</iframe>",
        YOUTUBE.format(': A "talk" &lt;b&gt;'),
    ),
    "a player that waits for a script": (
        '<iframe src="about:blank" data-lazy-src="//www.youtube.com/embed/a"></iframe>',
        YOUTUBE.format(""),
    ),
    "a player of another host": ('<iframe src="https://x.example/"></iframe>', ""),
    "a player of nothing": ("<iframe></iframe>", ""),
    "a film": (
        '<video src="/films/a%20b.mp4" title="A talk"></video>',
        '<p><a href="/films/a%20b.mp4">▶ a b.mp4: A talk</a></p>',
    ),
    "a film with its picture": (
        '<video src="/a.mp4" poster="/a.jpg"></video>',
        '<p><a href="/a.mp4"><img src="/a.jpg">▶ a.mp4</a></p>',
    ),
    "a film of several sources": (
        '<video><source src="x:y"><source src="/a.mp4"><source src="/b.mp4"></video>',
        '<p><a href="/a.mp4">▶ a.mp4</a></p>',
    ),
    "a sound of a host": (
        '<audio src="https://x.example/"></audio>',
        '<p><a href="https://x.example/">▶ x.example</a></p>',
    ),
    "a sound at no address": (
        '<audio src="http://[x/a.mp3"></audio>',
        '<p><a href="http://[x/a.mp3">▶ </a></p>',
    ),
    "a sound that has none": ("a<audio>Your browser is old</audio>b", "ab"),
    "a film in a film": ('<video><video src="a.mp4"></video></video>', ""),
}


@pytest.mark.parametrize(("html", "expected"), PLAYERS.values(), ids=PLAYERS.keys())
def test_players(html: str, expected: str) -> None:
    assert calls_for_arranging(html)
    assert arrange_html(html) == expected


def test_bars_that_lead_away_are_dropped() -> None:
    html = (
        '<p>One</p><div class="a feedflare b"><div class="sharedaddy">x</div></div>'
        '<div class="feed">Two</div>'
    )

    assert calls_for_arranging(html)
    assert arrange_html(html) == '<p>One</p><div class="feed">Two</div>'


def test_a_plain_text_needs_no_arranging() -> None:
    assert not calls_for_arranging("<p>One <b>two</b></p>")
