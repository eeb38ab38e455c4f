"""Feeds as anybody may write them: every dialect, any prefix, many ways to say it."""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

from hypothesis import strategies as st

ATOM = "http://www.w3.org/2005/Atom"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
NAMESPACES = {
    "atom": ATOM,
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "feedburner": "http://rssnamespace.org/feedburner/ext/1.0",
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "media": "http://search.yahoo.com/mrss/",
    "slash": "http://purl.org/rss/1.0/modules/slash/",
    "sy": "http://purl.org/rss/1.0/modules/syndication/",
    "thr": "http://purl.org/syndication/thread/1.0",
    "x": "https://x.example/ns",
}
XHTML = "http://www.w3.org/1999/xhtml"

# Words of the beat, and what is read in more than one way.
words = st.one_of(
    st.text("ab éÉ«ب🙂&<>\"';%[]/:?#@.-\n\t ", max_size=20),
    st.sampled_from(
        [
            "",
            " ",
            "Le port d’Oran",
            "الجزائر",
            "<b>Oil</b>",
            "<blink>a</blink>",
            "a &amp; b &eacute; &nobody;",
            "&#146;&#233;",
            "SociÃ©tÃ©",
            "É\xa0",
            "a\x93b",
            "jane@a.example (Jane Doe)",
            "j.d@a.org (Jane Doe)",
            "j@a.org",
            "Jane Doe",
            "true",
            "12",
            "daily",
            "fr",
            "Mon, 23 Nov 2026 08:00:00 GMT",
            "<media:description>a</media:description>",
            "<!DOCTYPE a>",
        ]
    ),
)
addresses = st.one_of(
    words,
    st.sampled_from(
        [
            "https://a.example/1",
            "https://a.example/?a=1&b=2",
            "/1",
            "1.html#x",
            "//a.example",
            "https:////a.example",
            "tag:a.example,2026:1",
            "urn:x:1",
            "https://á.example/é",
            "mailto:",
        ]
    ),
)
types = st.sampled_from(
    ["text", "html", "xhtml", "TEXT/HTML", "text/plain", "image/png"]
)
VALUES = {
    "href": addresses,
    "url": addresses,
    "src": addresses,
    "rel": st.sampled_from(
        ["alternate", "self", "enclosure", "replies", "Alternate", "via"]
    ),
    "type": types,
    "length": words,
    "fileSize": words,
    "medium": st.sampled_from(["image", "video"]),
    "isPermaLink": st.sampled_from(["true", "false", "TRUE"]),
    "term": words,
    "label": words,
    "domain": words,
    "text": words,
    "mode": st.sampled_from(["escaped", "xml", "base64"]),
    "xml:lang": st.sampled_from(["fr", "ar_DZ", ""]),
    "xml:base": st.sampled_from(["https://b.example/c/d", "https://c.example"]),
    "thr:count": words,
    "x:y": words,
}
# Elements of words, by the attributes that they may have besides those of any.
LEAVES = {
    "title": ["type", "mode"],
    "description": ["type"],
    "summary": ["type"],
    "content": ["type", "src", "mode"],
    "rights": ["type"],
    "copyright": [],
    "subtitle": ["type"],
    "link": ["href", "href", "href", "rel", "type", "length", "thr:count"],
    "guid": ["isPermaLink"],
    "id": [],
    "author": [],
    "category": ["term", "label", "domain"],
    "enclosure": ["url", "type", "length"],
    "comments": [],
    "language": [],
    "pubDate": [],
    "published": [],
    "updated": [],
    "ttl": [],
    "source": ["url"],
    "image": [],
    "content:encoded": ["type"],
    "dc:title": [],
    "dc:creator": [],
    "dc:date": [],
    "dc:description": [],
    "dc:language": [],
    "dc:rights": [],
    "dc:subject": [],
    "dcterms:created": [],
    "feedburner:origLink": [],
    "itunes:author": [],
    "itunes:category": ["text"],
    "itunes:image": ["href", "url"],
    "itunes:keywords": [],
    "itunes:subtitle": [],
    "itunes:summary": [],
    "itunes:title": [],
    "media:category": ["label"],
    "media:copyright": ["url"],
    "media:description": ["type"],
    "media:keywords": [],
    "media:player": ["url"],
    "media:thumbnail": ["url"],
    "media:title": ["type"],
    "slash:comments": [],
    "sy:updateBase": [],
    "sy:updateFrequency": [],
    "sy:updatePeriod": [],
    "thr:total": [],
    "x:y": ["x:y"],
    "unknown": ["href"],
}
# Elements of elements, by what may stand in them.
GROUPS = {
    "author": ["name", "email", "uri"],
    "contributor": ["name", "email"],
    "source": ["title", "id", "link", "updated"],
    "media:group": ["media:content", "media:thumbnail", "media:title"],
    "media:content": ["media:description", "media:player", "media:credit"],
    "x:group": ["x:y"],
    "skipHours": ["hour"],
    "itunes:owner": ["itunes:name", "itunes:email"],
}


