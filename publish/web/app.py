"""The web application: addresses, status codes and headers, on Starlette.

Hands out what the renderer has; each answer is a document or a line of plain text
that repeats nothing of the request.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from publish.feed import FeedFormat
from publish.render import Renderer
from publish.shelf import Rendered
from publish.web.conditional import is_not_modified
from publish.web.headers import (
    CACHE_FOR_A_DAY,
    CACHE_FOR_MINUTES,
    SECURITY,
    describe,
)
from store.article import ArticleId
from store.errors import StoreError

_ARTICLE_NUMBER = re.compile(r"[1-9][0-9]{0,17}")  # fits the database's 64 bits
_RETRY_AFTER_SECONDS = 30
_ERRORS = {404: "not found\n", 405: "method not allowed\n"}


def build_app(renderer: Renderer) -> Starlette:
    """The application that serves everything the renderer renders.

    Its endpoints are synchronous, so Starlette runs them in threads: the store is.
    """
    site = _Site(renderer)
    app = Starlette(
        routes=[
            Route("/", site.index),
            Route("/topics.opml", site.opml),
            *(
                Route(f"/topics/{{slug}}.{each.value}", site.feed_in(each))
                for each in FeedFormat
            ),
            Route("/topics/{slug}", site.topic_page),
            Route("/articles/{number}", site.article_page),
            Route("/style.css", site.stylesheet),
            Route("/health/live", _answer_health),
        ],
        exception_handlers={
            HTTPException: _answer_http_error,
            StoreError: _answer_store_error,
            Exception: _answer_bug,
        },
    )
    # A redirect to the address with a slash would be made of what was asked.
    app.router.redirect_slashes = False
    return app


class _Site:
    """The endpoints that hand out rendered documents."""

    def __init__(self, renderer: Renderer) -> None:
        self._renderer = renderer

    def index(self, request: Request) -> Response:
        return _answer(request, self._renderer.index())

    def opml(self, request: Request) -> Response:
        return _answer(request, self._renderer.opml())

    def feed_in(self, feed_format: FeedFormat) -> Callable[[Request], Response]:
        def feed(request: Request) -> Response:
            slug = request.path_params["slug"]
            return _answer(request, self._renderer.feed(slug, feed_format))

        return feed

    def topic_page(self, request: Request) -> Response:
        slug = request.path_params["slug"]
        return _answer(request, self._renderer.topic_page(slug))

    def article_page(self, request: Request) -> Response:
        number = request.path_params["number"]
        if not _ARTICLE_NUMBER.fullmatch(number):
            raise HTTPException(404)
        article_id = ArticleId(int(number))
        return _answer(request, self._renderer.article_page(article_id))

    def stylesheet(self, request: Request) -> Response:
        return _answer(request, self._renderer.stylesheet(), cache=CACHE_FOR_A_DAY)


def _answer(
    request: Request, rendered: Rendered | None, *, cache: str = CACHE_FOR_MINUTES
) -> Response:
    """The document, or 304 where the client has it, or 404 where there is none."""
    if rendered is None:
        raise HTTPException(404)
    headers = describe(rendered, cache)
    if is_not_modified(
        _header(request, "if-none-match"),
        _header(request, "if-modified-since"),
        etag=rendered.etag,
        last_modified=rendered.last_modified,
    ):
        return Response(status_code=304, headers=headers)
    headers["Content-Type"] = rendered.media_type
    headers["Content-Length"] = str(len(rendered.body))
    body = b"" if request.method == "HEAD" else rendered.body
    return Response(body, headers=headers)


def _header(request: Request, name: str) -> str | None:
    """A header whose lines count as one list (RFC 9110, 5.3)."""
    lines = request.headers.getlist(name)
    return ", ".join(lines) if lines else None


def _answer_health(request: Request) -> Response:  # noqa: ARG001 - Starlette's form
    return _say("ok\n", 200)


def _answer_http_error(request: Request, error: Exception) -> Response:  # noqa: ARG001
    assert isinstance(error, HTTPException)  # noqa: S101 - registered for it only
    allowed = (error.headers or {}).get("Allow")
    headers = {"Allow": ", ".join(sorted(allowed.split(", ")))} if allowed else {}
    text = _ERRORS.get(error.status_code, "bad request\n")
    return _say(text, error.status_code, headers)


def _answer_store_error(request: Request, error: Exception) -> Response:  # noqa: ARG001
    headers = {"Retry-After": str(_RETRY_AFTER_SECONDS)}
    return _say("the store does not answer, try again\n", 503, headers)


def _answer_bug(request: Request, error: Exception) -> Response:  # noqa: ARG001
    """Short words for the client; Starlette raises the error again for the log."""
    return _say("internal error\n", 500)


def _say(text: str, status: int, headers: dict[str, str] | None = None) -> Response:
    return PlainTextResponse(
        text,
        status_code=status,
        headers={"Cache-Control": "no-store", **SECURITY, **(headers or {})},
    )
