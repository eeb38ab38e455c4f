"""The names of elements and attributes of feeds, whatever prefix a document gives them.

One name for one meaning: `dc:creator` and `author` are both an author. A name is looked
up once a document, so that thousands of entries cost no more than one.
"""

from __future__ import annotations

from typing import NamedTuple

from ingest.formats.mended_xml import MOST_ATTRIBUTES
from ingest.formats.well_formed.doubt import NotSureError

SEPARATOR = " "
"""What stands between address, name and prefix in the names that the parser gives."""

# By namespaces in small letters: their spelling differs from one feed to the next.
_PREFIXES = {
    "": "",
    "http://blogs.law.harvard.edu/tech/rss": "",
    "http://example.com/necho": "",
    "http://example.com/newformat#": "",
    "http://my.netscape.com/rdf/simple/0.9/": "",
    "http://purl.org/atom/ns#": "",
    "http://purl.org/echo/": "",
    "http://purl.org/pie/": "",
    "http://purl.org/rss/1.0/": "",
    "http://purl.org/rss/1.0/modules/rss091#": "",
    "http://www.w3.org/2005/atom": "",
    "uri/of/echo/namespace#": "",
    "http://backend.userland.com/creativecommonsrssmodule": "creativecommons",
    "http://cyber.law.harvard.edu/rss/creativecommonsrssmodule.html": "creativecommons",
    "http://example.com/dtds/podcast-1.0.dtd": "itunes",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://purl.org/dc/terms/": "dcterms",
    "http://purl.org/rss/1.0/modules/content/": "content",
    "http://purl.org/rss/1.0/modules/slash/": "slash",
    "http://purl.org/rss/1.0/modules/syndication/": "sy",
    "http://purl.org/syndication/thread/1.0": "thr",
    "http://rssnamespace.org/feedburner/ext/1.0": "feedburner",
    "http://search.yahoo.com/mrss": "media",
    "http://search.yahoo.com/mrss/": "media",
    "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf",
    "http://www.w3.org/1999/xhtml": "xhtml",
    "http://www.w3.org/xml/1998/namespace": "xml",
}
_RSS_2 = "backend.userland.com/rss"  # any address with this in it
_OUR_PREFIXES = frozenset(prefix for prefix in _PREFIXES.values() if prefix)
# feedparser knows these by the prefix that custom gives them.
_BY_CUSTOM = {
    "itunes:summary",
    "media:copyright",
    "media:description",
    "thr:total",
}

_SYNONYMS = {
    "author": "author dc:author dc:creator itunes:author managingeditor",
    "broadcast_summary": "itunes:summary",
    "broadcast_title": "itunes:title",
    "category": "category dc:subject keywords media:category",
    "channel": "channel",
    "comment_count": "slash:comments",
    "comments": "comments",
    "content": "content",
    "contributor": "contributor",
    "created": "created dcterms:created",
    "description": "dc:description description",
    "email": "email itunes:email",
    "enclosure": "enclosure",
    "entry": "entry item",
    "feed": "feed",
    "full_text": "content:encoded",
    "guid": "guid id",
    "image": "image",
    "itunes_category": "itunes:category",
    "itunes_image": "itunes:image",
    "itunes_keywords": "itunes:keywords",
    "language": "dc:language language",
    "licence": "creativecommons:license",
    "link": "link",
    "media_content": "media:content",
    "media_copyright": "media:copyright",
    "media_description": "media:description",
    "media_group": "media:group",
    "media_keywords": "media:keywords",
    "media_title": "media:title",
    "name": "itunes:name name",
    "original_link": "feedburner:origlink",
    "owner": "itunes:owner",
    "player": "media:player",
    "published": "dcterms:issued issued pubdate published",
    "rdf": "rdf:rdf",
    "rights": "copyright dc:rights rights",
    "rss": "rss",
    "size": "height width",
    "skipped": "day hour skipdays skiphours",
    "source": "source",
    "subtitle": "feedburner:browserfriendly info itunes:subtitle subtitle tagline",
    "summary": "summary",
    "textinput": "textinput",
    "thread_count": "thr:total",
    "thumbnail": "media:thumbnail",
    "title": "dc:title title",
    "ttl": "ttl",
    "update_base": "sy:updatebase",
    "update_frequency": "sy:updatefrequency",
    "update_period": "sy:updateperiod",
    "updated": "dc:date dcterms:modified lastbuilddate modified updated",
    "uri": "homepage uri",
    "url": "url",
}
# Fields of several elements that differ in what they are without a type.
_FIELDS = {
    "description": "summary",
    "enclosure": "link",
    "full_text": "content",
    "itunes_category": "category",
    "itunes_keywords": "category",
    "media_keywords": "category",
}
_MEANINGS = {
    name.replace(":", "_"): meaning
    for meaning, names in _SYNONYMS.items()
    for name in names.split()
}
# Out of use, or taken by feedparser for something else than what they are.
_UNSURE = {
    *("abstract", "body", "date", "fullitem", "itunes_link", "tags", "xhtml_body"),
    *("authors", "description_detail", "enclosures", "guidislink", "links"),
    *("summary_detail", "title_detail", "itunes_summary_aside"),
    *("media_copyright_aside", "media_description_aside"),
}
_UNSURE_MARKUP = {"body", "math", "svg"}
_XLINK = "http://www.w3.org/1999/xlink"
_SCOPE = {"base", "lang"}
_XML_SCOPE = {"xml:base", "xml:lang"}
CASELESS = frozenset({"rel", "type"})
"""Attributes whose values are written in small letters, whoever wrote them."""
_READ_ATTRIBUTES = _SCOPE | {
    *("domain", "filesize", "href", "ispermalink", "label", "lastmod", "length"),
    *("medium", "mode", "rel", "scheme", "src", "term", "text", "type", "uri", "url"),
}


