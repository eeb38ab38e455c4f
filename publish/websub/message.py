"""What is sent to those who follow a feed when it has changed (WebSub, 7)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from publish.rendered import Rendered
from publish.websub.signature import sign
from store.follower import Follower, FollowerKind

_FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """The headers and the body of a POST."""

    headers: Mapping[str, str]
    body: bytes


def write_message(follower: Follower, feed: Rendered) -> Message:
    """The whole feed for a subscriber, and for a hub that there is something new."""
    if follower.kind is FollowerKind.HUB:
        return _announcement(follower.topic)
    return _delivery(feed, follower.secret)


def _announcement(topic: str) -> Message:
    """That a feed has changed; some hubs read one name of it, some the other."""
    form = {"hub.mode": "publish", "hub.topic": topic, "hub.url": topic}
    return Message(headers={"Content-Type": _FORM}, body=urlencode(form).encode())


def _delivery(feed: Rendered, secret: str | None) -> Message:
    headers = {"Content-Type": feed.media_type, "Link": feed.links}
    if secret is not None:
        headers["X-Hub-Signature"] = sign(secret, feed.body)
    return Message(headers=headers, body=feed.body)
