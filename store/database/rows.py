"""Rows to be written and keys to be looked up, many at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, TypeVar

Record = dict[str, Any]
"""One row to be written, by column name."""

_T = TypeVar("_T")
_KEYS_IN_A_QUERY = 5_000


def chunks(keys: Iterable[_T]) -> Iterator[list[_T]]:
    """The keys, so many at a time that a query can name them all."""
    rest = iter(keys)
    while some := list(islice(rest, _KEYS_IN_A_QUERY)):
        yield some
