import pytest

from ingest.normalise.video_links import WatchPage, watch_page

PLAYERS = {
    "a film": (
        "https://www.youtube.com/embed/a-B_1?autoplay=1",
        WatchPage(url="https://www.youtube.com/watch?v=a-B_1", service="YouTube"),
    ),
    "a film without a scheme, on the host that sets no cookies": (
        "//www.youtube-nocookie.com/embed/a-B_1",
        WatchPage(url="https://www.youtube.com/watch?v=a-B_1", service="YouTube"),
    ),
    "a series": (
        "https://www.youtube.com/embed/videoseries?list=PL1",
        WatchPage(url="https://www.youtube.com/playlist?list=PL1", service="YouTube"),
    ),
    "a film by its number": (
        "https://player.vimeo.com/video/123?title=0",
        WatchPage(url="https://vimeo.com/123", service="Vimeo"),
    ),
    "a film that is not listed": (
        "https://player.vimeo.com/video/123?h=0a1b2c3d",
        WatchPage(url="https://vimeo.com/123/0a1b2c3d", service="Vimeo"),
    ),
    "a film in a path": (
        "https://www.dailymotion.com/embed/video/x8a",
        WatchPage(url="https://www.dailymotion.com/video/x8a", service="Dailymotion"),
    ),
    "a film in a parameter": (
        "https://geo.dailymotion.com/player/p.html?video=x8a",
        WatchPage(url="https://www.dailymotion.com/video/x8a", service="Dailymotion"),
    ),
    "a page named by the player": (
        "https://www.facebook.com/plugins/video.php"
        "?href=https%3A%2F%2Fwww.facebook.com%2Fa%2Fvideos%2F1%2F&width=500",
        WatchPage(url="https://www.facebook.com/a/videos/1/", service="Facebook"),
    ),
    "a tweet": (
        "https://platform.twitter.com/embed/Tweet.html?id=15",
        WatchPage(url="https://x.com/i/status/15", service="X"),
    ),
    "a sound with a page": (
        "https://w.soundcloud.com/player/?url=https%3A//soundcloud.com/a/b",
        WatchPage(url="https://soundcloud.com/a/b", service="SoundCloud"),
    ),
    "a sound that has a number only": (
        "https://w.soundcloud.com/player/?url=https%3A//api.soundcloud.com/tracks/1&x=y",
        WatchPage(
            url="https://w.soundcloud.com/player/"
            "?url=https%3A%2F%2Fapi.soundcloud.com%2Ftracks%2F1",
            service="SoundCloud",
        ),
    ),
    "a post": (
        "https://www.instagram.com/reel/Cx_1/embed/captioned",
        WatchPage(url="https://www.instagram.com/reel/Cx_1/", service="Instagram"),
    ),
    "an episode": (
        "https://open.spotify.com/embed/episode/4x",
        WatchPage(url="https://open.spotify.com/episode/4x", service="Spotify"),
    ),
    "a message": (
        "https://t.me/gazette/12?embed=1",
        WatchPage(url="https://t.me/gazette/12", service="Telegram"),
    ),
    "a title of an archive": (
        "https://archive.org/embed/a.b",
        WatchPage(url="https://archive.org/details/a.b", service="Internet Archive"),
    ),
    "a player that is a page itself": (
        "https://players.brightcove.net/1/x_default/index.html?videoId=2",
        WatchPage(
            url="https://players.brightcove.net/1/x_default/index.html?videoId=2",
            service="Brightcove",
        ),
    ),
}


@pytest.mark.parametrize(("player", "page"), PLAYERS.values(), ids=PLAYERS.keys())
def test_the_page_behind_a_player(player: str, page: WatchPage) -> None:
    assert watch_page(player) == page


NO_PLAYERS = {
    "an unknown host": "https://evil.example/embed/a",
    "a host that ends like a known one": "https://notyoutube.com/embed/a",
    "a relative address": "/embed/a",
    "another scheme": "javascript://www.youtube.com/embed/a",
    "nothing": "",
    "a channel": "https://www.youtube.com/channel/a",
    "a series without its name": "https://www.youtube.com/embed/videoseries",
    "a film whose name is none": "https://www.youtube.com/embed/%22onload=x",
    "a film of words": "https://player.vimeo.com/video/abc",
    "a film of signs": "https://www.dailymotion.com/embed/video/%3Cb%3E",
    "a page of another host": (
        "https://www.facebook.com/plugins/video.php?href=https://evilfacebook.com/"
    ),
    "a page that is a script": (
        "https://www.facebook.com/plugins/video.php?href=javascript:x//facebook.com/"
    ),
    "a tweet of words": "https://platform.twitter.com/embed/Tweet.html?id=x",
    "a sound without an address": "https://w.soundcloud.com/player/",
    "a profile": "https://www.instagram.com/gazette/",
    "a page of posts alone": "https://www.instagram.com/p/",
    "the start of a service": "https://open.spotify.com/",
    "the start of an archive": "https://archive.org/",
    "the start of a host of players": "https://rumble.com/",
}


@pytest.mark.parametrize("player", NO_PLAYERS.values(), ids=NO_PLAYERS.keys())
def test_what_shows_no_film_has_no_page(player: str) -> None:
    assert watch_page(player) is None
