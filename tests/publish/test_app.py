"""Addresses, status codes and headers."""

from __future__ import annotations

from html.parser import HTMLParser
from urllib.parse import urljoin

import httpx
import pytest
from structlog.testing import capture_logs

from config.search_expression import SearchLanguage
from config.settings import Settings
from publish.documents import Document
from publish.render import Renderer
from publish.rendered import Rendered
from publish.search_desk import SearchDesk
from publish.web.app import build_app
from publish.web.search_endpoint import SearchEndpoint
from tests.publish.factories import make_article
from tests.publish.fakes import FakeArticles, make_beat

FEED = "/topics/western-sahara.rss"
DOCUMENTS = {
    "/": "text/html; charset=utf-8",
    "/topics/western-sahara": "text/html; charset=utf-8",
    "/topics/western-sahara.rss": "application/rss+xml; charset=utf-8",
    "/topics/western-sahara.atom": "application/atom+xml; charset=utf-8",
    "/topics/western-sahara.json": "application/feed+json; charset=utf-8",
    "/topics/empty.rss": "application/rss+xml; charset=utf-8",
    "/topics.opml": "text/x-opml; charset=utf-8",
    "/articles/1": "text/html; charset=utf-8",
    "/topics/western-sahara?lang=fr": "text/html; charset=utf-8",
    "/topics/western-sahara?source=journal": "text/html; charset=utf-8",
    "/stories/1": "text/html; charset=utf-8",
    "/feeds": "text/html; charset=utf-8",
    "/sources": "text/html; charset=utf-8",
    "/sources/paper": "text/html; charset=utf-8",
    "/about": "text/html; charset=utf-8",
    "/style.css": "text/css; charset=utf-8",
    "/feed.css": "text/css; charset=utf-8",
}
NOWHERE = {
    "an unknown path": "/nowhere",
    "an unknown topic": "/topics/unknown",
    "an unknown feed": "/topics/unknown.rss",
    "an unknown format": "/topics/western-sahara.exe",
    "a slash too many": "/topics/western-sahara/",
    "capital letters": "/topics/Western-Sahara.rss",
    "a way up": "/topics/../western-sahara.rss",
    "an encoded way up": "/topics/%2e%2e%2fwestern-sahara.rss",
    "an encoded slash": "/topics/a%2fwestern-sahara.rss",
    "a NUL": "/topics/western-sahara%00.rss",
    "bytes that are no text": "/topics/%ff.rss",
    "an unknown source": "/sources/unknown",
    "an unknown story": "/stories/99",
    "a story that is no number": "/stories/x",
    "a language that is none": "/topics/western-sahara?lang=<script>",
    "a source that is none": "/topics/western-sahara?source=..%2fpaper",
    "a part of an unknown topic": "/topics/unknown?lang=fr",
    "an unknown article": "/articles/99",
    "article 0": "/articles/0",
    "a negative article": "/articles/-1",
    "an article that is no number": "/articles/one",
    "an article in Arabic digits": "/articles/%D9%A1",
    "an article with a leading zero": "/articles/01",
    "an article beyond 64 bits": "/articles/99999999999999999999",
    "an article of ten thousand digits": "/articles/" + "9" * 10_000,
}


@pytest.fixture
def articles() -> FakeArticles:
    """The store behind the application."""
    return make_beat()[1]


@pytest.fixture
def client(articles: FakeArticles) -> httpx.AsyncClient:
    """A client of the whole application."""
    edition = make_beat()[0]
    search = SearchDesk(edition, articles, SearchLanguage(Settings()).read)
    return make_client(Renderer(edition, articles, fresh_for=0), SearchEndpoint(search))


def make_client(
    renderer: Renderer, search: SearchEndpoint | None = None
) -> httpx.AsyncClient:
    """A client that speaks to the application without a network."""
    app = build_app(renderer, search)
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    return httpx.AsyncClient(
        transport=transport, base_url="https://news.example.org", trust_env=False
    )


