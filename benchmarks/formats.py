"""What reading a well-formed feed costs, fast and with feedparser, by its entries.

Sanitising is in none of the figures: that is done once for every format, later. The
documents are written here, entries of three to six thousand bytes as WordPress and
Blogger write them. Hostile documents are read for the sake of the worst case. Run by
`make bench`; needs no network.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Mapping
from html import escape
from io import BytesIO

import feedparser

from ingest.formats.feed import parse_feed
from ingest.formats.forgiving import read_forgivingly
from ingest.formats.raw import NotAFeedError
from ingest.formats.well_formed.documents import read_well_formed

ENTRIES = 200
REPEATS = 9
WORDS = ["le", "port", "of", "Oran", "الجزائر", "signé", "à", "Alger", "the", "border"]
WORDS += [
    "talks",
    "of",
    "peace",
    "began",
    "again",
    "on",
    "Monday",
    "with",
    "Mali",
    "and",
]
WORDS += ["Niger", "l’accord", "water", "rain", "prices", "market"]
NAMESPACES = (
    ' xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
    ' xmlns:slash="http://purl.org/rss/1.0/modules/slash/"'
    ' xmlns:wfw="http://wellformedweb.org/CommentAPI/"'
)


def make_text(choice: random.Random) -> str:
    """Paragraphs of HTML, so that the whole entry has three to six thousand bytes."""
    length = choice.randint(2_400, 4_800)
    text = ""
    while len(text) < length:
        words = " ".join(choice.choice(WORDS) for _ in range(40))
        text += f'<p>{words} <a href="https://p.example/?a=1&amp;b=2">&#8230;</a></p>\n'
    return text


def make_rss() -> bytes:
    """RSS 2.0 as WordPress writes it."""
    choice = random.Random(1)  # noqa: S311 - the same document at every run
    items = "".join(
        f"""
  <item>
    <title>Report {number} &#8211; Mali</title>
    <link>https://p.example/{number}/</link>
    <comments>https://p.example/{number}/#respond</comments>
    <dc:creator><![CDATA[Jane Doe]]></dc:creator>
    <pubDate>Mon, 23 Nov 2026 08:00:00 +0000</pubDate>
    <category><![CDATA[Politics]]></category>
    <category><![CDATA[Sahel]]></category>
    <guid isPermaLink="false">https://p.example/?p={number}</guid>
    <description><![CDATA[{make_text(choice)[:400]}]]></description>
    <content:encoded><![CDATA[{make_text(choice)}]]></content:encoded>
    <wfw:commentRss>https://p.example/{number}/feed/</wfw:commentRss>
    <slash:comments>3</slash:comments>
  </item>"""
        for number in range(ENTRIES)
    )
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    return (
        f'{head}<rss version="2.0"{NAMESPACES}><channel><title>P</title>'
        f"<link>https://p.example/</link>{items}</channel></rss>"
    ).encode()


def make_atom() -> bytes:
    """Atom 1.0 as Blogger writes it."""
    choice = random.Random(2)  # noqa: S311 - the same document at every run
    entries = "".join(
        f"<entry><id>tag:blogger.com,1999:blog-1.post-{number}</id>"
        "<published>2026-11-23T08:00:00.000+00:00</published>"
        "<updated>2026-11-23T08:30:00.000+00:00</updated>"
        '<category scheme="http://www.blogger.com/atom/ns#" term="Politics"/>'
        f"<title type='text'>Report {number}</title>"
        f"<content type='html'>{escape(make_text(choice))}</content>"
        f"<link rel='replies' type='text/html' href='https://p.example/{number}#c'/>"
        f"<link rel='edit' type='application/atom+xml' href='https://p.example/e'/>"
        f"<link rel='alternate' type='text/html' href='https://p.example/{number}'/>"
        "<author><name>Jane</name><email>noreply@blogger.com</email></author>"
        "<thr:total>3</thr:total></entry>"
        for number in range(ENTRIES)
    )
    return (
        "<?xml version='1.0' encoding='UTF-8'?>"
        "<feed xmlns='http://www.w3.org/2005/Atom' "
        "xmlns:thr='http://purl.org/syndication/thread/1.0'><id>tag:b</id>"
        f"<title type='text'>P</title>{entries}</feed>"
    ).encode()


def measure(ways: Mapping[str, Callable[[], object]]) -> dict[str, float]:
    """CPU seconds of each way, of its quickest run, which others disturbed the least.

    The ways take turns, so that a machine that slows down does so for all of them.
    """
    spent = dict.fromkeys(ways, float("inf"))
    for _ in range(REPEATS):
        for way, work in ways.items():
            start = time.process_time()
            work()
            spent[way] = min(spent[way], time.process_time() - start)
    return spent


def measure_readers(name: str, body: bytes) -> None:
    """Print microseconds an entry of every way to read the document."""
    text = body.decode()
    if read_well_formed(body) != read_forgivingly(text):
        raise AssertionError("the readers differ")

    def bare(*, is_resolved: bool) -> object:
        return feedparser.parse(
            BytesIO(body), sanitize_html=False, resolve_relative_uris=is_resolved
        )

    ways: dict[str, Callable[[], object]] = {
        "fast": lambda: read_well_formed(body),
        "feedparser, links as they are": lambda: bare(is_resolved=False),
        "feedparser, links resolved": lambda: bare(is_resolved=True),
        "feedparser's adapter": lambda: read_forgivingly(text),
    }
    print(f"{name}: {ENTRIES} entries of {len(body) // ENTRIES} bytes")
    costs = measure(ways)
    for way, cost in costs.items():
        each, ratio = cost / ENTRIES * 1e6, cost / costs["fast"]
        print(f"  {way:<32}{each:>8.0f} µs an entry {ratio:>6.1f} times the fast one")


def measure_hostile() -> None:
    """Print the seconds that documents take which nobody wrote to be read."""
    attributes = " ".join(f"a{number}='b'" for number in range(50_000))
    deep = "<x>" * 100_000 + "</x>" * 100_000
    item = "<item><title>T</title><description>D</description></item>"
    documents = {
        "50,000 attributes": f"<item {attributes}/>",
        "100,000 levels": f"<item>{deep}</item>",
        "50,000 categories": f"<item>{'<category>a</category>' * 50_000}</item>",
        "50,000 namespaces": f"<item {attributes.replace('a', 'xmlns:a')}/>",
        "7.5 MiB of entries": item * (7_864_320 // len(item)),
        "15 MiB of entries": item * (15_728_640 // len(item)),
        "15 MiB of one text": f"<item><title>{'T' * 15_728_640}</title></item>",
    }
    for name, inner in documents.items():
        body = f"<rss version='2.0'><channel>{inner}</channel></rss>".encode()
        start = time.process_time()
        outcome = _outcome(body)
        print(f"  {name:<24}{time.process_time() - start:>8.2f} s  {outcome}")


def _outcome(body: bytes) -> str:
    try:
        return f"{len(parse_feed(body, content_type=None).entries):,} entries"
    except NotAFeedError as error:
        return str(error)


if __name__ == "__main__":
    measure_readers("RSS", make_rss())
    measure_readers("Atom", make_atom())
    print("hostile documents, whole:")
    measure_hostile()
