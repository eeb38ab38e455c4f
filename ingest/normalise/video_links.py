"""The address of an embedded player -> the page where people watch or listen.

Knows the hosts that news sites embed. A player of any other host is nobody's
promise of a video, and gets no link.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import SplitResult, parse_qs, urlencode, urlsplit

from ingest.normalise.links import absolute_link

PLAY = "▶"
"""What a link to a film or a sound begins with, in every language."""

_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_UNLISTED_VIMEO = re.compile(r"[0-9a-f]{6,20}")


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchPage:
    """The page of a film or a sound, and the name of the service that shows it."""

    url: str
    service: str


def watch_page(player_address: str) -> WatchPage | None:
    """The page behind the player; None where the host is unknown or names nothing."""
    address = absolute_link(player_address, "https://unknown.invalid/")
    parts = urlsplit(address or "")
    host = (parts.hostname or "").removeprefix("www.")
    if host not in _SERVICES:
        return None
    service, page_of = _SERVICES[host]
    url = page_of(parts)
    return WatchPage(url=url, service=service) if url else None


def _youtube(player: SplitResult) -> str | None:
    *_, kind, video = ("", *player.path.strip("/").split("/"))
    playlist = _parameter(player, "list")
    if video == "videoseries":
        named = _ID.fullmatch(playlist) is not None
        return f"https://www.youtube.com/playlist?list={playlist}" if named else None
    if kind in {"embed", "v", "live", "shorts"} and _ID.fullmatch(video):
        return f"https://www.youtube.com/watch?v={video}"
    return None


def _vimeo(player: SplitResult) -> str | None:
    video = _last_part(player)
    unlisted = _parameter(player, "h")
    if not video.isdecimal():
        return None
    key = f"/{unlisted}" if _UNLISTED_VIMEO.fullmatch(unlisted) else ""
    return f"https://vimeo.com/{video}{key}"


def _dailymotion(player: SplitResult) -> str | None:
    video = _parameter(player, "video") or _last_part(player)
    named = _ID.fullmatch(video) is not None
    return f"https://www.dailymotion.com/video/{video}" if named else None


def _facebook(player: SplitResult) -> str | None:
    return _page_in_parameter(player, "href", "facebook.com")


def _tweet(player: SplitResult) -> str | None:
    tweet = _parameter(player, "id")
    return f"https://x.com/i/status/{tweet}" if tweet.isdecimal() else None


def _soundcloud(player: SplitResult) -> str | None:
    page = _page_in_parameter(player, "url", "soundcloud.com")
    if page is None or urlsplit(page).hostname != "api.soundcloud.com":
        return page
    # The track has only its number there; the player is the page people can open.
    return f"https://w.soundcloud.com/player/?{urlencode({'url': page})}"


def _instagram(player: SplitResult) -> str | None:
    kind, post, *_ = (*player.path.strip("/").split("/"), "", "")
    named = kind in {"p", "reel", "tv"} and _ID.fullmatch(post)
    return f"https://www.instagram.com/{kind}/{post}/" if named else None


def _without_embed(player: SplitResult) -> str | None:
    path = player.path.replace("/embed/", "/", 1)
    return f"https://{player.hostname}{path}" if path.strip("/") else None


def _archive(player: SplitResult) -> str | None:
    title = _last_part(player)
    return f"https://archive.org/details/{title}" if title else None


def _player_itself(player: SplitResult) -> str | None:
    """The player's own address, which is a page: it names no other."""
    return player.geturl() if player.path.strip("/") else None


def _page_in_parameter(player: SplitResult, name: str, domain: str) -> str | None:
    """The address in the parameter, if it is of the domain."""
    page = absolute_link(_parameter(player, name), None)
    host = urlsplit(page or "").hostname or ""
    return page if host == domain or host.endswith(f".{domain}") else None


def _parameter(player: SplitResult, name: str) -> str:
    # Past a thousand parameters an address is no player's.
    query = player.query[:2_000]
    return parse_qs(query).get(name, [""])[0]


def _last_part(player: SplitResult) -> str:
    return player.path.strip("/").rpartition("/")[2]


_SERVICES: Mapping[str, tuple[str, Callable[[SplitResult], str | None]]] = {
    "youtube.com": ("YouTube", _youtube),
    "youtube-nocookie.com": ("YouTube", _youtube),
    "player.vimeo.com": ("Vimeo", _vimeo),
    "dailymotion.com": ("Dailymotion", _dailymotion),
    "geo.dailymotion.com": ("Dailymotion", _dailymotion),
    "facebook.com": ("Facebook", _facebook),
    "platform.twitter.com": ("X", _tweet),
    "platform.x.com": ("X", _tweet),
    "w.soundcloud.com": ("SoundCloud", _soundcloud),
    "instagram.com": ("Instagram", _instagram),
    "open.spotify.com": ("Spotify", _without_embed),
    "t.me": ("Telegram", _without_embed),
    "archive.org": ("Internet Archive", _archive),
    "rumble.com": ("Rumble", _player_itself),
    "players.brightcove.net": ("Brightcove", _player_itself),
}
