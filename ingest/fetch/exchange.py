"""One exchange with one address: asked once, bounded in everything, never raising.

Acts only: what an answer means is decided by `answer`, where a redirect leads by
`redirects`, how a body unpacks by `decoding`, what an exception means by `failures`.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from datetime import datetime
from typing import assert_never

import httpx

from ingest.fetch import answer, failures
from ingest.fetch.answer import AnswerHead, Verdict
from ingest.fetch.decoding import BodyBrokenError, BodyDecoder, BodyTooLargeError
from ingest.fetch.headers import parse_codings, parse_length
from ingest.fetch.journey import tell_moves
from ingest.fetch.outcome import (
    NO_VALIDATORS,
    Fetched,
    FetchFailed,
    FetchOutcome,
    NotModified,
    Validators,
)
from ingest.fetch.permitted import Asker
from ingest.fetch.redirects import DeadEndError, Target, next_target, start_of
from ingest.fetch.request import (
    ExchangeBounds,
    SourceMemory,
    request_headers,
    validators_for,
)
from ingest.fetch.spool import Spool


async def fetch(
    client: Asker,
    url: str,
    memory: SourceMemory,
    bounds: ExchangeBounds,
    *,
    now: datetime,
) -> FetchOutcome:
    """What the address answers, as a value: the client's network raises nothing.

    The deadline covers everything, redirects included. `memory` makes the request
    conditional. `now` (aware UTC) is what dates in headers are measured from.
    """
    exchange = _Exchange(client=client, memory=memory, bounds=bounds, now=now)
    try:
        source = start_of(url, memory.adopted_url)
    except ValueError:
        return failures.no_address()
    try:
        async with asyncio.timeout(bounds.deadline.total_seconds()):
            return await exchange.follow(source)
    except TimeoutError:
        return failures.timed_out(source.url, deadline=bounds.deadline)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Redirected:
    head: AnswerHead


class _Unwelcome:
    """The version that was named is what the server cannot take."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Exchange:
    """What stays the same over the redirects of one exchange."""

    client: Asker
    memory: SourceMemory
    bounds: ExchangeBounds
    now: datetime

    async def follow(self, source: Target) -> FetchOutcome:
        """The answer at the end of the redirects that start at the source."""
        trail: tuple[Target, ...] = (source,)
        statuses: tuple[int, ...] = ()
        while True:
            result = await self._ask(trail)
            if not isinstance(result, _Redirected):
                return tell_moves(result, trail, statuses)
            try:
                target = next_target(
                    trail,
                    answer.location_of(result.head),
                    max_redirects=self.bounds.max_redirects,
                )
            except DeadEndError as error:
                head = result.head
                return failures.dead_end(error, url=head.url, status=head.status)
            trail = (*trail, target)
            statuses = (*statuses, result.head.status)

    async def _ask(self, trail: tuple[Target, ...]) -> FetchOutcome | _Redirected:
        """The answer of the last target, asked again where its validators are refused.

        What was refused is not kept again.
        """
        target = trail[-1]
        validators = validators_for(target, trail[0], self.memory)
        result = await self._ask_with(validators, target)
        if not isinstance(result, _Unwelcome):
            return result
        second = await self._ask_with(NO_VALIDATORS, target)
        assert not isinstance(second, _Unwelcome)  # noqa: S101 - it named no version
        if (
            isinstance(second, Fetched | NotModified)
            and second.validators == validators
        ):
            return replace(second, validators=NO_VALIDATORS)
        return second

    async def _ask_with(
        self, validators: Validators, target: Target
    ) -> FetchOutcome | _Redirected | _Unwelcome:
        headers = request_headers(target, validators)
        try:
            async with self.client.stream(
                "GET", target.url, headers=headers
            ) as response:
                head = _head_of(response, target)
                verdict = answer.judge(
                    head, sent=validators, failures=self.memory.failures
                )
                return await self._obey(verdict, head, response)
        except failures.NETWORK_ERRORS as error:
            return failures.failure_of(error, url=target.url)

    async def _obey(
        self, verdict: Verdict, head: AnswerHead, response: httpx.Response
    ) -> FetchOutcome | _Redirected | _Unwelcome:
        match verdict:
            case Verdict.UNCHANGED:
                await _read_end(response)
                return answer.unchanged(head, self.memory, now=self.now)
            case Verdict.REDIRECT:
                return _Redirected(head=head)
            case Verdict.DOCUMENT:
                return await self._document(head, response)
            case Verdict.REFUSAL:
                return answer.refusal(head, now=self.now)
            case Verdict.UNCONDITIONAL:
                return _Unwelcome()
            case _:
                assert_never(verdict)

    async def _document(
        self, head: AnswerHead, response: httpx.Response
    ) -> Fetched | NotModified | FetchFailed:
        try:
            body = await self._read(head, response)
        except BodyTooLargeError:
            limit = self.bounds.max_body_bytes
            failure = failures.too_large(head.url, max_body_bytes=limit)
        except (*failures.NETWORK_ERRORS, BodyBrokenError) as error:
            failure = failures.broken_off(
                error, url=head.url, received_bytes=response.num_bytes_downloaded
            )
        else:
            return answer.document(head, body, self.memory, now=self.now)
        return replace(failure, status=head.status)

    async def _read(self, head: AnswerHead, response: httpx.Response) -> Spool:
        limit = self.bounds.max_body_bytes
        if (parse_length(head.first("content-length")) or 0) > limit:
            raise BodyTooLargeError
        codings = parse_codings(head.joined("content-encoding"))
        body = Spool()
        decoder = BodyDecoder(codings, max_bytes=limit, take=body.write)
        async for piece in response.aiter_raw():
            decoder.feed(piece)
        decoder.finish()
        return body


async def _read_end(response: httpx.Response) -> None:
    """Read the end of an answer without body, which lets its connection be reused."""
    await anext(response.aiter_raw(), None)


def _head_of(response: httpx.Response, target: Target) -> AnswerHead:
    return AnswerHead(
        url=target.url,
        status=response.status_code,
        headers=tuple(
            (name.decode("latin-1").lower(), value.decode("latin-1"))
            for name, value in response.headers.raw
        ),
    )
