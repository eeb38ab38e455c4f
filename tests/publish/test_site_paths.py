from __future__ import annotations

import pytest

from publish.documents import (
    AboutPage,
    ArchivePage,
    ArticlePage,
    Document,
    FeedIn,
    FeedPage,
    FeedsPage,
    FeedStylesheet,
    FilteredPage,
    IndexPage,
    SourcesPage,
    Stylesheet,
    SubscriptionList,
)
from publish.feed import FeedFormat
from publish.feed_name import ALL_ARTICLES, FeedKind, FeedName, topic_feed
from publish.site_paths import link_to_files, path_of
from store.article import EVERYTHING, ArticleId

MALI = topic_feed("mali")
PATHS: dict[str, Document] = {
    "index.html": IndexPage(),
    "about/index.html": AboutPage(),
    "feeds/index.html": FeedsPage(),
    "sources/index.html": SourcesPage(),
    "topics.opml": SubscriptionList(),
    "style.css": Stylesheet(),
    "feed.css": FeedStylesheet(),
    "topics/mali/index.html": FeedPage(MALI),
    "sources/paper/index.html": FeedPage(FeedName(FeedKind.SOURCE, "paper")),
    "topics/mali.atom": FeedIn(MALI, FeedFormat.ATOM),
    "all.json": FeedIn(ALL_ARTICLES, FeedFormat.JSON),
    "all/index.html": FeedPage(ALL_ARTICLES),
    "topics/mali/archive/12.rss": ArchivePage(MALI, 12, FeedFormat.RSS),
    "articles/7/index.html": ArticlePage(ArticleId(7)),
}
LINKS = {
    "to the index": ("../", "../../index.html"),
    "to a page": ("../topics/mali", "../../topics/mali/index.html"),
    "to a part of a page": ("../about#language", "../../about/index.html#language"),
    "to a feed": ("../topics/mali.rss", "../../topics/mali.rss"),
    "to a stylesheet": ("../style.css", "../../style.css"),
    "from the top": ("./about", "../about/index.html"),
    "within the page": ("#main", "#main"),
    "to a publisher": ("https://paper.example/a", "https://paper.example/a"),
    "with a query, which files do not answer": ("../search?q=x", "../search?q=x"),
}


@pytest.mark.parametrize(("path", "document"), PATHS.items(), ids=PATHS)
def test_each_document_has_a_file(path: str, document: Document) -> None:
    assert path_of(document) == path


def test_a_part_of_a_topic_is_no_file() -> None:
    with pytest.raises(ValueError, match="no file"):
        path_of(FilteredPage(MALI, EVERYTHING))


@pytest.mark.parametrize(("link", "expected"), LINKS.values(), ids=LINKS)
def test_a_page_links_to_files(link: str, expected: str) -> None:
    page = f'<a class="x" href="{link}">'.encode()

    assert link_to_files(page, "a/b/index.html") == page.replace(
        link.encode(), expected.encode()
    )


def test_the_index_links_to_files_of_its_own_folder() -> None:
    page = b'<link rel="stylesheet" href="./style.css"><a href="./topics/mali">'

    assert link_to_files(page, "index.html") == (
        b'<link rel="stylesheet" href="./style.css"><a href="./topics/mali/index.html">'
    )


def test_what_only_reads_like_a_link_stays() -> None:
    page = b'<p>&lt;a href="../topics/mali"&gt; and href="../about" in a text</p>'

    assert link_to_files(page, "a/b/index.html") == page