@pytest.mark.parametrize("path", DOCUMENTS)
async def test_every_document_is_served_with_its_headers(
    client: httpx.AsyncClient, path: str
) -> None:
    response = await client.get(path)

    assert response.status_code == 200
    assert response.headers["content-type"] == DOCUMENTS[path]
    assert response.headers["etag"].startswith('"')
    assert response.headers["last-modified"].endswith(" GMT")
    assert response.headers["cache-control"].startswith("public, max-age=")
    assert response.headers["x-content-type-options"] == "nosniff"
    assert response.headers["referrer-policy"] == "no-referrer"
    assert response.headers["content-security-policy"].startswith("default-src 'none'")
    assert "set-cookie" not in response.headers


@pytest.mark.parametrize("path", DOCUMENTS)
async def test_a_known_tag_gets_a_304_with_the_same_headers(
    client: httpx.AsyncClient, path: str
) -> None:
    first = await client.get(path)

    again = await client.get(path, headers={"If-None-Match": first.headers["etag"]})

    assert (again.status_code, again.content) == (304, b"")
    for name in ("etag", "last-modified", "cache-control"):
        assert again.headers[name] == first.headers[name]


@pytest.mark.parametrize("path", DOCUMENTS)
async def test_head_is_get_without_the_body(
    client: httpx.AsyncClient, path: str
) -> None:
    get, head = await client.get(path), await client.head(path)

    assert head.status_code == 200
    assert head.content == b""
    assert dict(head.headers) == dict(get.headers)


async def test_a_date_is_condition_enough(client: httpx.AsyncClient) -> None:
    since = (await client.get(FEED)).headers["last-modified"]

    assert (
        await client.get(FEED, headers={"If-Modified-Since": since})
    ).status_code == 304


async def test_several_lines_of_a_condition_are_one_list(
    client: httpx.AsyncClient,
) -> None:
    etag = (await client.get(FEED)).headers["etag"]

    response = await client.get(
        FEED, headers=[("If-None-Match", '"x"'), ("If-None-Match", etag)]
    )

    assert response.status_code == 304


async def test_a_304_asks_the_store_nothing_but_whether_it_changed(
    client: httpx.AsyncClient, articles: FakeArticles
) -> None:
    etag = (await client.get(FEED)).headers["etag"]
    asked = articles.questions

    await client.get(FEED, headers={"If-None-Match": etag})

    assert articles.questions == asked


@pytest.mark.parametrize("path", DOCUMENTS)
@pytest.mark.parametrize("coding", ["br", "gzip"])
async def test_each_coding_has_a_tag_of_its_own(
    client: httpx.AsyncClient, path: str, coding: str
) -> None:
    plain = await client.get(path, headers={"Accept-Encoding": "identity"})

    coded = await client.get(path, headers={"Accept-Encoding": coding})
    again = await client.get(
        path,
        headers={"Accept-Encoding": coding, "If-None-Match": coded.headers["etag"]},
    )

    assert coded.headers["content-encoding"] == coding
    assert coded.content == plain.content
    assert coded.headers["etag"] != plain.headers["etag"]
    assert "Accept-Encoding" in coded.headers["vary"]
    assert "Accept-Encoding" in plain.headers["vary"]
    assert again.status_code == 304
    assert again.headers["vary"] == coded.headers["vary"]


async def test_the_tag_of_another_coding_is_not_enough(
    client: httpx.AsyncClient,
) -> None:
    plain = await client.get(FEED, headers={"Accept-Encoding": "identity"})

    coded = await client.get(
        FEED,
        headers={"Accept-Encoding": "br", "If-None-Match": plain.headers["etag"]},
    )

    assert coded.status_code == 200


@pytest.mark.parametrize("suffix", ["rss", "atom", "json"])
async def test_a_reader_gets_the_feed_at_the_address_of_the_page(
    client: httpx.AsyncClient, suffix: str
) -> None:
    feed = await client.get(f"/topics/western-sahara.{suffix}")

    media_type = feed.headers["content-type"].partition(";")[0]
    found = await client.get("/topics/western-sahara", headers={"Accept": media_type})

    assert found.content == feed.content
    assert found.headers["vary"] == "Accept, Accept-Encoding"
    assert found.headers["content-location"] == f"western-sahara.{suffix}"


async def test_a_browser_gets_the_page(client: httpx.AsyncClient) -> None:
    page = await client.get(
        "/topics/western-sahara",
        headers={"Accept": "text/html,application/xml;q=0.9,*/*;q=0.8"},
    )

    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert page.headers["vary"] == "Accept, Accept-Encoding"


BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


@pytest.mark.parametrize("suffix", ["rss", "atom"])
async def test_a_browser_is_shown_a_feed_with_its_stylesheet(
    client: httpx.AsyncClient, suffix: str
) -> None:
    path = f"/topics/western-sahara.{suffix}"

    shown = await client.get(path, headers={"Accept": BROWSER})
    read = await client.get(path)

    assert shown.headers["content-type"] == "application/xml; charset=utf-8"
    assert b'href="https://news.example.org/feed.css"?>' in shown.content
    assert shown.content == read.content
    assert shown.headers["vary"] == read.headers["vary"] == "Accept, Accept-Encoding"


async def test_a_json_feed_is_the_same_for_everybody(
    client: httpx.AsyncClient,
) -> None:
    feed = await client.get("/topics/western-sahara.json", headers={"Accept": BROWSER})

    assert feed.headers["content-type"] == "application/feed+json; charset=utf-8"
    assert feed.headers["vary"] == "Accept-Encoding"


async def test_a_reader_that_can_add_gets_new_items_alone(
    client: httpx.AsyncClient, articles: FakeArticles
) -> None:
    before = await client.get(FEED)
    more = make_article(9, title="Talks go on")
    articles.topics["western-sahara"] = (*articles.topics["western-sahara"], more)
    articles.change += 1

    asked = {"A-IM": "feed", "If-None-Match": before.headers["etag"]}
    news = await client.get(FEED, headers=asked)
    whole = await client.get(FEED)

    assert (news.status_code, news.headers["im"]) == (226, "feed")
    assert news.text.count("<item") == 1
    assert "Talks go on" in news.text
    assert news.headers["etag"] == whole.headers["etag"]
    assert news.headers["cache-control"] == "no-store, im"
    assert whole.status_code == 200
    assert whole.text.count("<item") == 4


ABSURD = {
    "a range of a feed": {"Range": "bytes=0-1"},
    "a million ranges": {"Range": "bytes=" + "0-0," * 10_000},
    "a range that ends before it begins": {"Range": "bytes=9-1"},
    "a range of no unit": {"Range": "\xff"},
    "ten thousand types": {"Accept": "a/b;q=0.1," * 10_000},
    "a type that is none": {"Accept": ";;q=,,/"},
    "nothing that we have": {"Accept": "image/png;q=1, */*;q=0"},
    "no coding at all": {"Accept-Encoding": "identity;q=0, *;q=0"},
    "ten thousand tags": {"If-None-Match": '"a",' * 10_000},
    "a tag without an end": {"If-None-Match": '"' + "a" * 50_000},
    "a date that is none": {"If-Modified-Since": "31 Feb 99999"},
}


@pytest.mark.parametrize("headers", ABSURD.values(), ids=ABSURD)
async def test_whatever_is_asked_absurdly_is_answered_by_the_whole_feed(
    client: httpx.AsyncClient, headers: dict[str, str]
) -> None:
    expected = await client.get(FEED)

    sent = [(name.encode(), text.encode("latin-1")) for name, text in headers.items()]
    answer = await client.get(FEED, headers=sent)

    assert (answer.status_code, answer.content) == (200, expected.content)


ALL_OF_IT = {
    "a tag from before the restart": {"A-IM": "feed", "If-None-Match": '"x"'},
    "no tag": {"A-IM": "feed"},
    "another manipulation": {"A-IM": "vcdiff"},
}


@pytest.mark.parametrize("headers", ALL_OF_IT.values(), ids=ALL_OF_IT)
async def test_who_cannot_be_told_the_news_gets_all_of_it(
    client: httpx.AsyncClient, headers: dict[str, str]
) -> None:
    response = await client.get(FEED, headers=headers)

    assert response.status_code == 200
    assert response.text.count("<item") == 3


async def test_a_feed_that_changed_without_new_items_comes_whole(
    client: httpx.AsyncClient, articles: FakeArticles
) -> None:
    before = await client.get(FEED)
    articles.topics["western-sahara"] = articles.topics["western-sahara"][1:]
    articles.change += 1

    asked = {"A-IM": "feed", "If-None-Match": before.headers["etag"]}

    assert (await client.get(FEED, headers=asked)).status_code == 200