class Names:
    """The names that one document uses.

    `kinds` are its elements' meanings, and the fields that they stand for, by the names
    that the parser gives; both are "" where an element is nothing to us.
    `declared` are its namespaces in the order of the document, in small letters.
    """

    def __init__(self) -> None:
        self.kinds: dict[str, tuple[str, str]] = {}
        self.shapes = _Shapes()
        self.markup = _Markup()
        self.markup_attributes = _MarkupAttributes()
        self.declared: list[str] = []
        self._by_prefix: dict[str, str] = {}
        self._unknown: dict[str, bool] = {}  # whether they have a prefix

    def declare(self, prefix: str | None, uri: str | None) -> None:
        """Take note of a namespace.

        Raises:
            NotSureError: the prefix is custom's for another namespace, or used twice.
        """
        address = (uri or "").lower()
        self.declared.append(address)
        if address == _XLINK:
            raise NotSureError("XLink")
        known = prefix_of(address)
        if prefix:
            custom = prefix.lower()
            is_taken = self._by_prefix.setdefault(prefix, address) != address
            if is_taken or (custom in _OUR_PREFIXES and known != custom):
                raise NotSureError(f"the prefix {prefix} of another namespace")
        has_prefix = bool(prefix)
        if (
            known is None
            and self._unknown.setdefault(address, has_prefix) != has_prefix
        ):
            raise NotSureError("a namespace with a prefix and without one")

    def kind(self, raw: str) -> tuple[str, str]:
        """What an element means and the field that it stands for; kept in `kinds`.

        Raises:
            NotSureError: feedparser may take it for something else.
        """
        address, local, prefix = _parts(raw)
        known = prefix_of(address)
        if f"{known}:{local}" in _BY_CUSTOM and prefix != known:
            raise NotSureError(f"the prefix {prefix or 'none'} for {known}:{local}")
        of_whom = prefix if known is None else known
        name = f"{of_whom}_{local}" if of_whom else local
        if name in _UNSURE:
            raise NotSureError(f"the element {name}")
        meaning = _MEANINGS.get(name, "")
        kind = self.kinds[raw] = meaning, _FIELDS.get(meaning, meaning)
        return kind


class Shape(NamedTuple):
    """Which attributes a tag has, and so what is to be done with them.

    `renamed` are their customary names, if these differ from the parser's; `words`
    those in which capitals mean nothing.
    """

    renamed: tuple[str, ...]
    words: tuple[str, ...]
    has_scope: bool


class _Shapes(dict[tuple[str, ...], Shape]):
    """By the parser's names of all attributes of a tag, its shape."""

    def __missing__(self, raw: tuple[str, ...]) -> Shape:
        if len(raw) > MOST_ATTRIBUTES:
            raise NotSureError("too many attributes")
        names = tuple(_attribute(name) for name in raw)
        shape = self[raw] = Shape(
            renamed=names if names != raw else (),
            words=tuple(CASELESS.intersection(names)),
            has_scope=not _XML_SCOPE.isdisjoint(names),
        )
        return shape


class _Markup(dict[str, str]):
    """By the parser's name, a tag of XHTML."""

    def __missing__(self, raw: str) -> str:
        address, local, _ = _parts(raw)
        if prefix_of(address) != "xhtml" or local in _UNSURE_MARKUP:
            raise NotSureError(f"the element {local} in a text")
        self[raw] = local
        return local


class _MarkupAttributes(dict[str, str]):
    """By the parser's name, an attribute of a tag of XHTML."""

    def __missing__(self, raw: str) -> str:
        address, local, _ = _parts(raw)
        known = prefix_of(address)
        if local == "base" or (address and known != "xml"):
            raise NotSureError(f"the attribute {local} in a text")
        name = self[raw] = f"xml:{local}" if address else local
        return name


def _attribute(raw: str) -> str:
    """The name of an attribute with its customary prefix."""
    address, local, prefix = _parts(raw)
    known = prefix_of(address)
    if local in (_READ_ATTRIBUTES if address else _SCOPE) and not known:
        raise NotSureError(f"the attribute {local} of another namespace")
    of_whom = known or prefix
    return f"{of_whom}:{local}" if of_whom else local


def prefix_of(address: str) -> str | None:
    """Custom's prefix of a namespace, "" for that of RSS or Atom; None if unknown."""
    return "" if _RSS_2 in address else _PREFIXES.get(address)


def customary_namespace(prefix: str) -> str:
    """The address that a prefix stands for by custom, else one that means nothing."""
    custom = prefix.lower()
    if custom == "atom":
        return "http://www.w3.org/2005/Atom"
    known = (address for address, name in _PREFIXES.items() if name == custom)
    return next(known, f"urn:prefix:{custom}")


def _parts(raw: str) -> tuple[str, str, str]:
    """Namespace, name and prefix of a name as the parser gives it, in small letters."""
    parts = raw.lower().split(SEPARATOR)
    if len(parts) == 1:
        return "", parts[0], ""
    return parts[0], parts[1], parts[2] if len(parts) > 2 else ""
