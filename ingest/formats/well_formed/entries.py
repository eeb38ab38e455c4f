"""The elements of an entry -> RawEntry, with the meaning that `feed` gives to each."""

from __future__ import annotations

from ingest.formats.attached import attached_files, choose_picture, read_count
from ingest.formats.author import author_name
from ingest.formats.linked import Links
from ingest.formats.mended_xml import MOST_CATEGORIES
from ingest.formats.raw import RawEntry, RawText
from ingest.formats.well_formed.doubt import NotSureError
from ingest.formats.well_formed.elements import Element
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
    links = entry.links()
    link = entry.page(links)
    guid, guid_is_link = _guid(element, entry)
    title, summary, contents = (
        _title(entry),
        entry.only("summary"),
        entry.all("content"),
    )
    details = [one for one in (title, summary, *contents) if one is not None]
    files = [*links.files, *(one.attributes for one in entry.all("media_content"))]
    thumbnails = [_thumbnail(entry, one) for one in entry.all("thumbnail")]
    pictures = _pictures(entry)
    return RawEntry(
        guid=guid,
        guid_is_link=guid_is_link and link is None and not manner.is_atom,
        link=link,
        title=_title_text(entry, title),
        summary=_summary(entry, summary),
        content=_content(entry, contents),
        author=_authors(entry),
        language=_language(entry, details, language),
        published=entry.last("published") or entry.last("created"),
        updated=entry.last("updated"),
        categories=_categories(entry),
        enclosures=tuple(attached_files([*files, *thumbnails])),
        rights=entry.rights(),
        comments_url=_comments(entry) or links.comments_page(),
        comment_count=_comment_count(entry, links),
        image_url=choose_picture([*thumbnails, *pictures], files),
        base_url=_base(details),
    )


def _check(element: Element, entry: Holder) -> None:
    entry.check_without(_NEVER)
    if "href" in element.attributes or "lastmod" in element.attributes:
        raise NotSureError("an entry of CDF")
    image = entry.only("image")
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
    if not all(one.attributes or one.text.strip() for one in entry.all("link")):
        raise NotSureError("a link without an address beside a guid")
    return guid, guid is not None


def _title(entry: Holder) -> Element | None:
    """The element that is the title: the entry's own before a picture's."""
    own, of_picture = entry.only("title"), entry.only("media_title")
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
    """The entry's summary, else what it says of its broadcast or picture."""
    text = entry.manner.text(summary) if summary is not None else None
    if text is not None or entry.all("content"):
        return text
    aside = entry.aside("broadcast_summary") or entry.aside("media_description")
    return RawText(value=aside, is_html=False) if aside else None


def _content(entry: Holder, contents: list[Element]) -> RawText | None:
    """The longest of the full texts; some feeds put a plain one beside the HTML."""
    texts = [text for one in contents if (text := entry.manner.text(one))]
    if len(texts) < 2:
        return texts[0] if texts else None
    return max(texts, key=lambda text: (text.is_html, len(text.value)))


def _authors(entry: Holder) -> str | None:
    """Every author's name once; an address is for readers only where no name is."""
    authors = entry.all("author")
    if not authors:
        return None
    if len(authors) == 1:
        return author_name(_single_author(entry.manner, authors[0])) or None
    if len({author.children is None for author in authors}) > 1:
        raise NotSureError("authors as RSS and as Atom writes them")
    names = (_one_of_several(entry.manner, author) for author in authors)
    return ", ".join(dict.fromkeys(name for name in names if name)) or None


def _single_author(manner: Manner, author: Element) -> str:
    """The author as RSS writes one, the name in front of its address."""
    if author.children is None:
        return manner.words(author)
    name, address = _name_and_address(author)
    return f"{name} ({address})" if name and address else name or address


def _one_of_several(manner: Manner, author: Element) -> str:
    if author.children is None:
        words = manner.words(author)
        if "@" in words:
            raise NotSureError("an address among several authors")
        return words
    name, _ = _name_and_address(author)
    if not name:  # feedparser gives it the name of the one before
        raise NotSureError("one of several authors without a name")
    return name


def _name_and_address(author: Element) -> tuple[str, str]:
    found = {child.meaning: child.text.strip() for child in author.children or ()}
    name, address = found.get("name", ""), found.get("email", "")
    if not name and not address:
        raise NotSureError("an author without name and address")
    return name, address


def _language(
    entry: Holder, details: list[Element], of_document: str | None
) -> str | None:
    """The language that the entry itself declares, if it is not the document's."""
    for declared in (entry.last("language"), *(one.scope.language for one in details)):
        if declared and declared != of_document:
            return declared
    return None


def _base(details: list[Element]) -> str | None:
    for element in details:
        if element.scope.base:
            return element.scope.base
    return None


def _categories(entry: Holder) -> tuple[str, ...]:
    """The publisher's own categories, by their labels where they have some."""
    elements = entry.all("category")
    names = [name for one in elements for name in _names(entry.manner, one)]
    if len(names) > MOST_CATEGORIES // 2:
        raise NotSureError("too many categories")
    return tuple(dict.fromkeys(name for name in names if name))


def _names(manner: Manner, element: Element) -> list[str]:
    attributes, words = element.attributes, manner.words(element)
    if element.meaning in _LISTS:
        if attributes:
            raise NotSureError(f"attributes of {element.meaning}")
        return [name.strip() for name in words.split(",")]
    if not attributes:
        return [words]
    term = attributes.get("text" if element.meaning == "itunes_category" else "term")
    label = attributes.get("label")
    if label and not term:
        raise NotSureError("a category with nothing but a label")
    name = label or term or ""
    return [name if name.strip() else "", words]


def _comments(entry: Holder) -> str | None:
    elements = entry.all("comments")
    if not elements:
        return None
    if any(element.attributes for element in elements):
        raise NotSureError("attributes of comments")
    return entry.address(elements[-1]) or None


def _comment_count(entry: Holder, links: Links) -> int | None:
    for field in ("comment_count", "thread_count"):
        count = read_count(entry.bare(field))
        if count is not None:
            return count
    return links.counted_replies()


def _thumbnail(entry: Holder, element: Element) -> dict[str, str]:
    if "url" in element.attributes:
        return element.attributes
    return {**element.attributes, "url": entry.address(element)}


def _pictures(entry: Holder) -> list[dict[str, str]]:
    """The entry's picture as broadcasts name it; the last one counts."""
    attributes = [element.attributes for element in entry.all("itunes_image")]
    addresses = [one.get("href") or one.get("url") for one in attributes]
    named = [{"href": address} for address in addresses if address]
    return named[-1:]
