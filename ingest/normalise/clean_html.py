"""HTML as a publisher wrote it -> HTML that is inert, and its plain text.

The adapter of nh3 in ingest. What passes is on a list; nothing is kept because no
rule forbids it. Links and pictures keep an absolute http(s) address or lose it.
"""

from __future__ import annotations

import html as entities
import re
import unicodedata
from functools import lru_cache

import nh3

from ingest.normalise import arrange_html as arranging
from ingest.normalise.html_bounds import LONGEST_HTML, bounded, is_too_much
from ingest.normalise.leftovers import without_leftovers
from ingest.normalise.links import absolute_link, escaped
from ingest.normalise.text import balanced, one_line, shorten, writable

DEEPEST_NESTING = 100
"""Levels of elements; browsers and XML parsers refuse more than a few hundred."""

LONGEST_LINE = 1_000
"""Characters of a title or a name."""

_LONGEST_LINE_READ = 20_000  # a title with all its markup
_LONGEST_PARAGRAPH = LONGEST_HTML // 8  # escaping makes five letters of one, and <p>
_LONGEST_ATTRIBUTE = 1_000
_MOST_PASSES = 6
_INLINE = {
    *("a", "abbr", "b", "bdi", "bdo", "cite", "code", "del", "em", "i", "img"),
    *("ins", "kbd", "mark", "q", "s", "samp", "small", "span", "strong", "sub"),
    *("sup", "time", "u", "var"),
}
_BLOCKS = {
    *("address", "article", "aside", "blockquote", "br", "caption", "center"),
    *("dd", "details", "div", "dl", "dt", "figcaption", "figure", "footer", "h1"),
    *("h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "ol", "p", "pre"),
    *("section", "summary", "table", "tbody", "tfoot", "thead", "tr", "ul"),
}
_CELLS = {"td", "th"}
_BLOCKS_IN_TEXT_ONLY = {"dir", "fieldset", "form", "menu", "nav"}
_DROPPED_WITH_THEIR_TEXT = {
    *("applet", "audio", "button", "canvas", "frameset", "iframe", "math"),
    *("noembed", "noframes", "noscript", "object", "script", "select", "style"),
    *("svg", "template", "textarea", "title", "video", "xmp"),
}
_ATTRIBUTES = {
    "*": {"dir", "lang", "title"},
    "a": {"href", "hreflang"},
    "blockquote": {"cite"},
    "del": {"cite"},
    "img": {"alt", "height", "src", "width"},
    "ins": {"cite"},
    "ol": {"start"},
    "q": {"cite"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
    "time": {"datetime"},
}
_ADDRESSES = {"cite", "href", "src"}
_SCHEMES = {"http", "https", "mailto", "tel"}
# What the value of an attribute must be; one that is not here may be any text.
_NUMBER = re.compile(r"-?[0-9]{1,4}%?")
_LANGUAGE = re.compile(r"[a-zA-Z]{2,8}(?:-[a-zA-Z0-9]{1,8}){0,4}")
_VALUES = {
    **dict.fromkeys(("colspan", "height", "rowspan", "start", "width"), _NUMBER),
    **dict.fromkeys(("hreflang", "lang"), _LANGUAGE),
    "dir": re.compile("ltr|rtl|auto", re.IGNORECASE),
}
_FOR_ARRANGING = nh3.Cleaner(
    tags=_INLINE | _BLOCKS | _CELLS | arranging.ELEMENTS,
    clean_content_tags=_DROPPED_WITH_THEIR_TEXT - arranging.ELEMENTS,
    attributes=_ATTRIBUTES | arranging.ATTRIBUTES,
    allowed_classes={tag: {*arranging.BAR_CLASSES} for tag in (*_BLOCKS, "span")},
    link_rel=None,
    url_schemes=_SCHEMES,
)
_FOR_TEXT = nh3.Cleaner(
    tags=_BLOCKS | _CELLS | _BLOCKS_IN_TEXT_ONLY,
    clean_content_tags=_DROPPED_WITH_THEIR_TEXT,
    attributes={"*": set()},
    link_rel=None,
)
_VOID = {"br", "hr", "img"}
_BREAKS_IN_PRE = re.compile("(<pre[^>]*>)\n+")  # each parse drops one of them
_CELL_TAG = re.compile("</?t[dh]>")
_CLEANED_TAG = re.compile("<(/?)([a-z][a-z0-9]*)")
_ANY_TAG = re.compile("<[^<>]*>")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]{2,31}\d{0,2});")
_ESCAPED_MARKUP = re.compile(
    r"</(?:a|b|em|font|i|p|span|strong|sub|sup|u)>|<br ?/?>", re.IGNORECASE
)
# In a title that some reader takes for HTML after all, this would act.
_ACTIVE_TAG = re.compile(
    r"</?(?:applet|audio|base|body|button|embed|form|frame|frameset|iframe|image|img"
    r"|input|link|math|meta|object|script|style|svg|template|textarea|video)\b[^<>]*>?",
    re.IGNORECASE,
)


