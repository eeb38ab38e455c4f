"""A well-formed feed -> RawDocument; None where another reader knows better.

The meaning is that of `forgiving`, which has feedparser read what is left to it: a
document read here reads the same there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from ingest.entry import AskedPace
from ingest.formats.asked_pace import PaceWords, read_pace, skipped_times
from ingest.formats.linked import Links
from ingest.formats.raw import RawDocument, RawEntry
from ingest.formats.well_formed.authors import read_authors
from ingest.formats.well_formed.doubt import NotSureError
from ingest.formats.well_formed.elements import Element, read_elements
from ingest.formats.well_formed.entries import read_entry
from ingest.formats.well_formed.holder import Holder
from ingest.formats.well_formed.manner import Manner
from ingest.formats.well_formed.texts import decoded_again, mended

# The namespaces by which feedparser tells the versions, the first one for good.
_VERSIONS = {
    "http://www.w3.org/2005/atom": "atom",
    "http://purl.org/rss/1.0/": "rss",
    "http://my.netscape.com/rdf/simple/0.9/": "rss",
}
_ROOTS = {"feed", "rdf", "rss"}
_AT_ROOT = {"channel", "image", "textinput"}
_NEVER = frozenset(
    {
        *("channel", "feed", "media_content", "media_group", "media_title", "rdf"),
        *("rss", "source"),
    }
)
# Letters of windows-1252 taken for ISO-8859-1, and such as UTF-8 read as that begins
# with. What follows these may be referred to, or stand behind a comment.
_WINDOWS_LETTER = re.compile(rb"\xc2[\x80-\x9f]")
_TWICE_ENCODED = re.compile(
    rb"\xc3[\x82-\xb4](?=[\xc2&<\]])(?:\xc2|&#(?:[xX0]|1[2-9]\d;)|<[!?]|\]\]>(?:[^<]|<[!?]))"
)
# A reference, but for those to a character that never needs mending; the commonest,
# to quotes and dashes, are passed over first.
_ODD_REFERENCE = re.compile(
    rb"&#(?!8\d{3};)(?!0*(?:3[2-9]|[4-9]\d|1[01]\d|12[0-7]|1[6-8]\d|19[0-3]|24[5-9]|2[5-9]\d"
    rb"|[3-9]\d\d|[1-9]\d{3}|[1-4]\d{4}|[1-9]\d{5});"
    rb"|[xX]0*(?:[2-7abAB][\da-fA-F]|[1-9a-cA-C][\da-fA-F]{2,3}"
    rb"|[1-9a-fA-F][\da-fA-F]{4});)"
)
# The same, and those to what a letter encoded twice may end with.
_UNCOMMON_REFERENCE = re.compile(rb"&#(?!8\d{3};|(?:3[2-9]|[4-9]\d|1[01]\d);)")
# A reference, but for those to a character of XML.
_FORBIDDEN_REFERENCE = re.compile(
    rb"&#(?!0*(?:9|1[03]|3[2-9]|[4-9]\d|[1-9]\d\d|[1-9]\d{3}|[1-4]\d{4}|[1-9]\d{5})"
    rb"(?!\d)"
    rb"|[xX]0*(?:9|[aAdD]|[2-9a-fA-F][\da-fA-F]|[1-9a-fA-F][\da-fA-F]{2}"
    rb"|[1-9a-ceA-CE][\da-fA-F]{3}|[1-9a-fA-F][\da-fA-F]{4})(?![\da-fA-F]))"
)
_MARKS = b"\xef\xbb\xbf"
_MARK_AND_SIGN = 4  # bytes of UTF-16: a byte order mark, and the sign behind it


def read_well_formed(document: bytes) -> RawDocument | None:
    """What a feed in UTF-8 says, if every reader makes the same of it."""
    try:
        return _read(document.removeprefix(_MARKS).lstrip(b" \t\r\n"))
    except NotSureError:
        return None


def _read(document: bytes) -> RawDocument:
    if b"\0" in document[:_MARK_AND_SIGN]:  # expat reads UTF-16 whatever it is told
        raise NotSureError("it is not UTF-8")
    reading = _Reading(mend=_mender(document))
    read_elements(document, reading)
    return reading.finish(document)


class _Reading:
    """What was read of a document so far."""

    def __init__(self, *, mend: Callable[[str], str]) -> None:
        self._mend = mend
        self._entries: list[RawEntry] = []

    def begin(self, root: Element, namespaces: Sequence[str]) -> None:
        """Take note of how the document is written."""
        kind = root.meaning
        version = _versions(namespaces)[:1]
        if kind not in _ROOTS or (kind == "feed" and version == ["rss"]):
            raise NotSureError("a root of another kind")
        self._root = root
        self._namespaces = namespaces
        self._manner = Manner(
            is_atom=kind == "feed",
            has_wrappers=kind == "feed" and version == ["atom"],
            mend=self._mend,
        )

    def take(self, entry: Element) -> None:
        """Read the entry."""
        if not self._entries:
            self._language = _language(self._root, self._holder())
        self._entries.append(read_entry(entry, self._manner, self._language))

    def finish(self, document: bytes) -> RawDocument:
        """The whole document, which nothing is to be added to."""
        holder = self._holder()
        holder.check_without(_NEVER)
        versions = _versions(self._namespaces)
        if self._root.meaning == "rdf" and versions[:1] == ["atom"]:
            raise NotSureError("RSS 1.0 that comes after Atom")
        language = _language(self._root, holder)
        if self._entries and language != self._language:
            raise NotSureError("a language behind the entries")
        return RawDocument(
            title=_title(holder),
            language=language,
            link=holder.page(_links(holder)),
            author=read_authors(holder) if self._manner.is_atom else None,
            rights=holder.rights(),
            pace=_pace(holder, document),
            entries=tuple(self._entries),
        )

    def _holder(self) -> Holder:
        """What says something of the whole document: the root, in RSS its channel."""
        is_atom = self._manner.is_atom
        channel = self._root if is_atom else _channel(self._root)
        if "href" in channel.attributes or "lastmod" in channel.attributes:
            raise NotSureError("a channel of CDF")
        return Holder(channel, self._manner)


def _mender(document: bytes) -> Callable[[str], str]:
    """What puts the letters of the document right: for most there is nothing to do.

    Raises:
        NotSureError: there is a reference to what may be no character.
    """
    if b"\xc2" not in document and not _UNCOMMON_REFERENCE.search(document):
        return str  # every wrong letter has one or the other
    has_odd = _ODD_REFERENCE.search(document) is not None
    if has_odd and _FORBIDDEN_REFERENCE.search(document):
        raise NotSureError("a reference to no character")
    if has_odd or _WINDOWS_LETTER.search(document):
        return mended
    return decoded_again if _TWICE_ENCODED.search(document) else str


def _versions(namespaces: Sequence[str]) -> list[str]:
    return [_VERSIONS[one] for one in namespaces if one in _VERSIONS]


def _channel(root: Element) -> Element:
    """The element that says what RSS says of the whole document."""
    beside = Holder(root, Manner(is_atom=False, has_wrappers=False, mend=str))
    channels = beside.all("channel")
    if len(channels) != 1 or not _AT_ROOT.issuperset(beside.fields):
        raise NotSureError("no channel, several, or something beside it")
    return channels[0]


def _title(holder: Holder) -> str | None:
    title = holder.only("title")
    text = holder.manner.text(title) if title is not None else None
    return text.value if text else None


def _language(root: Element, holder: Holder) -> str | None:
    """The language that the document declares, by an element before any attribute.

    What the title inherits is the document's too: RSS 1.0 declares it at its root.
    """
    title = holder.only("title")
    if holder.all("language"):
        declared = holder.last("language")
    else:
        declared = None if root.meaning == "rdf" else root.scope.language
    return declared or (title.scope.language if title is not None else None)


def _links(holder: Holder) -> Links:
    holder.only("guid")  # of two feedparser may make a link
    if any("&" in one.text and ";" in one.text for one in holder.all("link")):
        raise NotSureError("a link with a reference in it")
    return holder.links()


def _pace(holder: Holder, document: bytes) -> AskedPace:
    hours, days = (
        skipped_times(document.decode()) if holder.all("skipped") else ((), ())
    )
    return read_pace(
        PaceWords(
            ttl=holder.bare("ttl"),
            hours=hours,
            days=days,
            period=holder.bare("update_period"),
            frequency=holder.bare("update_frequency"),
            base=holder.bare("update_base"),
        )
    )
