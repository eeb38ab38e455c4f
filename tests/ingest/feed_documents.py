"""Small whole feeds round a part that matters; every customary prefix is declared."""

from __future__ import annotations

NAMESPACES = {
    "atom": "http://www.w3.org/2005/Atom",
    "cc": "http://backend.userland.com/creativeCommonsRssModule",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "feedburner": "http://rssnamespace.org/feedburner/ext/1.0",
    "georss": "http://www.georss.org/georss",
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "media": "http://search.yahoo.com/mrss/",
    "slash": "http://purl.org/rss/1.0/modules/slash/",
    "sy": "http://purl.org/rss/1.0/modules/syndication/",
    "thr": "http://purl.org/syndication/thread/1.0",
    "wfw": "http://wellformedweb.org/CommentAPI/",
    "x": "https://x.example/ns",
    "xhtml": "http://www.w3.org/1999/xhtml",
}
DECLARED = " ".join(f"xmlns:{name}='{uri}'" for name, uri in NAMESPACES.items())
HEAD = "<?xml version='1.0' encoding='utf-8'?>"


def rss(
    item: str = "", *, channel: str = "", root: str = "", before: str = ""
) -> bytes:
    """RSS 2.0 with one item; `root` are further attributes of its root."""
    return (
        f"{HEAD}{before}<rss version='2.0' {DECLARED} {root}><channel>{channel}"
        f"<item>{item}</item></channel></rss>"
    ).encode()


def atom(entry: str = "", *, feed: str = "", root: str = "", before: str = "") -> bytes:
    """Atom 1.0 with one entry."""
    declared = f"xmlns='{NAMESPACES['atom']}' {DECLARED}"
    return (
        f"{HEAD}{before}<feed {declared} {root}>{feed}<entry>{entry}</entry></feed>"
    ).encode()


def rdf(item: str = "", *, root: str = "", beside: str = "") -> bytes:
    """RSS 1.0 with one item; `beside` stands beside the channel."""
    known = "xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'"
    return (
        f"{HEAD}<rdf:RDF xmlns='http://purl.org/rss/1.0/' {known} {DECLARED} {root}>"
        f"<channel rdf:about='https://c.example/'><title>C</title></channel>{beside}"
        f"<item rdf:about='https://c.example/1'>{item}</item></rdf:RDF>"
    ).encode()
