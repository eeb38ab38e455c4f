"""The text of one saved page of an aggregator: a lead and its related cards.

    snapshot := lead [hashtags] [ai] [comments] [related]
    lead     := TITLE PARAGRAPH*              no source, no date, no address
    hashtags := "Hashtags" TAGLINE*
    ai       := "Try Our AI Features" LINE*
    comments := "Comments" LINE*
    related  := "Related Articles" card*
    card     := SOURCE TIME "- " SOURCE TITLE [BODY]     a line each

A section's word counts only as a whole line, and only in this order. Reads words;
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
# What the page's own furniture leaves between or before the texts.
_FURNITURE = re.compile(r"logo|Orange background|Estimated read time: \d+['’]?", re.I)
_TIME = (
    r"(?:(?:a few|an?|\d+) (?:second|minute|hour|day|week|month|year)s? ago"
    r"|just now|\d{1,2}-\d{1,2}-\d{4})"
)
_WHOLE_TIME = re.compile(rf"(?:time)?\s*({_TIME})", re.I)
_GLUED = re.compile(rf"(\S.*?)\s*(?:time)?\s*({_TIME})", re.I)
_ANCHOR = re.compile(r"[-–•]\s*(\S.*)")


def parse_snapshot(body: bytes) -> RawDocument:
    """The lead and then every card, in the order of the page.

    A card's time and source are the words of the page. A page that ends inside a
    card gives that card without the part that is missing.

    Raises:
        NotAFeedError: the file is empty or is not UTF-8 text.
    """
    lines = _lines(body)
    lead, sections = _split(lines)
    texts = [line for line in lead if line and not _FURNITURE.fullmatch(line)]
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


def _split(lines: Sequence[str]) -> tuple[list[str], dict[str, list[str]]]:
    """The lines of the lead, and those of each section that the page has."""
    lead: list[str] = []
    sections: dict[str, list[str]] = {}
    current, waiting = lead, list(_SECTIONS)
    for line in lines:
        # The first text is the title, whatever it says.
        if line in waiting and any(lead):
            del waiting[: waiting.index(line) + 1]
            current = sections[line] = []
        else:
            current.append(line)
    return lead, sections


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
        if not _FURNITURE.fullmatch(line):
            yield from (tag for part in line.split("#") if (tag := part.strip()))


@dataclass(frozen=True, slots=True)
class _Anchor:
    """The head of a card: whose it is, when, and the line its title stands on."""

    source: str
    time: str
    start: int
    title_at: int


def _cards(sections: dict[str, list[str]]) -> Iterator[RawEntry]:
    lines = [
        line
        for line in sections.get(_RELATED, ())
        if line and not _FURNITURE.fullmatch(line)
    ]
    anchors = list(_anchors(lines))
    ends = [anchor.start for anchor in anchors[1:]] + [len(lines)]
    for anchor, end in zip(anchors, ends, strict=False):
        texts = lines[anchor.title_at : end]
        if texts:
            yield _card(anchor, texts)


def _card(anchor: _Anchor, texts: Sequence[str]) -> RawEntry:
    title, *body = texts
    if body and body[0] == title:
        del body[0]
    return RawEntry(
        title=_plain(title),
        content=_plain("\n".join(body)) if body else None,
        published=anchor.time,
        source_label=anchor.source,
    )


def _anchors(lines: Sequence[str]) -> Iterator[_Anchor]:
    """Where each card begins: source, time and the source again behind a dash."""
    at = 0
    while at < len(lines):
        anchor = _anchor(lines, at)
        if anchor is not None:
            yield anchor
        at = anchor.title_at if anchor else at + 1


def _anchor(lines: Sequence[str], at: int) -> _Anchor | None:
    glued = _GLUED.fullmatch(lines[at])
    if glued and not _WHOLE_TIME.fullmatch(lines[at]):
        source, time, head = glued[1], glued[2], 1
    else:
        timed = _WHOLE_TIME.fullmatch(lines[at + 1]) if at + 1 < len(lines) else None
        if timed is None:
            return None
        source, time, head = lines[at], timed[1], 2
    again = _ANCHOR.fullmatch(lines[at + head]) if at + head < len(lines) else None
    if again is None or again[1].strip() != source.lstrip("-–• "):
        return None
    return _Anchor(again[1].strip(), time, start=at, title_at=at + head + 1)


def _plain(text: str) -> RawText:
    return RawText(value=text, is_html=False)
