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
# "<?xm" as the charsets of mainframes write it (XML 1.0, F.1); this one reads of any
# of them the letters that a declaration is made of.
_MAINFRAME_SIGN = b"\x4c\x6f\xa7\x94"
_MAINFRAME = "cp037"
_OF_MAINFRAMES = re.compile("cp037|cp273|cp424|cp500|cp875|cp1026|cp1140")
_IN_HEADER = re.compile(r"charset\s*=\s*[\"']?([\w.:+-]+)", re.IGNORECASE | re.ASCII)
_IN_DECLARATION = re.compile(
    rb"\s*<\?xml[^<>]*?\sencoding\s*=\s*[\"']([\w.:+-]+)", re.IGNORECASE
)
# Charsets of text alone: other codecs of Python's unpack, unescape or raise. UTF-7
# is left out, as browsers do, for it hides mark-up behind harmless bytes.
_OF_TEXT = re.compile(
    r"iso8859-\d+|cp12\d\d|cp437|cp7\d\d|cp8[56]\d|cp874|cp9\d\d|cp1006|cp1125"
    r"|koi8-[rtu]|kz1048|mac-\w+"
    r"|big5\w*|gbk|gb18030|euc_\w+|shift_jis\w*|iso2022_\w+|hz|johab|tis-620"
)
# What these names are read as on the web: documents use the letters of the larger set.
_LARGER = {
    "ascii": "cp1252",
    "euc_kr": "cp949",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "shift_jis": "cp932",
    "tis-620": "cp874",
}
# Names of the web (encoding.spec.whatwg.org) and of old systems that Python lacks.
_ALSO_CALLED = {
    "cspc775baltic": "cp775",
    "csmacintosh": "mac-roman",
    "dos-874": "cp874",
    "iso-8859-8-e": "iso8859-8",
    "ks_c_5601-1987": "cp949",
    "mac": "mac-roman",
    "ms-cyrl": "cp1251",
    "windows-874": "cp874",
    "windows-949": "cp949",
    "x-cp1250": "cp1250",
    "x-cp1251": "cp1251",
    "x-cp1252": "cp1252",
    "x-gbk": "gbk",
    "x-mac-cyrillic": "mac-cyrillic",
    "x-mac-roman": "mac-roman",
    "x-sjis": "shift_jis",
    "x-x-big5": "big5",
}
_COMMONEST = "cp1252"
_ARABIC = ("cp1256", "iso8859-6")
_LETTERS_AN_ARTICLE = 60  # in Arabic there is a word with one every 20 letters
_BEYOND_ASCII = bytes(range(128, 256))
_LONGEST_DECLARATION = 300  # bytes


def decode_document(body: bytes, *, content_type: str | None) -> str:
    """The document's characters; those that cannot be read are U+FFFD.

    A byte order mark wins, then UTF-8 where the bytes are that, even if a few are
    spoilt; then what the header says, then what the document declares (RFC 7303, 3).
    Without any of them, and where they say ISO-8859-1 as servers do for every file, the
    letters tell Arabic, and windows-1252 is read else. A character that is cut at the
    end is left off.
    """
    return decode_named(body, content_type=content_type)[1]


def decode_named(body: bytes, *, content_type: str | None) -> tuple[str, str]:
    """The charset that the document is read in, and its characters."""
    charset = _signed(body)
    if charset is None:
        text = _as_utf8(body)
        if text is not None:
            return "utf-8", text
        declared = _declared(body, content_type)
        # What programs and servers say who were never told is worth no more.
        charset = _guess(body) if declared in {None, _COMMONEST} else declared
    return charset, _decode(body, charset)


def _signed(body: bytes) -> str | None:
    """The charset that the first bytes cannot be without; None without a sign."""
    for sign, name in _SIGNS:
        if body.startswith(sign):
            return name
    return _mainframe_charset(body) if body.startswith(_MAINFRAME_SIGN) else None


def _declared(body: bytes, content_type: str | None) -> str | None:
    """The charset of text that the header names, else the document, if one does."""
    declared = _IN_DECLARATION.match(body)
    in_header = _IN_HEADER.search(content_type or "")
    names = (in_header and in_header[1], declared and declared[1].decode("ascii"))
    known = (charset for name in names if (charset := _known(name or "")))
    return next(known, None)


def _mainframe_charset(body: bytes) -> str:
    start = body[:_LONGEST_DECLARATION].decode(_MAINFRAME).encode("ascii", "replace")
    declared = _IN_DECLARATION.match(start)
    name = _python_name(declared[1].decode("ascii")) if declared else None
    return name if name and _OF_MAINFRAMES.fullmatch(name) else _MAINFRAME


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


def _guess(body: bytes) -> str:
    """The charset in which a document that names none has most Arabic articles."""
    counts = {name: _decode(body, name).count(" ال") for name in _ARABIC}
    likeliest = max(_ARABIC, key=lambda name: counts[name])
    letters = len(body) - len(body.translate(None, _BEYOND_ASCII))
    is_arabic = counts[likeliest] * _LETTERS_AN_ARTICLE >= letters
    return likeliest if is_arabic else _COMMONEST


def _decode(body: bytes, name: str, errors: str = "replace") -> str:
    return codecs.getincrementaldecoder(name)(errors).decode(body)


def _known(name: str) -> str | None:
    """The charset that documents of that name are read in; None for none of text."""
    charset = _python_name(name)
    charset = _LARGER.get(charset or "", charset)
    return charset if _OF_TEXT.fullmatch(charset or "") else None


def _python_name(name: str) -> str | None:
    try:
        return codecs.lookup(_ALSO_CALLED.get(name.lower(), name)).name
    except LookupError:
        return None