async def test_within_a_second_the_store_is_not_asked_whether_it_changed() -> None:
    edition, articles = make_beat()
    client = make_client(Renderer(edition, articles, fresh_for=3600))
    before = await client.get(FEED)

    articles.fails = True
    with capture_logs() as logs:
        again = await client.get(FEED)

    assert again.content == before.content
    assert logs == []


@pytest.mark.parametrize("path", NOWHERE.values(), ids=NOWHERE)
async def test_what_is_not_there_is_a_short_404_that_echoes_nothing(
    client: httpx.AsyncClient, path: str
) -> None:
    response = await client.get(path)

    assert (response.status_code, response.text) == (404, "not found\n")
    assert response.headers["content-type"] == "text/plain; charset=utf-8"
    assert response.headers["x-content-type-options"] == "nosniff"
    assert "location" not in response.headers


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
async def test_other_methods_are_told_which_are_allowed(
    client: httpx.AsyncClient, method: str
) -> None:
    response = await client.request(method, FEED)

    assert (response.status_code, response.text) == (405, "method not allowed\n")
    assert response.headers["allow"] == "GET, HEAD"


async def test_the_service_says_that_it_lives(client: httpx.AsyncClient) -> None:
    response = await client.get("/health/live")

    assert (response.status_code, response.text) == (200, "ok\n")
    assert response.headers["cache-control"] == "no-store"


async def test_a_store_in_trouble_is_a_503_that_asks_for_patience(
    client: httpx.AsyncClient, articles: FakeArticles
) -> None:
    articles.fails = True

    response = await client.get(FEED)

    assert response.status_code == 503
    assert response.text == "the store does not answer, try again\n"
    assert response.headers["retry-after"] == "30"


async def test_a_store_in_trouble_leaves_known_feeds_served(
    client: httpx.AsyncClient, articles: FakeArticles
) -> None:
    before = (await client.get(FEED)).content

    articles.fails = True

    assert (await client.get(FEED)).content == before


async def test_a_bug_is_a_short_500_that_tells_nothing() -> None:
    class Broken(Renderer):
        def render(self, document: Document) -> Rendered | None:
            raise RuntimeError("secret")

    client = make_client(Broken(*make_beat()))

    response = await client.get("/articles/1")

    assert (response.status_code, response.text) == (500, "internal error\n")


class LinkCollector(HTMLParser):
    """Every address that a page mentions, and its feeds."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.feeds: list[tuple[str, str]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if "href" in values:
            self.addresses.append(values["href"])
        if tag == "link" and values.get("rel") == "alternate":
            self.feeds.append((values["type"], values["href"]))


async def test_readers_find_every_feed_on_the_index(client: httpx.AsyncClient) -> None:
    found = LinkCollector((await client.get("/")).text).feeds

    assert found == [
        (media_type, f"https://news.example.org/topics/{slug}.{suffix}")
        for slug in ("western-sahara", "empty")
        for suffix, media_type in (
            ("rss", "application/rss+xml"),
            ("atom", "application/atom+xml"),
            ("json", "application/feed+json"),
        )
    ]


async def test_readers_find_the_feeds_of_a_topic_on_its_page(
    client: httpx.AsyncClient,
) -> None:
    found = LinkCollector((await client.get("/topics/empty")).text).feeds

    suffixes = [address.rpartition(".")[2] for _type, address in found]

    assert suffixes == ["rss", "atom", "json"]


@pytest.mark.parametrize(
    "page", [path for path, kind in DOCUMENTS.items() if "html" in kind]
)
async def test_every_link_into_the_site_leads_somewhere(
    client: httpx.AsyncClient, page: str
) -> None:
    base = f"https://news.example.org{page}"

    addresses = [
        urljoin(base, address)
        for address in LinkCollector((await client.get(page)).text).addresses
    ]
    ours = [each for each in addresses if each.startswith("https://news.example.org")]

    assert len(ours) >= 3
    assert {(await client.get(each)).status_code for each in ours} == {200}


async def test_arabic_runs_from_right_to_left(client: httpx.AsyncClient) -> None:
    page = (await client.get("/topics/western-sahara")).text

    assert '<h2 lang="ar" dir="rtl">' in page
    assert '<h2 lang="fr" dir="ltr">' in page
    assert "No date given by the publisher; first seen 23 November 2026" in page
