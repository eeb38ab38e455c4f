"""A source as YAML of the operator's file, and a name for it.

Every text that came from outside is quoted, so that no title turns into a number, a
truth value or a reference to the environment. Where the YAML goes is
`yaml_tree.insertion`.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias
from urllib.parse import urlsplit

LONGEST_SUGGESTION = 40
"""Characters of a slug made from a title; a slug may have 64."""

Value: TypeAlias = str | tuple[str, ...] | Mapping[str, "Value"]

_MISREAD = {"y", "n", "yes", "no", "on", "off", "true", "false", "null"}
_NOT_IN_SLUG = re.compile(r"[^a-z0-9]+")
_OF_THE_WEB = re.compile(r"^(?:www|feeds?|rss)\.")
# What YAML (5.1) does not call printable, and the marks that editors hide.
_UNPRINTABLE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSource:
    """A source to be written down: its slug, and its keys in their order."""

    slug: str
    keys: Mapping[str, Value]


def block_lines(source: NewSource, *, indent: int, step: int) -> tuple[str, ...]:
    """The source as lines of a block, its slug `indent` spaces from the margin."""
    margin, inner = " " * indent, " " * (indent + step)
    keys = (f"{inner}{key}: {flow(value)}" for key, value in source.keys.items())
    return (f"{margin}{_key(source.slug)}:", *keys)


def flow_entry(source: NewSource) -> str:
    """The source in one line, as it stands between braces."""
    return f"{_key(source.slug)}: {flow(source.keys)}"


def flow(value: Value) -> str:
    """The value in YAML on one line."""
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, tuple):
        return f"[{', '.join(map(quoted, value))}]"
    return f"{{{', '.join(f'{key}: {flow(one)}' for key, one in value.items())}}}"


def _key(slug: str) -> str:
    """The slug, between quotes where YAML would read a truth value or a number."""
    is_word = slug[0].isalpha() and slug not in _MISREAD
    return slug if is_word else quoted(slug)


def quoted(text: str) -> str:
    """The text between quotes, read back as it is whatever it holds."""
    escaped = json.dumps(text.replace("${", "$${"), ensure_ascii=False)
    return _UNPRINTABLE.sub(lambda found: f"\\u{ord(found[0]):04x}", escaped)


def choose_slugs(
    names: Iterable[tuple[str | None, str]], taken: Iterable[str]
) -> tuple[str, ...]:
    """A slug of its own for each source, from its title or else its address.

    `taken` are slugs that exist already.
    """
    used = set(taken)
    seen = Counter[str]()
    chosen = []
    for title, url in names:
        stem = _stem(title, url)
        slug = stem
        while slug in used:
            seen[stem] += 1
            slug = f"{stem}-{seen[stem] + 1}"
        used.add(slug)
        chosen.append(slug)
    return tuple(chosen)


def _stem(title: str | None, url: str) -> str:
    """The title in letters that slugs may have, else the host without its ending."""
    stem = _slug_letters(title or "")
    if len(stem) > 1 and not stem.isdigit():
        return stem
    host = _OF_THE_WEB.sub("", urlsplit(url).hostname or "")
    return _slug_letters(host.rpartition(".")[0] or host) or "source"


def _slug_letters(text: str) -> str:
    """The text in a to z and digits; whole words of it, where it is long."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    slug = _NOT_IN_SLUG.sub("-", plain.lower()).strip("-")
    if len(slug) <= LONGEST_SUGGESTION:
        return slug
    cut = slug[: LONGEST_SUGGESTION + 1].rpartition("-")[0]
    return cut or slug[:LONGEST_SUGGESTION]
