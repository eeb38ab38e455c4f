"""Answers to requests for documents: whole, in part, or that nothing has changed.

Starlette's responses out of what was selected; decides nothing about documents.
"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from publish.web.conditional import is_not_modified
from publish.web.headers import Selected, describe, describe_body, describe_news


def read_header(request: Request, name: str) -> str | None:
    """A header whose lines count as one list (RFC 9110, 5.3)."""
    lines = request.headers.getlist(name)
    return ", ".join(lines) if lines else None


def is_known(request: Request, selected: Selected) -> bool:
    """True if the client has what was selected for it."""
    return is_not_modified(
        read_header(request, "if-none-match"),
        read_header(request, "if-modified-since"),
        etag=selected.form.etag,
        last_modified=selected.document.last_modified,
    )


def answer_not_modified(selected: Selected) -> Response:
    """304, with what a cache keeps of it."""
    return Response(status_code=304, headers=describe(selected))


def answer_whole(request: Request, selected: Selected) -> Response:
    """200 and the document; to HEAD the same without it."""
    headers = {**describe(selected), **describe_body(selected)}
    return _with_body(request, selected, headers, 200)


def answer_part(request: Request, whole: Selected, part: Selected) -> Response:
    """New items only; 226 says so (RFC 3229, 10.4.1)."""
    headers = {
        **describe(part),
        **describe_body(part),
        **describe_news(whole.form.etag),
    }
    return _with_body(request, part, headers, 226)


def _with_body(
    request: Request, selected: Selected, headers: dict[str, str], status: int
) -> Response:
    body = b"" if request.method == "HEAD" else selected.form.body
    return Response(body, status_code=status, headers=headers)
