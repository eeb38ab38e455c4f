"""One search for the feeds of a site, with the tools of the configuration."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime

from config.values import check_http_url
from ingest.discovery import Discovery, discover_feeds
from ingest.fetch.outcome import FailureKind
from ingest.normalise.links import absolute_link
from ingest.poll import PollTools

_SCHEME = re.compile(r"^[a-z][a-z0-9+.-]*:(?!\d)", re.IGNORECASE)
_UNENCRYPTED_ONLY = (FailureKind.CONNECT, FailureKind.TLS)


class NoAddressError(ValueError):
    """What the operator typed is no address to look at; the message says why."""


def address_of(typed: str) -> str:
    """The address that the operator means; https where no scheme was typed.

    Raises:
        NoAddressError: it is none, or holds a password.
    """
    text = re.sub(r"^feed:(?://)?(?=https?:)|^feed:(?=//)", "", typed.strip())
    text = text if _SCHEME.match(text) else f"https://{text.removeprefix('//')}"
    try:
        check_http_url(absolute_link(text, None) or text)
    except ValueError as error:
        raise NoAddressError(str(error)) from None
    if "@" in text.partition("//")[2].partition("/")[0]:
        raise NoAddressError(
            "it holds a name or a password, which a search would show: write the "
            "source by hand, with the password as ${NAME} from the environment"
        )
    return absolute_link(text, None) or text


async def find_feeds(
    typed: str, tools: PollTools, *, now: datetime, tell: Callable[[str], None]
) -> Discovery:
    """The feeds of the site that the operator means.

    A host that was named without a scheme and has no https is asked without.

    Raises:
        NoAddressError: what was typed is no address.
    """
    url = address_of(typed)
    found = await discover_feeds(url, tools, now=now, tell=tell)
    kind = found.failure and found.failure.kind
    if kind in _UNENCRYPTED_ONLY and not _SCHEME.match(typed.strip()):
        plain = url.replace("https:", "http:", 1)
        return await discover_feeds(plain, tools, now=now, tell=tell)
    return found
