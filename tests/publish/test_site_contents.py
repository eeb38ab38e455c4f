from __future__ import annotations

from dataclasses import replace

from publish.access import build_access
from publish.archive import write_page
from publish.edition import Edition
from publish.render import Renderer
from publish.site_contents import each_document
from store.article import ArticleId, StoryId
from tests.publish.factories import make_publication
from tests.publish.fakes import ENGLISH, FRENCH, FakeArticles, make_beat


class Subjects:
    """A store of two articles that tell one story, and of one that is gone by now."""

    def article_numbers(self) -> tuple[ArticleId, ...]:
        return (ArticleId(1), ArticleId(2), ArticleId(99))

    def shared_stories(self) -> tuple[StoryId, ...]:
        return (StoryId(1),)


def paths(edition: Edition, articles: FakeArticles) -> list[str]:
    renderer = Renderer(edition, articles)
    return [path for path, _ in each_document(renderer, edition, Subjects())]


def make_archived() -> tuple[Edition, FakeArticles]:
    """The beat, with two archive pages of western-sahara."""
    edition, articles = make_beat()
    rules = replace(edition.topics["western-sahara"], page_size=1)
    edition = replace(edition, topics={**edition.topics, "western-sahara": rules})
    for number, article in enumerate((ENGLISH, FRENCH), start=1):
        page = write_page(rules, [make_publication(article)], edition)
        articles.archive.pages["western-sahara", number] = page
    return edition, articles


def test_a_site_has_every_feed_and_every_page() -> None:
    found = paths(*make_archived())

    assert len(found) == len(set(found))
    assert {
        "articles/1/index.html",
        "stories/1/index.html",
        "stories/1.rss",
        "topics/western-sahara/index.html",
        "topics/western-sahara/archive/2.atom",
        "topics/empty.json",
        "tags/mali/index.html",
        "sources/paper.rss",
        "sources/index.html",
        "all.atom",
        "feeds/index.html",
        "about/index.html",
        "topics.opml",
        "style.css",
        "feed.css",
        "index.html",
    } <= set(found)


def test_what_is_gone_meanwhile_is_no_file() -> None:
    assert "articles/99/index.html" not in paths(*make_archived())


def test_archive_pages_are_there_before_the_feed_that_leads_to_them() -> None:
    found = paths(*make_archived())

    feed = found.index("topics/western-sahara.rss")
    assert found.index("topics/western-sahara/archive/2.json") < feed
    assert found[-1] == "index.html"


def test_a_private_topic_is_no_file() -> None:
    edition, articles = make_archived()
    private = replace(
        edition.topics["western-sahara"], access=build_access(["0" * 32], {})
    )
    edition = replace(edition, topics={**edition.topics, "western-sahara": private})

    assert [path for path in paths(edition, articles) if "western" in path] == [
        "tags/western-sahara.rss",
        "tags/western-sahara.atom",
        "tags/western-sahara.json",
        "tags/western-sahara/index.html",
    ]
