"""What the operator's rules say of one article: its tags and its topics."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from config.expression import Expression
from ingest.entry import Entry
from store.article import Article, Reason, Strength, TagMatch
from store.classify.categories import CategoryTags, add_category_tags
from store.classify.matching import MatchSubject, decide_match
from store.classify.tagging import Tagger
from store.digest import Rhythm


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """By what articles are tagged and topics decided; expressions name no topic.

    `topics` has saved searches too, under the names of their logs.

    `formerly` has the names that topics had before, the oldest first.
    `digests` has the rhythm of those topics of which digests are written.
    `vocabulary` names what tags are decided by: another text, other tags.
    """

    tagger: Tagger
    topics: Mapping[str, Expression]
    category_tags: CategoryTags = field(default_factory=dict)
    formerly: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    digests: Mapping[str, Rhythm] = field(default_factory=dict)
    vocabulary: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What the rules look at; `at` is when it was published, else first seen."""

    title: str
    text: str
    language: str | None
    author: str | None
    link: str | None
    at: datetime
    sources: frozenset[str]
    categories: tuple[str, ...]


def decide_tags(rules: Rules, facts: Facts) -> tuple[TagMatch, ...]:
    """The tags of an article, in the order of their slugs."""
    tags = rules.tagger.tag(facts.title, facts.text, facts.language)
    known = rules.category_tags
    meanings = [known[source] for source in sorted(facts.sources) if source in known]
    if not (meanings and facts.categories):
        return tags
    return add_category_tags(tags, facts.categories, meanings)


def build_subject(facts: Facts, tags: Iterable[TagMatch]) -> MatchSubject:
    """What topics look at; its words are read once for all of them."""
    found = tuple(tags)
    return MatchSubject(
        title=facts.title,
        text=facts.text,
        language=facts.language,
        sources=facts.sources,
        author=facts.author,
        url=facts.link,
        published_at=facts.at,
        about=frozenset(one.tag for one in found if one.strength is Strength.ABOUT),
        mentions=frozenset(one.tag for one in found),
        categories=facts.categories,
    )


def decide_topics(
    topics: Mapping[str, Expression], subject: MatchSubject
) -> dict[str, Reason]:
    """The topics that hold the article and why, in the order of the topics."""
    decided = {slug: decide_match(rule, subject) for slug, rule in topics.items()}
    return {slug: reason for slug, reason in decided.items() if reason is not None}


def facts_of_entry(entry: Entry, sources: frozenset[str], *, now: datetime) -> Facts:
    """What the rules look at of an entry that these sources carry."""
    return Facts(
        title=entry.title,
        text=entry.text,
        language=entry.language,
        author=entry.author,
        link=entry.link,
        at=entry.published_at or now,
        sources=sources,
        categories=entry.categories,
    )


def facts_of(article: Article, carriers: frozenset[str]) -> Facts:
    """What the rules look at of an article that is stored."""
    return Facts(
        title=article.title,
        text=article.text,
        language=article.language,
        author=article.author,
        link=article.link,
        at=article.published_at or article.first_seen_at,
        sources=carriers | {article.origin},
        categories=article.categories,
    )
