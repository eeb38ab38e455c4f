"""Searches what is stored for people, and makes the page of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from config.errors import ExpressionError
from config.expression import Expression
from publish.edition import Edition
from publish.rendered import Rendered, build_rendered
from publish.selection import UPDATED_WHEN_EMPTY
from publish.web.pages import Pages
from publish.web.search_view import (
    LONGEST_QUERY,
    LOOKED_AT,
    MOST_FOUND,
    SearchView,
    describe_blank,
    describe_found,
    describe_mistake,
)
from store.article import FoundArticles, Order


class SearchableArticles(Protocol):
    """What searching asks of the store; raises StoreError when it cannot answer."""

    def search_newest(
        self, expression: Expression, *, limit: int, order: Order, within: int | None
    ) -> FoundArticles:
        """What matches, looking at no more than `within` articles that may."""


class SearchDesk:
    """Answers searches of one edition; `read` knows the names of its configuration."""

    def __init__(
        self,
        edition: Edition,
        articles: SearchableArticles,
        read: Callable[[str], Expression],
    ) -> None:
        self._articles = articles
        self._read = read
        self._pages = Pages(edition)

    def search(self, query: str, order: Order) -> tuple[Rendered, bool]:
        """The page of a search; False beside it where the expression has a mistake."""
        view = self._look(query, order)
        page = build_rendered(
            self._pages.search(view),
            last_modified=UPDATED_WHEN_EMPTY,
            media_type="text/html",
        )
        return page, view.mistake is None

    def _look(self, query: str, order: Order) -> SearchView:
        if not query.strip():
            return describe_blank(order)
        try:
            expression = self._read_short(query)
        except ExpressionError as error:
            return describe_mistake(
                query, order, message=error.message, column=error.column
            )
        found = self._articles.search_newest(
            expression, limit=MOST_FOUND, order=order, within=LOOKED_AT
        )
        return describe_found(query, order, found)

    def _read_short(self, query: str) -> Expression:
        if len(query) > LONGEST_QUERY:
            raise ExpressionError(
                f"a search has at most {LONGEST_QUERY:,} characters",
                column=LONGEST_QUERY + 1,
            )
        return self._read(query)
