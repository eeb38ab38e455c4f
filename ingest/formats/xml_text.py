"""What XML as text must be before a parser may see it.

Looks at characters and declarations only; what the elements say is the formats'.
"""

from __future__ import annotations

import re

# What is no Char of XML 1.0 (2.2) or, above, no character at all.
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_REFERENCE = re.compile(r"&#(?:x([0-9a-f]+)|([0-9]+));?", re.IGNORECASE | re.ASCII)
_MOST_DIGITS = 7  # of the last character, in either notation
# What may stand before the first element and is the same to every parser: no tag in
# it, every quote closed. Possessive, so that a hostile one is walked through once.
_PLAIN_PROLOGUE = re.compile(
    r"""(?:
        \s
        | <\?\w[^<>]*+(?<=\?)>                                # instruction
        | <!--(?:-?[^<>-])*+-->                              # comment
        | <!DOCTYPE(?:[^<>\["'] | "[^<>"]*" | '[^<>']*')*+>  # type without a subset
    )*+<\w""",
    re.VERBOSE | re.ASCII | re.IGNORECASE,
)
# Seen: warnings of PHP, and the page of a template, before the document.
_STRAY_START = re.compile(
    r"[^<]|<(?:!doctype\s+html|html|head|body|div|p|pre|br|b|font|script)\b",
    re.IGNORECASE,
)
_FEED_START = re.compile(r"<(?:\?xml\s|(?:rss|rdf:rdf|feed)[\s/>])", re.IGNORECASE)
_LONGEST_STRAY_START = 10_000  # characters
_ENTITY = re.compile("<!ENTITY", re.IGNORECASE)


def writable_xml(text: str) -> str:
    """The text without the characters, written or referred to, that XML forbids.

    A single one makes a parser refuse the whole document, and so does what stands
    before the declaration.
    """
    text = text.lstrip("\ufeff \t\r\n")
    if _STRAY_START.match(text):
        start = _FEED_START.search(text, 0, _LONGEST_STRAY_START)
        text = text[start.start() :] if start else text
    return _REFERENCE.sub(_if_allowed, _FORBIDDEN.sub("", text))


def declares_entities(text: str) -> bool:
    """Whether the document declares entities of its own, with which bombs are made.

    Behind a plain prologue there are none, and an article about them does no harm.
    Behind any other the word alone is taken for one: feedparser mends prologues by
    rules of its own, and so reads declarations where no XML parser would.
    """
    return not _PLAIN_PROLOGUE.match(text) and bool(_ENTITY.search(text))


def _if_allowed(reference: re.Match[str]) -> str:
    hexadecimal, decimal = reference.groups()
    digits = (hexadecimal or decimal).lstrip("0")
    if not digits or len(digits) > _MOST_DIGITS:
        return ""
    code = int(digits, 16 if hexadecimal else 10)
    is_allowed = code <= 0x10FFFF and not _FORBIDDEN.match(chr(code))
    return reference[0] if is_allowed else ""
