"""The text of one saved page of an aggregator: a lead and its related cards.

    snapshot := lead [hashtags] [ai] [comments] [related]
    lead     := TITLE PARAGRAPH*              no source, no date, no address
    hashtags := "Hashtags" TAGLINE*
    ai       := "Try Our AI Features" LINE*
    comments := "Comments" LINE*
    related  := "Related Articles" card*
    card     := SOURCE TIME "- " SOURCE TITLE [BODY]     a line each

A section's word counts only as a whole line, and only in this order. A card ends at
the next one's head, or where two lines are blank behind its body. Reads words;
`normalise` turns a card's time and source into a moment and an origin.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.formats.raw import NotAFeedError, RawDocument, RawEntry, RawText

_SECTIONS = (
    "Hashtags",
    "Try Our AI Features",
    "Comments",
    "Related Articles",
)
_RELATED = "Related Articles"
_LINES_TO_NEXT_CARD = 2  # more lie between one card's body and the next one's head
# What the page's own furniture leaves between or before the texts.
_FURNITURE = re.compile(r"logo|Orange background|Estimated read time: \d+['’]?", re.I)
_TIME = re.compile(
    r"\s*(?:time\s*)?(just now|\d{1,2}-\d{1,2}-\d{4}|(?:a few|an?|\d+)"
    r" (?:second|minute|hour|day|week|month|year)s? ago)",
    re.I,
)
_SOURCE_AGAIN = re.compile(r"[-–•]\s*(\S.*)")
_BETWEEN_HASHTAGS = re.compile(r"[#,;]")


def parse_snapshot(body: bytes) -> RawDocument:
    """The lead and then every card, in the order of the page.

    A card's time and source are the words of the page. A page that ends inside a
    card gives that card without the part that is missing.

    Raises:
        NotAFeedError: the file is empty or is not UTF-8 text.
    """
    lines = _lines(body)
    lead, sections = _split(lines)
    texts = [line for line in lead if _is_text(line)]
    if not texts:
        raise NotAFeedError("the snapshot is empty: save the text of the page again")
    entries = (_lead(texts, sections.get("Hashtags", ())), *_cards(sections))
    return RawDocument(title=texts[0], entries=entries)


def _lines(body: bytes) -> list[str]:
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise NotAFeedError(
            f"the snapshot is not UTF-8 (byte {error.start + 1}): save it as UTF-8 text"
        ) from error
    return [line.strip() for line in re.split(r"\r\n|\r|\n", text)]


def _is_text(line: str) -> bool:
    return bool(line) and not _FURNITURE.fullmatch(line)


def _split(lines: Sequence[str]) -> tuple[list[str], dict[str, list[str]]]:
    """The lines of the lead, and those of each section that the page has."""
    starts = _section_starts(lines)
    ends = [*starts[1:], len(lines)]
    sections = {
        lines[start]: list(lines[start + 1 : end])
        for start, end in zip(starts, ends, strict=False)
    }
    return list(lines[: starts[0]] if starts else lines), sections


def _section_starts(lines: Sequence[str]) -> list[int]:
    """The lines that begin a section: of all that are in order, the most there are.

    So a paragraph or a comment that is such a word by chance stays a text. The cards
    come before completeness: they are what else would be lost.
    """
    texts = (at for at, line in enumerate(lines) if _is_text(line))
    title_at = next(texts, 0)
    best: list[list[int]] = [[] for _ in _SECTIONS]  # by the section they end with
    for at, line in enumerate(lines):
        # The first text is the title, whatever it says.
        if line in _SECTIONS and at > title_at:
            rank = _SECTIONS.index(line)
            before = max(best[:rank], key=len, default=[])
            if len(before) >= len(best[rank]):
                best[rank] = [*before, at]
    return best[-1] or max(best, key=len)


def _lead(texts: Sequence[str], hashtags: Sequence[str]) -> RawEntry:
    title, *paragraphs = texts
    if paragraphs and paragraphs[0] == title:
        del paragraphs[0]
    return RawEntry(
        title=_plain(title),
        content=_plain("\n".join(paragraphs)) if paragraphs else None,
        categories=tuple(_hashtags(hashtags)),
    )


def _hashtags(lines: Sequence[str]) -> Iterator[str]:
    """The tags of the page: a line each, or several behind their signs."""
    for line in lines:
        if _is_text(line):
            parts = _BETWEEN_HASHTAGS.split(line)
            yield from (tag for part in parts if (tag := part.strip()))


@dataclass(frozen=True, slots=True)
class _Head:
    """The head of a card: whose it is, when, where it starts and where it ends."""

    source: str
    time: str
    start: int
    end: int


def _cards(sections: dict[str, list[str]]) -> Iterator[RawEntry]:
    numbered = [
        (number, line)
        for number, line in enumerate(sections.get(_RELATED, ()))
        if _is_text(line)
    ]
    lines = [line for _, line in numbered]
    heads = [head for at in range(len(lines)) if (head := _head(lines, at))]
    ends = [head.start for head in heads[1:]] + [len(lines)]
    for head, end in zip(heads, ends, strict=False):
        texts = list(_until_gap(numbered[head.end : end]))
        if texts:
            yield _card(head, texts)


def _until_gap(numbered: Sequence[tuple[int, str]]) -> Iterator[str]:
    """The lines before the first two blank ones: behind them the page was cut."""
    before = None
    for number, line in numbered:
        if before is not None and number - before > _LINES_TO_NEXT_CARD:
            return
        yield line
        before = number


def _card(head: _Head, texts: Sequence[str]) -> RawEntry:
    title, *body = texts
    if body and body[0] == title:
        del body[0]
    return RawEntry(
        title=_plain(title),
        content=_plain("\n".join(body)) if body else None,
        published=head.time,
        source_label=head.source,
    )


def _head(lines: Sequence[str], at: int) -> _Head | None:
    """The head that the second naming of a source ends, None where it does not.

    Source and time are a line each, or one: the name is known from the line behind
    them, so that "France 246 days ago" is France 24's.
    """
    again = _SOURCE_AGAIN.fullmatch(lines[at])
    if again is None or at == 0:
        return None
    source, before = again[1], _without_sign(lines[at - 1])
    glued = before.startswith(source) and _TIME.fullmatch(before, len(source))
    if glued:
        return _Head(source, glued[1], start=at - 1, end=at + 1)
    timed = _TIME.fullmatch(before)
    if timed and at > 1 and _without_sign(lines[at - 2]) == source:
        return _Head(source, timed[1], start=at - 2, end=at + 1)
    return None


def _without_sign(line: str) -> str:
    return line.lstrip("-–• ")


def _plain(text: str) -> RawText:
    return RawText(value=text, is_html=False)
