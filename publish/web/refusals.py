"""Answers other than documents: a line of plain text that repeats nothing asked."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from publish.web.headers import CACHE_FOR_A_DAY, SECURITY

_RETRY_AFTER_SECONDS = 30
ASK_FOR_PASSWORD = {"WWW-Authenticate": 'Basic realm="feeds", charset="UTF-8"'}
"""What a browser and most readers wait for before they show a password (RFC 7617)."""

_ERRORS = {
    401: "a name and a password are needed\n",
    404: "not found\n",
    405: "method not allowed\n",
    503: "too busy, try again\n",
}


async def answer_health(request: Request) -> Response:  # noqa: ARG001 - Starlette's form
    """The service lives, whatever the store does."""
    return say("ok\n", 200)


def is_missing(error: Exception) -> bool:
    """Whether the trouble is that we have no such address."""
    return isinstance(error, HTTPException) and error.status_code == 404


def answer_moved(address: str) -> Response:
    """What was asked for is at an address of ours for good."""
    headers = {"Location": address, "Cache-Control": CACHE_FOR_A_DAY}
    return say("moved for good\n", 301, headers)


def answer_gone(text: str) -> Response:
    """What was asked for was taken away; readers need not come again."""
    return say(text, 410)


async def answer_http_error(request: Request, error: Exception) -> Response:  # noqa: ARG001
    """Short words for an address or a method that we do not have."""
    assert isinstance(error, HTTPException)  # noqa: S101 - registered for it only
    allowed = (error.headers or {}).get("Allow")
    headers = dict(error.headers or {})
    if allowed:
        headers["Allow"] = ", ".join(sorted(allowed.split(", ")))
    if error.status_code == 503:
        headers["Retry-After"] = str(_RETRY_AFTER_SECONDS)
    text = _ERRORS.get(error.status_code, "bad request\n")
    return say(text, error.status_code, headers)


async def answer_store_error(request: Request, error: Exception) -> Response:  # noqa: ARG001
    """The store is in trouble, and nothing was rendered before."""
    headers = {"Retry-After": str(_RETRY_AFTER_SECONDS)}
    return say("the store does not answer, try again\n", 503, headers)


async def answer_bug(request: Request, error: Exception) -> Response:  # noqa: ARG001
    """Short words for the client; Starlette raises the error again for the log."""
    return say("internal error\n", 500)


def say(text: str, status: int, headers: dict[str, str] | None = None) -> Response:
    """A line of plain text that nobody keeps."""
    return PlainTextResponse(
        text,
        status_code=status,
        headers={"Cache-Control": "no-store", **SECURITY, **(headers or {})},
    )
