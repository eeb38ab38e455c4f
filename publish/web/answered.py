"""Answers that were given a moment ago, given again to who asks the same.

The innermost cache of all those that our headers speak to, in front of the application:
most polls of a feed are one of few requests, word for word, and nothing has changed
since. Keeps what any shared cache may keep, and only while nothing can have changed;
what an answer says is the application's.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, TypeAlias

from starlette.types import ASGIApp, Message, Receive, Scope, Send

HEEDED = frozenset(
    {"accept", "accept-encoding", "a-im", "if-none-match", "if-modified-since"}
)
"""The request headers that answers to everybody depend on."""

SECRETS = frozenset({"authorization"})
"""Those by which a client shows who it is; it gets no answer from here."""

_HEEDED = frozenset(name.encode() for name in HEEDED)
_SECRETS = frozenset(name.encode() for name in SECRETS)
_METHODS = frozenset({"GET", "HEAD"})
_KEPT_STATUSES = frozenset({200, 304})
_MOST_BYTES = 8 * 1024 * 1024  # bodies are mostly those of renderings kept anyway
_LONGEST_QUESTION = 2048  # feed readers ask in some hundred bytes
_Question: TypeAlias = tuple[Any, ...]


class AnsweredBefore:
    """The application, its answers remembered while `state` stays the same.

    `state` is what every document is made of, None while that is not known.
    """

    def __init__(self, app: ASGIApp, state: Callable[[], Hashable | None]) -> None:
        self._app = app
        self._state = state
        self._state_of_kept: Hashable | None = None
        self._kept: dict[_Question, tuple[Message, Message]] = {}
        self._bytes = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, from memory if it can be."""
        state = self._state()
        question = read_question(scope)
        if state is None or question is None:
            await self._app(scope, receive, send)
            return
        if state != self._state_of_kept:
            self._forget(state)
        kept = self._kept.get(question)
        if kept is not None:
            await send(kept[0])
            await send(kept[1])
            return
        heard = _Heard(send)
        await self._app(scope, receive, heard.send)
        # The same before and after: the answer was made of nothing else.
        if self._state() == state == self._state_of_kept:
            self._keep(question, heard)

    def _keep(self, question: _Question, heard: _Heard) -> None:
        answer = heard.answer_for_all()
        if answer is None:
            return
        size = len(answer[1]["body"]) + _LONGEST_QUESTION
        if self._bytes + size > _MOST_BYTES:
            self._forget(self._state_of_kept)
        if size <= _MOST_BYTES:
            self._kept[question] = answer
            self._bytes += size

    def _forget(self, state: Hashable | None) -> None:
        self._kept.clear()
        self._bytes = 0
        self._state_of_kept = state


class _Heard:
    """What the application answers, on its way to the client."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._messages: list[Message] = []

    async def send(self, message: Message) -> None:
        """Pass it on."""
        self._messages.append(message)
        await self._send(message)

    def answer_for_all(self) -> tuple[Message, Message] | None:
        """Head and body, if any shared cache may keep them."""
        if len(self._messages) != len(("head", "body")):
            return None
        head, body = self._messages
        if head["status"] not in _KEPT_STATUSES or not _is_public(head):
            return None
        return head, body


def _is_public(head: Message) -> bool:
    return any(
        name == b"cache-control" and value.startswith(b"public")
        for name, value in head["headers"]
    )


def read_question(scope: Scope) -> _Question | None:
    """All that the answer depends on; None for what is not answered from memory."""
    if scope["type"] != "http" or scope["method"] not in _METHODS:
        return None
    question = [scope["method"], scope["path"], scope["query_string"]]
    for name, value in scope["headers"]:
        if name in _HEEDED:
            question += (name, value)
        elif name in _SECRETS:
            return None
    if sum(map(len, question)) > _LONGEST_QUESTION:
        return None
    return tuple(question)
