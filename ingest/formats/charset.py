"""The bytes of a document -> its characters, whatever it says of its charset.

Knows nothing of XML but where a declaration stands. Doing this before the parser
lets a single bad byte cost one character, and shows us what the parser will see.
"""

from __future__ import annotations

import codecs
import re

# A byte order mark, else "<" as UTF-16 and UTF-32 write it; the longer come first.
_SIGNS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (b"<\0\0\0", "utf-32-le"),
    (b"\0\0\0<", "utf-32-be"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
)
_IN_HEADER = re.compile(r"charset\s*=\s*[\"']?([\w.:+-]+)", re.IGNORECASE | re.ASCII)
_IN_DECLARATION = re.compile(
    rb"\s*<\?xml[^<>]*?\sencoding\s*=\s*[\"']([\w.:+-]+)", re.IGNORECASE
)
# Charsets of text alone: other codecs of Python's unpack, unescape or raise. UTF-7
# is left out, as browsers do, for it hides mark-up behind harmless bytes.
_OF_TEXT = re.compile(
    r"iso8859-\d+|cp12\d\d|cp437|cp85\d|cp86\d|cp87\d|cp9\d\d|koi8-[rtu]|mac-\w+"
    r"|big5\w*|gbk|gb18030|euc_\w+|shift_jis\w*|iso2022_\w+|hz|johab|tis-620"
)
# What these names are read as on the web: documents use the letters of the larger set.
_LARGER = {
    "ascii": "cp1252",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
}
_COMMONEST = "cp1252"


def decode_document(body: bytes, *, content_type: str | None) -> str:
    """The document's characters; those that cannot be read are U+FFFD.

    A byte order mark wins, then UTF-8 where the bytes are that, even if a few are
    spoilt; then what the header says, then what the document declares (RFC 7303, 3),
    windows-1252 else. A character that is cut at the end is left off.
    """
    for sign, name in _SIGNS:
        if body.startswith(sign):
            return _decode(body, name)
    declared = _IN_DECLARATION.match(body)
    in_header = _IN_HEADER.search(content_type or "")
    text = _as_utf8(body)
    if text is not None:
        return text
    names = (in_header and in_header[1], declared and declared[1].decode("ascii"))
    known = (charset for name in names if (charset := _known(name or "")))
    return _decode(body, next(known, _COMMONEST))


def _as_utf8(body: bytes) -> str | None:
    """The text where most letters beyond ASCII are well-formed UTF-8, else None.

    Seen: excerpts that a program cut inside a letter, in feeds that are UTF-8 for
    the rest. Letters of the older charsets are next to never well-formed by chance.
    """
    try:
        return _decode(body, "utf-8", errors="strict")
    except UnicodeDecodeError:
        text = _decode(body, "utf-8")
    spoilt = text.count("\ufffd")
    beyond_ascii = len(text) - len(text.encode("ascii", "ignore"))
    return text if 2 * spoilt <= beyond_ascii else None


def _decode(body: bytes, name: str, errors: str = "replace") -> str:
    return codecs.getincrementaldecoder(name)(errors).decode(body)


def _known(name: str) -> str | None:
    """The charset of that name, as Python calls it; None for none of text."""
    try:
        charset = codecs.lookup(name).name
    except LookupError:
        return None
    charset = _LARGER.get(charset, charset)
    return charset if _OF_TEXT.fullmatch(charset) else None
