"""The shipped vocabulary and snapshot, for the tests of tags and topics."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from config.load import CATALOGUE, load_settings
from config.settings import Settings
from store.classify.tagging import Tagger, build_tagger

SHIPPED_SNAPSHOT = CATALOGUE / "snapshots" / "daily8.txt"
ORIGINAL_SNAPSHOT = (
    Path(__file__).parents[2].parent / "shared" / "seeds" / "daily8-snapshot.txt"
)


@cache
def shipped_settings() -> Settings:
    return load_settings(None, environ={}).settings


@cache
def shipped_tagger() -> Tagger:
    settings = shipped_settings()
    names = [
        name
        for source in settings.sources.values()
        for name in (source.title, *source.aliases)
        if name is not None
    ]
    return build_tagger(
        settings.tags, publisher_names=names, boilerplate=settings.boilerplate
    )


def strengths(title: str, text: str, language: str | None) -> dict[str, str]:
    """How strongly the article carries each of its tags, by the shipped vocabulary."""
    found = shipped_tagger().tag(title, text, language)
    return {match.tag: match.strength.value for match in found}


def snapshot_articles(path: Path) -> list[tuple[str, str]]:
    """Title and text of the four articles of a Daily8 page, by their line numbers."""
    lines = path.read_text(encoding="utf-8").split("\n")
    lead = (lines[1], "\n".join(lines[2:19]))
    return [lead, *((lines[at], lines[at + 1]) for at in (31, 38, 45))]
