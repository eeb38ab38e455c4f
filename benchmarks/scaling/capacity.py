"""What a world takes of each part of the service, and which part is full first."""

from __future__ import annotations

from dataclasses import dataclass

from benchmarks.scaling.costs import UnitCosts
from benchmarks.scaling.world import SECONDS_A_DAY, World

_MS = 1 / 1000
FULLEST = 0.7
"""The share of a part that may be used in the mean of the busiest hour: behind it,
what waits grows faster than what is asked."""

MOST_SOURCES = 2**27
"""More than there are: where the search for the number that fills a part ends."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the service in the busiest hour.

    `needed` is in machines' cores, or for what cannot be split in shares of the one
    there is; `has` is how much of it one machine has.
    """

    name: str
    needed: float
    has: float

    @property
    def used(self) -> float:
        """The share of it that is used; more than one is more than there is."""
        return self.needed / self.has


@dataclass(frozen=True, slots=True, kw_only=True)
class Volume:
    """What goes over wires and onto disks, in bytes a second and bytes a year."""

    received: float
    served: float
    kept_a_year: float
    memory: float


def parts_of(world: World, costs: UnitCosts, *, cores: float) -> tuple[Part, ...]:
    """Every part, the fullest first.

    The writer is taken to work all the time that it is held, though it waits for its
    disk or for the server of its database in some of it.
    """
    fetched = world.polls_a_second * costs.fetch
    read = (
        world.documents_a_second * costs.read_document
        + world.articles_a_second * costs.read_article
    )
    held = (
        (world.polls_a_second - world.documents_a_second) * costs.hold_unchanged
        + world.documents_a_second * costs.hold_document
        + world.articles_a_second * costs.hold_article
    )
    rendered = world.renderings_a_second * costs.render
    served = world.visits_a_second * (
        world.fresh * costs.serve_200 + (1 - world.fresh) * costs.serve_304
    )
    rush = world.rush * _MS
    one_process = fetched + held + rendered + served  # but reading, which has its own
    found = (
        Part("fetching", fetched * rush, 1.0),
        Part("reading", read * rush, cores),
        Part("the writer", held * rush, 1.0),
        Part("rendering and serving", (rendered + served) * rush, 1.0),
        Part("one process", one_process * rush, 1.0),
        Part("all cores", (one_process + read) * rush, cores),
    )
    return tuple(sorted(found, key=lambda part: -part.used))


def volume_of(world: World, costs: UnitCosts) -> Volume:
    """The traffic of the mean second, and what is kept."""
    return Volume(
        received=world.polls_a_second * world.exchange_bytes
        + world.documents_a_second * world.document_bytes,
        served=world.visits_a_second * world.fresh * costs.feed_bytes
        + world.visits_a_second * (1 - world.fresh) * world.exchange_bytes,
        kept_a_year=world.articles_a_second * SECONDS_A_DAY * 365 * costs.article_bytes,
        memory=world.sources * costs.source_bytes,
    )


def sources_until_full(
    world: World, costs: UnitCosts, *, cores: float
) -> dict[str, int]:
    """By the name of each part, how many such sources use it to `FULLEST`.

    None of `MOST_SOURCES` fill a part that has that many.
    """
    until = dict.fromkeys(_used(world, costs, cores), 0)
    step = MOST_SOURCES
    while step:
        for name, found in until.items():
            used = _used(world.grown(found + step), costs, cores)[name]
            if used <= FULLEST and found + step <= MOST_SOURCES:
                until[name] = found + step
        step //= 2
    return until


def _used(world: World, costs: UnitCosts, cores: float) -> dict[str, float]:
    return {part.name: part.used for part in parts_of(world, costs, cores=cores)}
