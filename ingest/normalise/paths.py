"""The path of an address -> the one spelling under which its page is recognised."""

from __future__ import annotations

import re
from urllib.parse import quote

_UNRESERVED = frozenset(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"
)
_IN_PATH = "%/:@!$&'()*+,;="
_IN_QUERY = _IN_PATH + "?"
_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})?")
_SESSION = re.compile(r";(?:jsessionid|phpsessid)=[^/;]*", re.IGNORECASE)
_INDEX = re.compile(
    r"(?:index|default)\.(?:html?|shtml|xhtml|php\d?|phtml|aspx?|jspx?|cfm|do)",
    re.IGNORECASE,
)
_AMP_FILE = re.compile(r"(?<=[^.])(?:\.amp)+(?=(?:\.html?)?$)", re.IGNORECASE)


def page_path(path: str) -> str:
    """The path, in one spelling, without what only says how the page is dressed.

    Dot segments and doubled slashes are resolved; index pages, AMP's marks, session
    numbers and the last slash are gone. What would leave nothing stays.
    """
    path = _SESSION.sub("", one_spelling(path, in_query=False))
    segments = _resolved(path)
    while (shorter := _undressed(segments)) != segments:
        segments = shorter
    return "/" + "/".join(segments)


def one_spelling(text: str, *, in_query: bool) -> str:
    """The text with only that escaped which must be, in upper-case hexadecimal."""
    safe = _IN_QUERY if in_query else _IN_PATH
    return quote(_ESCAPE.sub(_respell, text), safe=safe, errors="replace")


def _respell(escape: re.Match[str]) -> str:
    digits = escape[1]
    if digits is None:
        return "%25"
    character = chr(int(digits, 16))
    return character if character in _UNRESERVED else f"%{digits.upper()}"


def _resolved(path: str) -> list[str]:
    """The segments of the path as RFC 3986, 5.2.4 resolves it."""
    kept: list[str] = []
    for segment in path.split("/")[1:]:
        if segment == "..":
            kept = kept[:-1]
        elif segment not in {"", "."}:
            kept.append(segment)
    return kept


def _undressed(segments: list[str]) -> list[str]:
    """The segments without one index page or mark of AMP, if they have one."""
    if not segments:
        return segments
    *folders, page = segments
    if _INDEX.fullmatch(page) or (folders and page.lower() == "amp"):
        return folders
    if folders and folders[0].lower() == "amp":
        return segments[1:]
    return [*folders, _AMP_FILE.sub("", page)]
