"""What HTTP says of a feed's hubs and of its own address (WebSub, 4 and 7)."""

from __future__ import annotations

from collections.abc import Sequence


def write_links(hubs: Sequence[str], topic: str) -> str:
    """The value of Link that names the hubs of a topic and the topic itself.

    Quotes would end an address, and all ours are without.
    """
    links = [f'<{_encode(hub)}>; rel="hub"' for hub in hubs]
    return ", ".join([*links, f'<{_encode(topic)}>; rel="self"'])


def _encode(url: str) -> str:
    """The address with what would end it, or is no character of a header, encoded."""
    return "".join(
        each if " " < each < "\x7f" and each not in '<>"' else _percent(each)
        for each in url
    )


def _percent(character: str) -> str:
    return "".join(f"%{byte:02X}" for byte in character.encode())
