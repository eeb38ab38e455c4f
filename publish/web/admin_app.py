"""The application on the operator's own listener: figures, health, the status page.

Serves what a desk hands it and decides nothing. Readers are served by `app`, elsewhere.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Protocol

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from publish.web.headers import CACHE_FOR_A_DAY, SECURITY
from publish.web.refusals import (
    answer_bug,
    answer_health,
    answer_http_error,
    answer_store_error,
    say,
)
from store.errors import StoreError


class AdminDesk(Protocol):
    """Who knows how the service fares; each answer may be a moment old."""

    metrics_type: str
    """The media type of the figures."""

    async def metrics(self) -> bytes:
        """Every figure."""

    async def trouble(self) -> str | None:
        """Why the service is not ready, in a short sentence; None where it is."""

    async def warning(self) -> str | None:
        """What is wrong though readers are served, shortly; None where nothing is.

        It is no reason to take readers elsewhere.
        """

    async def status_page(self) -> bytes:
        """How everything fares, as HTML; raises StoreError."""

    async def status(self) -> bytes:
        """The same as JSON; raises StoreError."""

    def stylesheet(self) -> bytes:
        """That of the page."""


def build_admin_app(desk: AdminDesk) -> Starlette:
    """The application that serves what the desk knows."""
    app = Starlette(
        routes=[
            Route("/metrics", _serve(desk.metrics, desk.metrics_type)),
            Route("/health/live", answer_health),
            Route("/health/ready", _readiness(desk)),
            Route("/status", _serve(desk.status_page, "text/html; charset=utf-8")),
            Route("/status.json", _serve(desk.status, "application/json")),
            Route("/style.css", _stylesheet(desk)),
        ],
        exception_handlers={
            HTTPException: answer_http_error,
            StoreError: answer_store_error,
            Exception: answer_bug,
        },
    )
    app.router.redirect_slashes = False
    return app


def _serve(
    make: Callable[[], Awaitable[bytes]], media_type: str
) -> Callable[[Request], Awaitable[Response]]:
    async def answer(_: Request) -> Response:
        headers = {"Cache-Control": "no-store", **SECURITY, "Content-Type": media_type}
        return Response(await make(), headers=headers)

    return answer


def _readiness(desk: AdminDesk) -> Callable[[Request], Awaitable[Response]]:
    async def answer(_: Request) -> Response:
        trouble = await desk.trouble()
        if trouble is not None:
            return say(f"{trouble}\n", 503)
        warning = await desk.warning()
        return say(f"ready, but {warning}\n" if warning else "ready\n", 200)

    return answer


def _stylesheet(desk: AdminDesk) -> Callable[[Request], Awaitable[Response]]:
    async def answer(_: Request) -> Response:
        headers = {"Cache-Control": CACHE_FOR_A_DAY, **SECURITY}
        return Response(desk.stylesheet(), headers=headers, media_type="text/css")

    return answer
