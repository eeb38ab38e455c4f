"""What a subscription list holds: sources as it names them, and what is none.

Also the rules that hold whichever reader found an outline: which address can be a
source's, and how its folders are written down.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from config.values import check_http_url
from ingest.lists.known import address_key
from ingest.normalise.language import choose_language
from ingest.normalise.links import absolute_link
from ingest.normalise.text import one_line, writable

LONGEST_TITLE = 200
"""Characters of a source's title."""

LONGEST_CATEGORY = 200
"""Characters of a category with its folders."""

_NO_ADDRESS = "its address cannot be one of the web"
_FEED_SCHEMES = {"feed://": "http://", "feed:http": "http"}


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedSource:
    """A source of a subscription list; `categories` are folders, outermost first."""

    title: str
    url: str
    home: str | None = None
    language: str | None = None
    categories: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """An outline that is no source: what it calls itself, and why it is none."""

    title: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SubscriptionList:
    """A whole list in its own order, each address once.

    `repeated` counts outlines whose address the list had named before. `trouble` says
    what is wrong with a file that was read all the same.
    """

    sources: tuple[ListedSource, ...]
    left_out: tuple[LeftOut, ...] = ()
    repeated: int = 0
    trouble: str | None = None


class NotAListError(ValueError):
    """The bytes are no subscription list; the message says what they are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """An outline with an address, as a reader found it; folders outermost first."""

    title: str
    url: str
    home: str = ""
    language: str = ""
    categories: tuple[tuple[str, ...], ...] = ()


def read_outline(outline: Outline) -> ListedSource | LeftOut:
    """The source that the outline names, or why it names none."""
    title = one_line(writable(outline.title))[:LONGEST_TITLE]
    reason = _unfit(outline.url.strip())
    url = absolute_link(_without_feed_scheme(outline.url.strip()), None)
    if reason is not None or url is None:
        return LeftOut(title=title or "without a title", reason=reason or _NO_ADDRESS)
    return ListedSource(
        title=title or urlsplit(url).hostname or url,
        url=url,
        home=absolute_link(outline.home, None),
        language=choose_language(
            entry=outline.language,
            source=None,
            document=None,
            text="",
        ),
        categories=_categories(outline.categories),
    )


def gather(found: Iterable[ListedSource | LeftOut]) -> SubscriptionList:
    """The list of what was found; an address that comes again adds its categories."""
    sources: dict[str, ListedSource] = {}
    left_out: list[LeftOut] = []
    repeated = 0
    for one in found:
        if isinstance(one, LeftOut):
            left_out.append(one)
            continue
        key = address_key(one.url)
        first = sources.setdefault(key, one)
        if first is not one:
            repeated += 1
            both = dict.fromkeys((*first.categories, *one.categories))
            sources[key] = replace(first, categories=tuple(both))
    return SubscriptionList(
        sources=tuple(sources.values()), left_out=tuple(left_out), repeated=repeated
    )


def _unfit(url: str) -> str | None:
    """Why an address cannot be a source's, without repeating a password of it."""
    if not url:
        return "its xmlUrl is empty"
    try:
        parts = urlsplit(_without_feed_scheme(url))
        if parts.username is not None:
            return (
                f"its address at {parts.hostname} holds a name or a password: add it "
                "by hand, with the password as ${NAME} from the environment"
            )
        check_http_url(absolute_link(parts.geturl(), None) or parts.geturl())
    except ValueError as error:
        return f"{_NO_ADDRESS}: {error}"
    return None


def _without_feed_scheme(url: str) -> str:
    """The address without the `feed:` that readers once put before it."""
    for scheme, meant in _FEED_SCHEMES.items():
        if url.lower().startswith(scheme):
            return meant + url[len(scheme) :]
    return url


def _categories(paths: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    """Each path of folders as settings write it, once; those without a name go."""
    written = ("/".join(filter(None, map(_folder, path))) for path in paths)
    fitting = (path for path in written if path and len(path) <= LONGEST_CATEGORY)
    return tuple(dict.fromkeys(fitting))


def _folder(name: str) -> str:
    """A folder's name without the signs that separate names of folders."""
    return one_line(writable(name).replace(",", " ").replace("/", " "))
