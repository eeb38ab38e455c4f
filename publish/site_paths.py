"""Where in the folder of a static site each document is, and how its pages link.

A page is the index of a folder of its name: beside the feed of the same name, and found
at its address by every web server. Links between pages name the file, since a store of
objects knows no folders.
"""

from __future__ import annotations

import re
from typing import assert_never

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

INDEX = "index.html"
_PAGES = {IndexPage: "", FeedsPage: "feeds", SourcesPage: "sources", AboutPage: "about"}
_FILES = {
    SubscriptionList: "topics.opml",
    Stylesheet: "style.css",
    FeedStylesheet: "feed.css",
}
# Our pages write their own links so, and those of others with a scheme.
_LINK = re.compile(
    rb'(<(?:a|link)\b[^<>]*?\shref=")((?:\.\./)+|\./)([a-z0-9./-]*)(?=[#"])'
)


def path_of(document: Document) -> str:
    """The file of a document, as a path in the folder; parts of topics have none."""
    match document:
        case FeedIn(name=name, feed_format=feed_format):
            return feed_format.add_to(name.path)
        case ArchivePage(name=name, number=number, feed_format=feed_format):
            return feed_format.add_to(f"{name.path}/archive/{number}")
        case FeedPage(name=name):
            return f"{name.path}/{INDEX}"
        case ArticlePage(article_id=article_id):
            return f"articles/{article_id}/{INDEX}"
        case IndexPage() | FeedsPage() | SourcesPage() | AboutPage():
            folder = _PAGES[type(document)]
            return f"{folder}/{INDEX}" if folder else INDEX
        case SubscriptionList() | Stylesheet() | FeedStylesheet():
            return _FILES[type(document)]
        case FilteredPage():
            raise ValueError("a part of a topic is no file: it is asked for by a query")
        case _:  # pragma: no cover - the type checker proves that nothing is left
            assert_never(document)


def link_to_files(page: bytes, path: str) -> bytes:
    """The page with its links to other pages as they are from its file."""
    is_deeper = path != INDEX

    def mend(link: re.Match[bytes]) -> bytes:
        root = link[2].removeprefix(b"./")
        way = b"../" + root if is_deeper else link[2]
        return link[1] + way + _file_of(link[3])

    return _LINK.sub(mend, page)


def _file_of(address: bytes) -> bytes:
    if b"." in address.rpartition(b"/")[2]:
        return address
    return (address + b"/" if address else b"") + INDEX.encode()