def clean_html(html: str, *, base_url: str | None) -> str:
    """The HTML with nothing in it that acts, its addresses absolute.

    Relative addresses start from `base_url`; without one they are dropped. What is
    nested too deeply, or has too many tags, keeps its text alone, a paragraph a line.
    Cleaning the result again changes nothing.
    """
    html = bounded(html)
    cleaned = None if is_too_much(html) else _settled(_arranged(html), base_url)
    if cleaned is not None:
        return cleaned
    plain = _bounded_paragraphs(html_to_text(html))
    settled = None if is_too_much(plain) else _settled(plain, base_url)
    return plain if settled is None else settled


def html_to_text(html: str) -> str:
    """The plain text of the HTML, one block a line, white space collapsed."""
    html = bounded(html)
    if is_too_much(html):
        return _lines(entities.unescape(_ANY_TAG.sub("\n", html)))
    # Line breaks of the source are spaces; after cleaning, each tag left is a block's.
    blocks = _FOR_TEXT.clean(html).replace("\n", " ")
    return _lines(entities.unescape(_ANY_TAG.sub("\n", _CELL_TAG.sub(" ", blocks))))


def paragraphs(text: str) -> str:
    """Plain text as HTML: each line a paragraph, nothing in it markup."""
    return "".join(
        f"<p>{entities.escape(line, quote=False)}</p>"
        for line in _lines(text).split("\n")
        if line
    )


def plain_line(value: str, *, is_html: bool) -> str:
    """A title or a name as one line of plain text, at most 1,000 characters.

    What was escaped once too often, entities or mark-up, is read as what it was
    meant to be; tags that act are left out even of plain text. Letters and their
    accents are composed (NFC). "" where nothing is left.
    """
    value = value[:_LONGEST_LINE_READ]
    text = html_to_text(value) if is_html else value
    text = _ENTITY.sub(lambda entity: entities.unescape(entity[0]), text)
    if _ESCAPED_MARKUP.search(text):
        text = html_to_text(text)
    text = _ACTIVE_TAG.sub(" ", text)
    text = unicodedata.normalize("NFC", writable(text))
    return shorten(balanced(one_line(text)), LONGEST_LINE)


@lru_cache(maxsize=32)
def _cleaner(base_url: str | None) -> nh3.Cleaner:
    """The cleaner for a page; kept, for a document's entries share one address."""

    def keep(_tag: str, attribute: str, value: str) -> str | None:
        if attribute in _ADDRESSES:
            return _address(value, base_url)
        if attribute in _VALUES:
            value = value.strip()
            return value if _VALUES[attribute].fullmatch(value) else None
        # nh3 writes < and > in attributes as they are, which careless readers parse.
        return one_line(re.sub("[<>]", "", writable(value)))[:_LONGEST_ATTRIBUTE]

    return nh3.Cleaner(
        tags=_INLINE | _BLOCKS | _CELLS,
        clean_content_tags=_DROPPED_WITH_THEIR_TEXT,
        attributes=_ATTRIBUTES,
        attribute_filter=keep,
        link_rel=None,
        url_schemes=_SCHEMES,
        url_relative="pass_through",
    )


def _arranged(html: str) -> str:
    if not arranging.calls_for_arranging(html):
        return html
    return arranging.arrange_html(_FOR_ARRANGING.clean(html))


def _settled(html: str, base_url: str | None) -> str | None:
    """The HTML, cleaned until that changes nothing; None where it is excessive.

    Once is not enough: dropping an element can leave <p> in <p>, which only a new
    parse mends, and what was cut off can leave a tag unclosed.
    """
    cleaner = _cleaner(base_url)
    for _ in range(_MOST_PASSES):
        cleaned = _BREAKS_IN_PRE.sub(r"\1", writable(cleaner.clean(html)).strip())
        if _is_excessive(cleaned):
            return None
        kept = without_leftovers(cleaned)
        if kept == cleaned == html:
            return cleaned
        html = kept
    return None


def _bounded_paragraphs(text: str) -> str:
    """The text as paragraphs, as many of them as fit into the longest HTML."""
    lines = (line[:_LONGEST_PARAGRAPH] for line in text.split("\n"))
    whole = paragraphs("\n".join(lines))
    if len(whole) <= LONGEST_HTML:
        return whole
    return whole[: whole.rindex("</p>", 0, LONGEST_HTML) + len("</p>")]


@lru_cache(maxsize=512)  # each pass asks again, and a page repeats its links
def _address(link: str, base_url: str | None) -> str | None:
    link = writable(link).strip()
    if link.startswith("#"):  # its target lost its id
        return None
    scheme, colon, address = link.partition(":")
    if colon and scheme.lower() in {"mailto", "tel"}:
        return f"{scheme.lower()}:{escaped(address)}"[:_LONGEST_ATTRIBUTE]
    return absolute_link(link, base_url)


def _is_excessive(cleaned: str) -> bool:
    if len(cleaned) > LONGEST_HTML or is_too_much(cleaned):
        return True
    depth = deepest = 0
    for closing, name in _CLEANED_TAG.findall(cleaned):
        if name not in _VOID:
            depth += -1 if closing else 1
            deepest = max(deepest, depth)
    return deepest > DEEPEST_NESTING


def _lines(text: str) -> str:
    lines = (one_line(line) for line in writable(text).split("\n"))
    return "\n".join(line for line in lines if line)
