"""The web application: addresses, status codes and headers, on Starlette.

Hands out what the renderer has; each answer is a document or a line of plain text
that repeats nothing of the request.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import replace
from typing import TypeAlias

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp

from publish.access import Access
from publish.departed import read_place, say_gone
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
    HeldDocument,
    IndexPage,
    SourcesPage,
    Stylesheet,
    SubscriptionList,
    feed_behind,
)
from publish.feed import FeedFormat
from publish.feed_name import FeedKind, FeedName
from publish.render import Renderer
from publish.rendered import Rendered
from publish.web.answered import AnsweredBefore
from publish.web.answers import (
    answer_not_modified,
    answer_part,
    answer_whole,
    is_known,
    read_header,
)
from publish.web.callback_route import CALLBACK_PATH, CallbackDesk
from publish.web.conditional import read_tags
from publish.web.feed_files import (
    archive_route,
    feed_routes,
    read_feed_name,
    read_page_name,
)
from publish.web.feed_view import read_filter
from publish.web.headers import (
    CACHE_FOR_A_DAY,
    CACHE_FOR_EVER,
    CACHE_FOR_MINUTES,
    SHOWN_AS_XML,
    Selected,
)
from publish.web.hub_route import HubDesk
from publish.web.negotiation import (
    choose_coding,
    choose_format,
    is_browser,
    wants_news_only,
)
from publish.web.refusals import (
    ASK_FOR_PASSWORD,
    answer_bug,
    answer_gone,
    answer_health,
    answer_http_error,
    answer_moved,
    answer_store_error,
    is_missing,
)
from publish.web.search_endpoint import SearchEndpoint
from store.article import EVERYTHING, ArticleId
from store.errors import StoreError

_NUMBER = re.compile(r"[1-9][0-9]{0,17}")  # fits the database's 64 bits
_Endpoint: TypeAlias = Callable[[Request], Awaitable[Response]]
_TOKEN, _AUTHORIZATION = "token", "authorization"
_IN_XML = (FeedFormat.RSS, FeedFormat.ATOM)


def build_app(
    renderer: Renderer,
    desk: SearchEndpoint | None = None,
    hub: HubDesk | None = None,
    callbacks: CallbackDesk | None = None,
) -> ASGIApp:
    """The application that serves everything the renderer renders, and searches.

    With the hub, if there is one, and with where the hubs of sources call.

    What is at hand is answered at once. Whatever has to be made or looked up is made
    in a thread: the store is synchronous.
    """
    site = _Site(renderer)
    app = Starlette(
        routes=[
            Route("/", site.page_of(IndexPage())),
            Route("/topics.opml", site.page_of(SubscriptionList())),
            *_feed_routes(site),
            Route("/articles/{number}", site.article_page),
            Route("/feeds", site.page_of(FeedsPage())),
            Route("/sources", site.page_of(SourcesPage())),
            Route("/about", site.page_of(AboutPage())),
            Route("/style.css", site.page_of(Stylesheet(), cache=CACHE_FOR_A_DAY)),
            Route("/feed.css", site.page_of(FeedStylesheet(), cache=CACHE_FOR_A_DAY)),
            *([Route("/search", desk.answer)] if desk else []),
            Route("/health/live", answer_health),
            *([Route("/hub", hub.take, methods=["POST"])] if hub else []),
            *([_callback_route(callbacks)] if callbacks else []),
        ],
        exception_handlers={
            HTTPException: site.refuse,
            StoreError: answer_store_error,
            Exception: answer_bug,
        },
    )
    # A redirect to the address with a slash would be made of what was asked.
    app.router.redirect_slashes = False
    return AnsweredBefore(app, renderer.state_at_hand)


def _feed_routes(site: _Site) -> Iterator[Route]:
    """Where the feeds of each kind are, their pages, and their archives."""
    for kind in FeedKind:
        for route in feed_routes(kind):
            yield Route(route, site.feed_of(kind))
        if kind.is_logged:
            yield Route(archive_route(kind), site.archive_of(kind))


def _callback_route(callbacks: CallbackDesk) -> Route:
    path = f"/{CALLBACK_PATH}/{{token}}"
    return Route(path, callbacks.answer, methods=["GET", "POST"])


class _Site:
    """The endpoints that hand out rendered documents."""

    def __init__(self, renderer: Renderer) -> None:
        self._renderer = renderer

    def page_of(
        self, document: Document, *, cache: str = CACHE_FOR_MINUTES
    ) -> _Endpoint:
        """One document, whatever the path says."""

        async def page(request: Request) -> Response:
            return await self._answer(request, document, cache=cache)

        return page

    def feed_of(self, kind: FeedKind) -> _Endpoint:
        """Feeds of a kind in each format, and their pages."""

        async def feed(request: Request) -> Response:
            read = read_feed_name(kind, request.path_params)
            if read is None:
                raise HTTPException(404)
            name, feed_format = read
            if feed_format is None:
                return await self._page_or_feed(request, name)
            return await self._answer(request, FeedIn(name, feed_format))

        return feed

    def archive_of(self, kind: FeedKind) -> Callable[[Request], Awaitable[Response]]:
        """The pages of the archives of feeds of a kind."""

        async def page(request: Request) -> Response:
            read = read_page_name(request.path_params["page"])
            if read is None:
                raise HTTPException(404)
            name = FeedName(kind, request.path_params["slug"])
            return await self._answer(
                request, ArchivePage(name, *read), cache=CACHE_FOR_EVER
            )

        return page

    async def _page_or_feed(self, request: Request, name: FeedName) -> Response:
        """The page, or the feed for a client that asks for one."""
        feed_format = choose_format(read_header(request, "accept"))
        if feed_format is None:
            return await self._page(request, name)
        return await self._answer(
            request,
            FeedIn(name, feed_format),
            found_at=f"{name.file}.{feed_format.value}",
        )

    async def _page(self, request: Request, name: FeedName) -> Response:
        """The page of a feed, or of the part of it that the query asks for."""
        only = read_filter(request.query_params)
        if only is None:
            raise HTTPException(404)
        if only != EVERYTHING:
            return await self._answer(request, FilteredPage(name, only))
        return await self._answer(request, FeedPage(name), found_at=name.file)

    async def refuse(self, request: Request, error: Exception) -> Response:
        """Where a topic is that was renamed, or that it is gone, or short words."""
        place = read_place(request.url.path)
        if place is None or not is_missing(error):
            return await answer_http_error(request, error)
        address = self._renderer.successor_of(place)
        if address is not None:
            return await self._lead_on(request, error, place.name, address)
        if await run_in_threadpool(self._renderer.is_departed, place.name):
            return answer_gone(say_gone(place.name))
        return await answer_http_error(request, error)

    async def _lead_on(
        self, request: Request, error: Exception, former: FeedName, address: str
    ) -> Response:
        """To where a renamed feed is now; who may not read it is not told."""
        access = self._renderer.edition.access_of(
            self._renderer.edition.successors[former]
        )
        if access is None:
            return answer_moved(address)
        if not _admits(access, request):
            return await answer_http_error(request, error)
        query = request.url.query
        return answer_moved(f"{address}?{query}" if query else address)

    async def article_page(self, request: Request) -> Response:
        number = request.path_params["number"]
        if not _NUMBER.fullmatch(number):
            raise HTTPException(404)
        return await self._answer(request, ArticlePage(ArticleId(int(number))))

    async def _answer(
        self,
        request: Request,
        document: Document,
        *,
        cache: str = CACHE_FOR_MINUTES,
        found_at: str | None = None,
    ) -> Response:
        is_private = self._is_private(request, document)
        selected = await self._select(request, document, cache, found_at)
        if is_private:
            own = await self._for_holder(request, document)
            selected = replace(
                selected, document=own or selected.document, is_private=True
            )
        if is_known(request, selected):
            return answer_not_modified(selected)
        news = await self._news(request, document)
        if _is_xml(document) and is_browser(read_header(request, "accept")):
            selected = replace(selected, shown_as=SHOWN_AS_XML)
        if news is None:
            return answer_whole(request, selected)
        return answer_part(request, selected, replace(selected, document=news))

    def _is_private(self, request: Request, document: Document) -> bool:
        """Whether it is; who may not read it learns as little as if it were not there.

        Only who shows nothing at all is asked for a password, where there is one.
        """
        name = feed_behind(document)
        access = None if name is None else self._renderer.edition.access_of(name)
        if access is None:
            return False
        if _admits(access, request):
            return True
        shows_nothing = _TOKEN not in request.query_params and not read_header(
            request, _AUTHORIZATION
        )
        if access.asks_for_password and shows_nothing:
            raise HTTPException(401, headers=ASK_FOR_PASSWORD)
        raise HTTPException(404)

    async def _for_holder(
        self, request: Request, document: Document
    ) -> Rendered | None:
        """The feed or page whose links a reader can follow that shows a token in its.

        Who shows a secret in a header shows it again at each link by itself.
        """
        token = request.query_params.get(_TOKEN)
        if token is None or not isinstance(document, HeldDocument):
            return None
        access = self._renderer.edition.access_of(document.name)
        if access is None or not access.admits(token=token, authorization=None):
            return None
        return await run_in_threadpool(
            self._renderer.render_for_holder, document, token
        )

    async def _select(
        self, request: Request, document: Document, cache: str, found_at: str | None
    ) -> Selected:
        rendered = self._renderer.at_hand(document) or await run_in_threadpool(
            self._renderer.render, document
        )
        if rendered is None:
            raise HTTPException(404)
        return Selected(
            document=rendered,
            coding=choose_coding(read_header(request, "accept-encoding")),
            cache=cache,
            found_at=found_at,
            heeds_accept=found_at is not None or _is_xml(document),
        )

    async def _news(self, request: Request, document: Document) -> Rendered | None:
        """The new items of a feed for a client that can add them to what it has."""
        if not isinstance(document, FeedIn):
            return None
        a_im, accept = read_header(request, "a-im"), read_header(request, "accept")
        if not wants_news_only(a_im, accept):
            return None
        known = read_tags(read_header(request, "if-none-match") or "")
        return await run_in_threadpool(self._renderer.render_news, document, known)


def _admits(access: Access, request: Request) -> bool:
    return access.admits(
        token=request.query_params.get(_TOKEN),
        authorization=read_header(request, _AUTHORIZATION),
    )


def _is_xml(document: Document) -> bool:
    return isinstance(document, FeedIn) and document.feed_format in _IN_XML
