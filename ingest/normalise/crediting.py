"""Whose article an entry is: the polled source's own, or another's it is taken from.

Snapshots, aggregators and reprints name whom they have it from. Judges names and
addresses only; what is made of a credit is for those who publish.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from ingest.formats.raw import RawDocument, RawEntry, guessed_text
from ingest.normalise.clean_html import plain_line
from ingest.normalise.links import absolute_link
from ingest.normalise.text import one_line
from ingest.registrable_domain import registrable_domain
from ingest.source import Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Crediting:
    """What tells another's article from the source's own.

    `own_names` and the names of `others` (with the slugs of configured sources) are
    folded, `own_domains` those of the document and of the page that it belongs to.
    """

    own: str
    own_names: frozenset[str]
    own_domains: frozenset[str]
    others: Mapping[str, str]


def crediting_of(raw: RawDocument, source: Source, base_url: str | None) -> Crediting:
    """What the entries of the document are told by."""
    return Crediting(
        own=source.slug,
        own_names=frozenset({_folded(source.title)}),
        own_domains=frozenset(_domains((base_url, raw.link))),
        others={_folded(name): slug for name, slug in source.credits.items()},
    )


def origin_and_credit(raw: RawEntry, crediting: Crediting) -> tuple[str, str | None]:
    """Whose article it is, and the name to credit where that is another's.

    A name that no configured source bears is credited, but the article stays with
    the source that carried it. Sections of one site name each other; that is no credit.
    """
    own = crediting.own
    label = guessed_text(raw.source_label or "")
    name = plain_line(label.value, is_html=label.is_html)
    folded = _folded(name)
    origin = crediting.others.get(folded)
    if origin and origin != own:
        return origin, name
    domains = frozenset(_domains((raw.source_url,)))
    is_own = origin or folded in crediting.own_names or domains & crediting.own_domains
    return own, None if is_own or not name else name


def _domains(addresses: Iterable[str | None]) -> Iterable[str]:
    """The domains under which the addresses are registered, of those that are some."""
    for address in addresses:
        link = absolute_link(address or "", None)
        if link is not None:
            yield registrable_domain(urlsplit(link).hostname or "")


def _folded(name: str) -> str:
    return one_line(name).casefold()
