"""`rekkas article`: what is kept."""

from __future__ import annotations

import json
from typing import Any

import click

from rekkas.cli import EXIT_USAGE, config_option
from rekkas.commands.shared import Trouble, load, stored
from rekkas.commands.tables import show_json, show_time
from store.article import Article, ArticleDossier, ArticleId, Place, TagMatch
from store.library import Library


@click.group()
@config_option
def article() -> None:
    """What is kept."""


@article.command("show")
@config_option
@click.argument("number", metavar="ID", type=click.IntRange(1, 2**63 - 1))
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def show_article(number: int, *, as_json: bool) -> None:
    """Show one article: tags and their reasons, topics, sightings, revisions."""
    loaded = load()
    with stored(loaded) as database:
        dossier = Library(database).find_article(ArticleId(number))
    if dossier is None:
        raise Trouble(
            f"there is no article {number}: the address of its page ends in its number",
            exit_code=EXIT_USAGE,
        )
    facts = _facts(dossier)
    if as_json:
        show_json(facts)
        return
    for name, value in facts.items():
        click.echo(f"{name}: {_line(value)}")


def _facts(dossier: ArticleDossier) -> dict[str, Any]:
    article = dossier.article
    return {
        "id": article.id,
        "uid": article.uid,
        "title": article.title,
        "source": article.origin,
        "source_title": article.origin_title,
        "link": article.link,
        "author": article.author,
        "language": article.language,
        "published_at": show_time(article.published_at),
        "first_seen_at": show_time(article.first_seen_at),
        "revised_at": show_time(article.revised_at),
        "duplicate_of": article.duplicate_of,
        "tags": {tag.tag: _reason(article, tag) for tag in article.tags},
        "topics": {one.topic: list(one.reason.clauses) for one in dossier.memberships},
        "sightings": [
            {"source": one.source, "guid": one.guid, "link": one.link}
            for one in dossier.sightings
        ],
        "revisions": [
            {"title": one.title, "seen_at": show_time(one.seen_at)}
            for one in dossier.revisions
        ],
        "text": article.text,
    }


def _reason(article: Article, tag: TagMatch) -> dict[str, Any]:
    """How strongly the tag holds, and the words that say so."""
    texts = {Place.TITLE: article.title, Place.TEXT: article.text}
    words = [
        f"{hit.place.value}: {texts[hit.place][hit.start : hit.end]}"
        for hit in tag.hits
    ]
    return {"strength": tag.strength.value, "words": words}


def _line(value: object) -> str:
    if value is None:
        return "–"
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False, indent=2)
    return str(value)
