"""`rekkas article`: what is kept."""

from __future__ import annotations

import json
from typing import Any

import click

from rekkas.cli import config_option
from rekkas.commands.shared import (
    article_argument,
    find_article,
    load,
    no_article,
    stored,
)
from rekkas.commands.tables import show_json, show_time
from store.article import (
    Article,
    ArticleDossier,
    Place,
    RelatedArticle,
    Revision,
    Sighting,
    TagMatch,
)
from store.library import Library

_PLACES = {
    Place.TITLE: "title",
    Place.TEXT: "text",
    Place.CATEGORY: "publisher's category",
}


@click.group()
@config_option
def article() -> None:
    """What is kept."""


@article.command("show")
@config_option
@article_argument
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def show_article(name: str, *, as_json: bool) -> None:
    """Show one article: tags and their reasons, topics, sightings, revisions."""
    loaded = load()
    with stored(loaded) as database:
        library = Library(database)
        dossier = library.find_article(find_article(library, name))
    if dossier is None:  # it left between the two looks
        raise no_article(name)
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
        "duplicate_reason": article.duplicate_reason,
        "story": article.story,
        "tags": {tag.tag: _reason(article, tag) for tag in article.tags},
        "topics": {one.topic: list(one.reason.clauses) for one in dossier.memberships},
        "sightings": [_sighting(one) for one in dossier.sightings],
        "revisions": [_revision(one) for one in dossier.revisions],
        "related": [_related(one) for one in dossier.related],
        "text": article.text,
    }


def _sighting(one: Sighting) -> dict[str, Any]:
    return {
        "source": one.source,
        "guid": one.guid,
        "link": one.link,
        "reason": one.reason,
    }


def _revision(one: Revision) -> dict[str, Any]:
    return {"title": one.title, "seen_at": show_time(one.seen_at), "reason": one.reason}


def _related(one: RelatedArticle) -> dict[str, Any]:
    return {
        "id": one.id,
        "title": one.title,
        "source": one.origin,
        "language": one.language,
        "same_story": one.is_same_story,
    }


def _reason(article: Article, tag: TagMatch) -> dict[str, Any]:
    """How strongly the tag holds, and the words that say so."""
    words = [
        f"{_PLACES[hit.place]}: {article.words_at(hit.place)[hit.start : hit.end]}"
        for hit in tag.hits
    ]
    return {"strength": tag.strength.value, "words": words}


def _line(value: object) -> str:
    if value is None:
        return "–"
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False, indent=2)
    return str(value)
