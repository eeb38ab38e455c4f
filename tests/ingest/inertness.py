"""What in a piece of HTML could act in somebody's reader, by a browser's parser.

Written from the rules of the promise, not from those of the cleaner it judges.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import html as another_parser
from selectolax.lexbor import LexborHTMLParser, LexborNode

ACTIVE_ELEMENTS = frozenset(
    {
        *(
            "animate",
            "applet",
            "audio",
            "base",
            "bgsound",
            "button",
            "canvas",
            "command",
        ),
        *("datalist", "dialog", "embed", "fieldset", "form", "frame", "frameset"),
        *(
            "iframe",
            "input",
            "isindex",
            "keygen",
            "layer",
            "link",
            "listing",
            "marquee",
        ),
        *(
            "math",
            "meta",
            "noembed",
            "noframes",
            "noscript",
            "object",
            "option",
            "param",
        ),
        *("plaintext", "portal", "script", "select", "set", "slot", "source", "style"),
        *("svg", "template", "textarea", "title", "track", "video", "xml", "xmp"),
    }
)
ADDRESSES = frozenset(
    {
        *("action", "archive", "background", "cite", "classid", "code", "codebase"),
        *("data", "dynsrc", "formaction", "from", "href", "longdesc", "lowsrc"),
        *("manifest", "ping", "poster", "profile", "src", "srcset", "to", "usemap"),
        *("values", "xlink:href", "xml:base"),
    }
)
STRONG_ATTRIBUTES = frozenset(
    {"autofocus", "class", "contenteditable", "id", "name", "style", "tabindex"}
)
SCHEMES = ("http://", "https://", "mailto:", "tel:")
_CONTEXTS = ("div", "table", "select", "template", "noscript", "svg", "p")


PLAIN_ELEMENTS = frozenset(
    {
        *("a", "abbr", "address", "article", "aside", "b", "bdi", "bdo", "blockquote"),
        *("br", "caption", "center", "cite", "code", "dd", "del", "details", "div"),
        *("dl", "dt", "em", "figcaption", "figure", "footer", "h1", "h2", "h3", "h4"),
        *("h5", "h6", "header", "hr", "i", "img", "ins", "kbd", "li", "main", "mark"),
        *("ol", "p", "pre", "q", "s", "samp", "section", "small", "span", "strong"),
        *("sub", "summary", "sup", "table", "tbody", "td", "tfoot", "th", "thead"),
        *("time", "tr", "u", "ul", "var"),
    }
)
PLAIN_ATTRIBUTES = frozenset(
    {
        *("alt", "cite", "colspan", "datetime", "dir", "height", "href", "hreflang"),
        *("lang", "rowspan", "src", "start", "title", "width"),
    }
)


def strangers(html: str) -> list[str]:
    """Each element, attribute and address that has no place in an article's text.

    By another parser than `faults`, and by what is allowed, not by what acts.
    """
    found: list[str] = []
    for element in another_parser.fragment_fromstring(html, create_parent="div").iter():
        if element.tag not in PLAIN_ELEMENTS:
            found.append(f"<{element.tag}>")
        for name, value in element.attrib.items():
            is_address = name in ADDRESSES and not str(value).startswith(SCHEMES)
            if name not in PLAIN_ATTRIBUTES or is_address:
                found.append(f"{element.tag} {name}={value}")
    return found


def faults(html: str) -> list[str]:
    """Each thing that acts, in words; nothing for HTML that is inert.

    Looked at as a document, and as what stands inside other elements.
    """
    found = list(_faults_of(LexborHTMLParser(f"<!DOCTYPE html><body>{html}")))
    for context in _CONTEXTS:
        tree = LexborHTMLParser(html, is_fragment=True, fragment_tag=context)
        found += [f"in {context}: {fault}" for fault in _faults_of(tree)]
    scripted = LexborHTMLParser(f"<body>{html}", scripting=True)
    return found + [f"with scripts: {fault}" for fault in _faults_of(scripted)]


def _faults_of(tree: LexborHTMLParser) -> Iterator[str]:
    for node in tree.css("*"):
        yield from _faults_of_element(node)


def _faults_of_element(node: LexborNode) -> Iterator[str]:
    tag = (node.tag or "").lower()
    if tag in ACTIVE_ELEMENTS or ":" in tag:
        yield f"<{tag}>"
    for name, value in node.attributes.items():
        if name.startswith("on") or name in STRONG_ATTRIBUTES:
            yield f"{tag} {name}={value}"
        if name in ADDRESSES and not (value or "").startswith(SCHEMES):
            yield f"{tag} {name}={value}"
