"""Text that every format can carry: no character that would break a document.

The last of two gates; ingest cleans what it takes in, and this holds for whatever was
stored before a rule of ingest was mended.
"""

from __future__ import annotations

import re

_LAST_OF_EACH_PLANE = "".join(
    f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}"
    for plane in range(0x10000, 0x110000, 0x10000)
)
# Not allowed in XML 1.0 (2.2), or noncharacters that it discourages and HTML forbids;
# C1 controls and U+FFFD are the traces of a wrong charset, which validators report.
_UNWANTED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffd-\uffff"
    + _LAST_OF_EACH_PLANE
    + "]"
)
_LINE_END = re.compile(r"\r\n?")
_SPACES = re.compile(r"[ \t\n]+")  # a no-break space stays: French needs it before »
_END_TAG = re.compile(r"</(?=\w)")


def legal_text(value: str) -> str:
    """The text without the characters that XML forbids or validators object to."""
    return _UNWANTED.sub("", _LINE_END.sub("\n", value))


def prose(value: str) -> str:
    """Plain text of several lines, in which nothing reads as the end of an HTML tag.

    Validators and some readers take `</b>` in plain text for markup; `< /b>` is none.
    """
    return _END_TAG.sub("< /", legal_text(value)).strip(" \t\n")


def label(value: str) -> str:
    """Plain text of one line: titles and names."""
    return _SPACES.sub(" ", prose(value))
