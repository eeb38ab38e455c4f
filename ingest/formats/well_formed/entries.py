"""The elements of an entry -> RawEntry, with the meaning that `forgiving` has."""

from __future__ import annotations

from ingest.formats.mended_xml import MOST_CATEGORIES
from ingest.formats.raw import RawEntry, RawText, guessed_text
from ingest.formats.well_formed.attachments import read_comments, read_files
from ingest.formats.well_formed.authors import read_authors
from ingest.formats.well_formed.doubt import NotSureError
from ingest.formats.well_formed.elements import NO_SCOPE, Element
from ingest.formats.well_formed.holder import Holder
from ingest.formats.well_formed.manner import Manner

_LISTS = {"itunes_keywords", "media_keywords"}
# feedparser takes an owner for an author.
_NEVER = frozenset({"channel", "entry", "feed", "owner", "rdf", "rss", "textinput"})


def read_entry(element: Element, manner: Manner, language: str | None) -> RawEntry:
    """What the entry says; `language` is the document's.

    Raises:
        NotSureError: one of its elements may mean two things.
    """
    entry = Holder(element, manner)
    _check(element, entry)
    contents = entry.all("content")
    links = entry.links(contents)
    guid, is_address = _guid(element, entry)
    is_named_by_link = is_address and not manner.is_atom
    link = entry.page(links) or (None if is_named_by_link else _player(entry))
    title, summary = _title(entry), entry.only("summary")
    scoped = [
        one
        for one in (title, summary, *contents)
        if one is not None and one.scope is not NO_SCOPE
    ]
    enclosures, picture = read_files(entry, links)
    source_label, source_url = _source(entry)
    comments_url, comment_count = read_comments(entry, links)
    return RawEntry(
        guid=guid,
        guid_is_link=is_named_by_link and link is None,
        link=link,
        title=_title_text(entry, title),
        summary=_summary(entry, summary),
        content=_content(entry, contents),
        author=read_authors(entry) or _author_of_source(entry),
        language=_language(entry, scoped, language),
        published=entry.last("published") or entry.last("created"),
        updated=entry.last("updated"),
        categories=_categories(entry),
        enclosures=enclosures,
        rights=entry.rights(),
        comments_url=comments_url,
        comment_count=comment_count,
        image_url=picture,
        base_url=_base([*contents, *scoped]) if scoped else None,
        source_label=source_label,
        source_url=source_url,
    )


def _check(element: Element, entry: Holder) -> None:
    entry.check_without(_NEVER)
    attributes = element.attributes
    if attributes and ("href" in attributes or "lastmod" in attributes):
        raise NotSureError("an entry of CDF")
    image = entry.only("image") if "image" in entry.fields else None
    if image is not None and image.children is not None:
        raise NotSureError("an image with elements in it")


def _guid(element: Element, entry: Holder) -> tuple[str | None, bool]:
    """What identifies the entry, and whether that is an address by itself."""
    written = entry.only("guid")
    if written is None:
        return element.attributes.get("rdf:about"), False
    if written.attributes.get("ispermalink", "true") != "true":
        return entry.manner.words(written) or None, False
    guid = entry.address(written) or None
    for link in entry.all("link"):
        if not link.attributes and not link.text.strip():
            raise NotSureError("a link without an address beside a guid")
    return guid, guid is not None


def _player(entry: Holder) -> str | None:
    """The page on which a film is shown, where the entry leads to no other."""
    addresses = [player.attributes.get("url", "") for player in entry.all("player")]
    return addresses[-1] if addresses and addresses[-1].strip() else None


def _title(entry: Holder) -> Element | None:
    """The element that is the title: the entry's own before a picture's."""
    own, of_picture = entry.only("title"), entry.only("media_title")
    if of_picture is not None and "source" in entry.fields:
        raise NotSureError("a picture's title beside that of a source")
    if own is None or of_picture is None:
        return own or of_picture
    if not (own.pieces or own.text.strip()):
        raise NotSureError("an empty title beside another")
    return own


def _title_text(entry: Holder, title: Element | None) -> RawText | None:
    text = entry.manner.text(title) if title is not None else None
    if text is not None:
        return text
    broadcast = entry.bare("broadcast_title")
    return RawText(value=broadcast, is_html=False) if broadcast else None


def _summary(entry: Holder, summary: Element | None) -> RawText | None:
    """The entry's summary, else what it says of its broadcast or picture.

    A line below the title is all that some broadcasts have.
    """
    text = entry.manner.text(summary) if summary is not None else None
    if text is not None or entry.all("content"):
        return text
    aside = entry.aside("broadcast_summary") or entry.aside("media_description")
    if aside:
        return guessed_text(aside)
    subtitle = entry.only("subtitle")
    return entry.manner.text(subtitle) if subtitle is not None else None


def _author_of_source(entry: Holder) -> str | None:
    """Whom Atom has for the author of an entry taken from elsewhere (RFC 4287)."""
    source = entry.only("source") if entry.manner.is_atom else None
    return read_authors(Holder(source, entry.manner)) if source else None


def _source(entry: Holder) -> tuple[str | None, str | None]:
    """The name and the address of the document that the entry was taken from."""
    source = entry.only("source")
    if source is None:
        return None, None
    address = source.attributes.get("url", "")
    if source.children is None:
        return entry.manner.words(source) or None, address if address.strip() else None
    inner = Holder(source, entry.manner)
    title = inner.only("title")
    if title is None:  # feedparser takes whatever stands there for one
        raise NotSureError("a source without a title")
    text = entry.manner.text(title)
    return text.value if text else None, address or inner.links().page()


def _content(entry: Holder, contents: list[Element]) -> RawText | None:
    """The longest of the full texts; some feeds put a plain one beside the HTML."""
    if len(contents) == 1:
        return entry.manner.text(contents[0])
    texts = (text for one in contents if (text := entry.manner.text(one)))
    return max(texts, key=lambda text: (text.is_html, len(text.value)), default=None)


def _language(
    entry: Holder, details: list[Element], of_document: str | None
) -> str | None:
    """The language that the entry itself declares, if it is not the document's."""
    own = entry.last("language")
    if own and own != of_document:
        return own
    for element in details:
        inherited = element.scope.language
        if inherited and inherited != of_document:
            return inherited
    return None


def _base(details: list[Element]) -> str | None:
    """Where relative links start from: they stand in the content, if anywhere."""
    for element in details:
        if element.scope.base:
            return element.scope.base
    return None


def _categories(entry: Holder) -> tuple[str, ...]:
    """The publisher's own categories, by their labels where they have some."""
    names: list[str] = []
    for element in entry.all("category"):
        if element.attributes or element.meaning in _LISTS:
            names += _names(entry.manner, element)
        elif words := entry.manner.words(element):
            names.append(words)
    if len(names) > MOST_CATEGORIES // 2:
        raise NotSureError("too many categories")
    return tuple(dict.fromkeys(filter(None, names)))


def _names(manner: Manner, element: Element) -> list[str]:
    attributes, words = element.attributes, manner.words(element)
    if element.meaning in _LISTS:
        if attributes:
            raise NotSureError(f"attributes of {element.meaning}")
        return [name.strip() for name in words.split(",")]
    term = attributes.get("text" if element.meaning == "itunes_category" else "term")
    label = attributes.get("label")
    if label and not term:
        raise NotSureError("a category with nothing but a label")
    name = label or term or ""
    return [name if name.strip() else "", words]