@st.composite
def said(draw: st.DrawFn, text: str) -> str:
    """The text in one of the ways in which XML can say it."""
    way = draw(st.sampled_from(["escaped", "escaped", "cdata", "referred", "mixed"]))
    if way == "cdata" and "]]>" not in text:
        return f"<![CDATA[{text}]]>"
    if way == "referred":
        return "".join(f"&#{ord(letter)};" for letter in text)
    if way == "mixed":
        return f"{escape(text)}<!-- {draw(st.sampled_from(['a', '&b', '<c>']))} -->"
    return escape(text)


@st.composite
def attributes(draw: st.DrawFn, names: list[str]) -> str:
    """Some of the attributes, and now and then one that any element may have."""
    chosen = set(draw(st.lists(st.sampled_from(names), max_size=3))) if names else set()
    if draw(st.integers(0, 15)) == 15:
        chosen.add(draw(st.sampled_from(["xml:lang", "xml:base", "x:y"])))
    values = {name: draw(VALUES[name]) for name in sorted(chosen)}
    return "".join(f" {name}={quoteattr(value)}" for name, value in values.items())


@st.composite
def leaves(draw: st.DrawFn, names: list[str]) -> str:
    """An element with words in it, or with markup."""
    name = draw(st.sampled_from(names))
    written = draw(attributes(LEAVES.get(name, [])))
    inner = draw(said(draw(addresses if "ink" in name else words)))
    if ' type="xhtml"' in written or draw(st.integers(0, 60)) == 60:
        inner = draw(markup())
    return f"<{name}{written}>{inner}</{name}>"


@st.composite
def markup(draw: st.DrawFn) -> str:
    """Inline XHTML, as Atom has it; or tags of the feed's own namespace."""
    tag = draw(st.sampled_from(["div", "p", "b", "xhtml:i", "br"]))
    inner = draw(st.one_of(words.map(escape), markup()))
    namespace = draw(st.sampled_from([f" xmlns='{XHTML}'", f" xmlns='{XHTML}'", ""]))
    written = draw(st.sampled_from(["", " class='a&amp;b'", " Rel='X'"]))
    around = draw(st.sampled_from(["{}", " {} ", "a {}", "{}<!-- b --> c"]))
    return around.format(
        f"<{tag}{namespace} xmlns:xhtml='{XHTML}'{written}>{inner}</{tag}>"
    )


@st.composite
def groups(draw: st.DrawFn) -> str:
    """An element with others in it."""
    name = draw(st.sampled_from(sorted(GROUPS)))
    inner = draw(st.lists(leaves(GROUPS[name]), max_size=3))
    return f"<{name}{draw(attributes([]))}>{''.join(inner)}</{name}>"


ordinary = st.integers(0, 5).flatmap(
    lambda number: groups() if number == 5 else leaves(sorted(LEAVES))
)
parts = st.integers(0, 9).flatmap(
    lambda number: st.sampled_from(["\n", "<?a b?>", "a"]) if number == 9 else ordinary
)


@st.composite
def written_feeds(draw: st.DrawFn) -> str:
    """A whole document, of a dialect and with prefixes of its own choice."""
    dialect = draw(st.sampled_from(["rss", "atom", "atom 0.3", "rdf"]))
    head = "".join(draw(st.lists(leaves(sorted(LEAVES)), max_size=3)))
    entry = "item" if dialect in {"rss", "rdf"} else "entry"
    inner = draw(st.lists(st.lists(parts, max_size=8).map("".join), max_size=3))
    entries = "".join(
        f"<{entry}{draw(attributes([]))}>{one}</{entry}>" for one in inner
    )
    document = _document(dialect, head, entries, draw(attributes([])))
    prefixes = draw(
        st.sampled_from([{}, {}, {"dc": "d"}, {"media": "m"}, {"x": "dc2"}])
    )
    for prefix, other in prefixes.items():
        document = document.replace(f"<{prefix}:", f"<{other}:")
        document = document.replace(f"</{prefix}:", f"</{other}:")
        document = document.replace(f"xmlns:{prefix}=", f"xmlns:{other}=")
    return document


def _document(dialect: str, head: str, entries: str, written: str) -> str:
    declared = "".join(f" xmlns:{name}='{uri}'" for name, uri in NAMESPACES.items())
    channel = f"<channel>{head}{entries}</channel>"
    return {
        "rss": f"<rss version='2.0'{declared}{written}>{channel}</rss>",
        "atom": f"<feed xmlns='{ATOM}'{declared}{written}>{head}{entries}</feed>",
        "atom 0.3": "<feed version='0.3' xmlns='http://purl.org/atom/ns#'"
        f"{declared.replace(ATOM, 'http://purl.org/atom/ns#')}{written}>"
        f"{head}{entries}</feed>",
        "rdf": f"<rdf:RDF xmlns:rdf='{RDF}' xmlns='http://purl.org/rss/1.0/'"
        f"{declared}{written}><channel>{head}</channel>{entries}</rdf:RDF>",
    }[dialect]
