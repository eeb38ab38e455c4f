"""Which sources of a list, or which found address, are configured already."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ingest.normalise.canonical_url import canonicalise


class KnownAddresses:
    """The addresses of the configured sources, however they are spelt.

    http and https, with `www.` or without, with a slash at the end or without, and
    whatever tracks readers make no other address.
    """

    def __init__(self, addresses: Mapping[str, Iterable[str]]) -> None:
        """`addresses` has for each slug every address of that source."""
        self._slugs: dict[str, str] = {}
        for slug, urls in addresses.items():
            for url in urls:
                self._slugs.setdefault(address_key(url), slug)

    def slug_of(self, url: str) -> str | None:
        """The source that has this address, None where none has."""
        return self._slugs.get(address_key(url))


def address_key(url: str) -> str:
    """Equal for addresses at which, for all we know, one feed is."""
    return (canonicalise(url) or url).rstrip("/")
