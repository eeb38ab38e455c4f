"""The files and the picture of an entry, from the attributes that name them.

One rule for every reader of feeds: each hands over the attributes as mappings of
lower-case names, whichever element they stand in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from ingest.entry import Enclosure

_Attributes = Mapping[str, Any]

_MOST_DIGITS = 15  # of a file's length in bytes
_LARGEST_COUNT_DIGITS = 9  # of the comments on an entry


def attached_files(files: Iterable[_Attributes]) -> Iterator[Enclosure]:
    """Every file once; those without an address are left out."""
    seen = set()
    for file in files:
        url = _url(file)
        if url is not None and url not in seen:
            seen.add(url)
            yield Enclosure(
                url=url,
                media_type=_media_type(file),
                length=_length(file),
            )


def choose_picture(
    named: Iterable[_Attributes], files: Iterable[_Attributes]
) -> str | None:
    """The picture that stands for an entry: the first named so, else the first at all.

    `named` are thumbnails and pictures of the entry, `files` all that it carries.
    """
    for one in named:
        if url := _url(one):
            return url
    for file in files:
        if _is_picture(file) and (url := _url(file)):
            return url
    return None


def read_count(word: object) -> int | None:
    """How many, from digits; None where there are none or too many to be true."""
    digits = str(word or "").strip()
    is_number = digits.isascii() and digits.isdigit()
    return int(digits) if is_number and len(digits) <= _LARGEST_COUNT_DIGITS else None


def _url(file: _Attributes) -> str | None:
    url = file.get("href") or file.get("url")
    return url if isinstance(url, str) and url.strip() else None


def _is_picture(file: _Attributes) -> bool:
    media_type = str(file.get("type") or "")
    return file.get("medium") == "image" or media_type.startswith("image/")


def _media_type(file: _Attributes) -> str | None:
    """The type as published; feedparser calls a link without one a page."""
    media_type = file.get("type")
    return media_type if media_type and media_type != "text/html" else None


def _length(file: _Attributes) -> int | None:
    digits = str(file.get("length") or file.get("filesize") or "").strip()
    is_number = digits.isascii() and digits.isdigit()
    return int(digits) if is_number and len(digits) <= _MOST_DIGITS else None
