"""What only a browser with scripts shows -> what every reader shows.

Lazy pictures get their address, players become links to the page where people watch,
share bars and counting pixels go. The adapter of selectolax for entries' texts. It
neither bounds what it reads nor makes it inert: `clean_html` does both around it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from ingest.normalise.text import one_line, shorten, writable
from ingest.normalise.video_links import PLAY, watch_page

ELEMENTS = frozenset({"audio", "iframe", "img", "picture", "source", "video"})
"""The elements that are arranged."""

_LAZY_ADDRESS = ("data-src", "data-lazy-src", "data-original", "data-orig-file")
_LAZY_SET = ("data-srcset", "data-lazy-srcset", "srcset")
_PLAYED = {"data-src", "poster", "src", "title"}
ATTRIBUTES = {
    "audio": _PLAYED,
    "iframe": {"data-lazy-src", *_PLAYED},
    "img": {"alt", "height", "src", "style", "title", "width"}
    | {*_LAZY_ADDRESS, *_LAZY_SET},
    "source": {"data-src", "data-srcset", "src", "srcset"},
    "video": _PLAYED,
}
"""The attributes of theirs that say how."""

# The names by which the tools of many sites mark their share and "more" bars.
BAR_CLASSES = frozenset(
    {
        *("a2a_kit", "addthis_toolbox", "addtoany_content", "feedflare"),
        *("addtoany_share_save_container", "heateor_sss_sharing_container"),
        *("jp-relatedposts", "share-buttons", "sharedaddy", "shareaholic-canvas"),
        *("simplesocialbuttons", "social-share", "sociable", "swp_social_panel"),
    }
)
"""Classes of what leads away from a text rather than belongs to it."""

_CALLS_FOR_IT = re.compile(
    rf"<(?:img|picture|iframe|video|audio)\b|{'|'.join(BAR_CLASSES)}", re.IGNORECASE
)
_LONGEST_LABEL = 120
_OTHER_SCHEME = re.compile(r"\s*(?!https?:)[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_BETWEEN_CANDIDATES = re.compile(r",\s+|(?<=\d[wx]),")  # addresses have commas too
_SIZE = re.compile(r"\d{1,6}(?:\.\d{1,3})?(?=[wx])")
_AT_MOST_ONE = re.compile(r"\s*[01](?:\.0*)?(?:px)?\s*")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_NO_TITLE = re.compile(
    r"(?:[\w ]{0,20} )?video(?: player)?|embedded post", re.IGNORECASE
)


def calls_for_arranging(html: str) -> bool:
    """Whether the HTML has anything that `arrange_html` would touch."""
    return _CALLS_FOR_IT.search(html) is not None


def arrange_html(html: str) -> str:
    """The HTML fragment with pictures, players and bars as every reader has them."""
    tree = LexborHTMLParser(html, is_fragment=True)
    # A descendant comes after its ancestors and goes before them.
    for bar in reversed(tree.css(", ".join(f".{name}" for name in BAR_CLASSES))):
        bar.decompose()
    for player in reversed(tree.css("iframe, video, audio")):
        _replace(player, _link_to(player, tree))
    for picture in tree.css("picture"):
        _settle_sources(picture)
    for image in reversed(tree.css("img")):
        _arrange_image(image)
    return tree.html or ""


def _arrange_image(image: LexborNode) -> None:
    """Give the picture the address it waits to be given, or drop what shows none."""
    attributes = _attributes(image)
    sizes = (attributes.get("width", ""), attributes.get("height", ""))
    if all(_AT_MOST_ONE.fullmatch(size) for size in sizes):  # it counts readers
        image.decompose()
        return
    if _HIDDEN.search(attributes.get("style", "")):
        image.decompose()
        return
    address = next(_picture_addresses(attributes), None)
    if address is not None:
        image.attrs["src"] = address


def _picture_addresses(attributes: dict[str, str]) -> Iterator[str]:
    """The addresses that a picture may have, the one that was meant first."""
    addresses = [attributes.get(name, "") for name in _LAZY_ADDRESS]
    lazy_sets = [_largest(attributes.get(name, "")) for name in _LAZY_SET]
    for address in (*addresses, *lazy_sets[:-1], attributes.get("src", "")):
        if _is_address(address):
            yield address
    if _is_address(lazy_sets[-1]):
        yield lazy_sets[-1]


def _settle_sources(picture: LexborNode) -> None:
    """Give the picture's image, where it has no address, that of the first source."""
    image = picture.css_first("img")
    if image is None or any(_picture_addresses(_attributes(image))):
        return
    for source in picture.css("source"):
        attributes = _attributes(source)
        address = _largest(
            attributes.get("data-srcset") or attributes.get("srcset", "")
        )
        if _is_address(address):
            image.attrs["src"] = address
            return


def _largest(srcset: str) -> str:
    """The address of the largest candidate of a srcset, "" where it has none."""
    candidates = [part.split() for part in _BETWEEN_CANDIDATES.split(srcset)]
    return max(filter(None, candidates), key=_size, default=[""])[0].rstrip(",")


def _size(candidate: list[str]) -> float:
    size = _SIZE.match(candidate[-1]) if len(candidate) > 1 else None
    return float(size[0]) if size else 1.0


def _is_address(value: str) -> bool:
    return bool(value.strip()) and _OTHER_SCHEME.match(value) is None


def _link_to(player: LexborNode, tree: LexborHTMLParser) -> LexborNode | None:
    """The paragraph that takes the player's place; None where it shows nothing."""
    attributes = _attributes(player)
    address = _played_address(player, attributes)
    service = _name_of(address)
    if player.tag == "iframe":
        page = watch_page(address)
        address, service = (page.url, page.service) if page else ("", "")
    if not address:
        return None
    link = tree.create_node("a")
    link.attrs["href"] = address
    if _is_address(attributes.get("poster", "")):
        poster = tree.create_node("img")
        poster.attrs["src"] = attributes["poster"]
        link.insert_child(poster)
    link.insert_child(_label(service, attributes.get("title", "")))
    paragraph = tree.create_node("p")
    paragraph.insert_child(link)
    return paragraph


def _played_address(player: LexborNode, attributes: dict[str, str]) -> str:
    """The address of what is played: the player's own, else that of a source."""
    holders = [attributes, *map(_attributes, player.css("source"))]
    addresses = (
        holder.get(name, "")
        for holder in holders
        for name in ("data-src", "data-lazy-src", "src")
    )
    return next(filter(_is_address, addresses), "")


def _label(service: str, title: str) -> str:
    """What the link says: the title after the service, unless that names the player."""
    title = shorten(one_line(writable(title)), _LONGEST_LABEL)
    says_more = title and not _NO_TITLE.fullmatch(title)
    return f"{PLAY} {service}: {title}" if says_more else f"{PLAY} {service}"


def _name_of(address: str) -> str:
    """The name of the file at the address, else of its host, "" without both."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    name = unquote(parts.path.rpartition("/")[2]) or parts.hostname or ""
    return shorten(one_line(writable(name)), _LONGEST_LABEL)


def _replace(node: LexborNode, other: LexborNode | None) -> None:
    if other is None:
        node.decompose()
    else:
        node.replace_with(other)


def _attributes(node: LexborNode) -> dict[str, str]:
    return {name: value or "" for name, value in node.attributes.items()}
