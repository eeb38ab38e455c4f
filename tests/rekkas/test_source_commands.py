from __future__ import annotations

import json
from collections.abc import Iterator
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
import yaml

from config.load import load_settings
from store.database.upgrade import open_database
from tests.end_to_end.service import UNREACHABLE, feed_handler, serving
from tests.factories import NOW
from tests.rekkas.conftest import Run

PAGE = (
    '<html><head><link rel="alternate" type="application/rss+xml" title="Comments" '
    'href="/comments.xml"><link rel="alternate" type="application/rss+xml" '
    'title="Articles" href="articles.xml"></head><body>News</body></html>'
)


def feed(title: str) -> str:
    return (
        '<rss version="2.0"><channel>'
        f"<title>{title}</title><link>https://courier.example/</link>"
        "<language>fr</language><item><title>Une nouvelle</title><guid>1</guid>"
        f"<pubDate>{format_datetime(NOW)}</pubDate></item></channel></rss>"
    )


@pytest.fixture
def site() -> Iterator[str]:
    """The address of a site with two feeds."""
    pages = {
        "/": PAGE,
        "/articles.xml": feed("Le courrier"),
        "/comments.xml": feed("Commentaires"),
        "/nothing/": "<html><body>Nothing</body></html>",
    }
    bodies = {path: page.encode() for path, page in pages.items()}
    with serving(feed_handler(bodies)) as address:
        yield address


@pytest.fixture
def own(folder: Path) -> Path:
    """The operator's file, with words of her own."""
    path = folder / "rekkas.yaml"
    path.write_text(
        "# my sources\n"
        "fetch: {per_host: {spacing: 0s}, allow_private: [127.0.0.1]}\n"
        "sources:\n"
        f"  silent: {{url: {UNREACHABLE}/feed}}  # never answers\n"
        f"  idle: {{url: {UNREACHABLE}/off, enabled: false}}\n"
        "\n"
        "# my topics\n"
        "topics: {}\n"
    )
    return path


def test_discover_lists_feeds_and_the_yaml_to_paste(
    run: Run, own: Path, site: str
) -> None:
    shown = run("source", "discover", f"{site}/")

    assert shown.exit_code == 0
    assert shown.stdout.index("/articles.xml") < shown.stdout.index("/comments.xml")
    assert f"asking {site}/articles.xml" in shown.stderr
    pasted = yaml.safe_load(shown.stdout[shown.stdout.index("sources:") :])
    assert pasted["sources"]["le-courrier"]["url"] == f"{site}/articles.xml"


def test_discover_tells_machines(run: Run, own: Path, site: str) -> None:
    shown = run("source", "discover", f"{site}/", "--json")

    facts = json.loads(shown.stdout)
    first = facts["feeds"][0]
    assert (facts["page_url"], facts["asked"]) == (f"{site}/", 3)
    assert (first["title"], first["format"]) == ("Le courrier", "RSS")
    assert (first["entries"], first["language"]) == (1, "fr")
    assert first["newest_at"] == NOW.isoformat(timespec="seconds")
    assert (first["how"], first["known"]) == ("link", None)


def test_a_scheme_need_not_be_typed(run: Run, own: Path, site: str) -> None:
    host = site.removeprefix("http://")

    shown = run("source", "discover", host, "--json")

    assert json.loads(shown.stdout)["page_url"] == f"{site}/"


def test_discover_names_a_feed_that_is_known(run: Run, own: Path, site: str) -> None:
    run("source", "add", f"{site}/articles.xml")

    shown = run("source", "discover", f"{site}/")

    assert "the source le-courrier has this address already" in shown.stderr


def test_discover_says_when_nothing_is_found(run: Run, own: Path, site: str) -> None:
    shown = run("source", "discover", f"{site}/nothing/")
    as_json = run("source", "discover", f"{site}/nothing/", "--json")

    assert (shown.exit_code, as_json.exit_code) == (1, 1)
    assert "no feed was found" in shown.stderr
    assert json.loads(as_json.stdout)["feeds"] == []


def test_discover_says_why_a_page_could_not_be_read(
    run: Run, own: Path, site: str
) -> None:
    with serving(feed_handler({})) as empty:
        missing = run("source", "discover", f"{empty}/gone")
    silent = run("source", "discover", UNREACHABLE, "--json")

    assert "no feed was found" in missing.stderr
    assert "404" in missing.stderr
    assert silent.exit_code == 1
    assert json.loads(silent.stdout)["failure"]["kind"] == "not_allowed"


BAD_ADDRESSES = {
    "no address of the web": "ftp://site.example/",
    "no address at all": "http://[x",
    "a password": "https://me:s3cr3t@site.example/",
}


@pytest.mark.parametrize("url", BAD_ADDRESSES.values(), ids=BAD_ADDRESSES.keys())
@pytest.mark.parametrize("command", ["discover", "add"])
def test_an_address_that_cannot_be_asked_is_a_usage_error(
    run: Run, own: Path, command: str, url: str
) -> None:
    shown = run("source", command, url)

    assert shown.exit_code == 2
    assert "s3cr3t" not in shown.output


def test_add_writes_the_best_feed_and_changes_nothing_else(
    run: Run, own: Path, site: str
) -> None:
    before = own.read_text()

    shown = run("source", "add", f"{site}/")

    head, _, tail = before.partition("\n# my topics")
    added = (
        '  le-courrier:\n    title: "Le courrier"\n'
        f'    url: "{site}/articles.xml"\n'
        '    home: "https://courier.example/"\n    language: "fr"\n'
    )
    assert shown.exit_code == 0, shown.output
    assert own.read_text() == f"{head}{added}\n# my topics{tail}"
    assert shown.stdout == added


def test_add_obeys_what_the_operator_says(run: Run, own: Path, site: str) -> None:
    words = ("--slug", "courier", "--title", "Courier", "--language", "en")

    shown = run("source", "add", f"{site}/articles.xml", *words, "--country", "MA")

    source = load_settings(own, environ={}).settings.sources["courier"]
    assert shown.exit_code == 0
    assert (source.title, source.language, source.country) == ("Courier", "en", "MA")


def test_add_shows_what_it_would_do(run: Run, own: Path, site: str) -> None:
    before = own.read_text()

    shown = run("source", "add", f"{site}/", "--dry-run")

    assert own.read_text() == before
    assert "le-courrier:" in shown.stdout
    assert "nothing was changed" in shown.stderr


def test_add_tells_machines(run: Run, own: Path, site: str) -> None:
    facts = json.loads(run("source", "add", f"{site}/", "--json").stdout)

    assert (facts["source"], facts["added"]) == ("le-courrier", True)
    assert (facts["file"], facts["entries"]) == (str(own), 1)


KNOWN = {
    "as it is": f"{UNREACHABLE}/feed",
    "spelt differently": f"{UNREACHABLE.replace('http:', 'https:')}/feed/",
    "without its scheme": f"{UNREACHABLE.removeprefix('http://')}/feed?utm_source=x",
}


@pytest.mark.parametrize("url", KNOWN.values(), ids=KNOWN.keys())
def test_add_names_the_source_that_has_the_address(
    run: Run, own: Path, url: str
) -> None:
    shown = run("source", "add", url)

    assert shown.exit_code == 2
    assert "the source silent has this address already" in shown.stderr


def test_add_says_how_a_known_source_is_switched_on(run: Run, own: Path) -> None:
    shown = run("source", "add", f"{UNREACHABLE}/off")

    assert "idle: {enabled: true}" in shown.stderr


def test_add_refuses_a_name_that_is_taken(run: Run, own: Path, site: str) -> None:
    shown = run("source", "add", f"{site}/", "--slug", "silent")

    assert shown.exit_code == 2
    assert "--slug" in shown.stderr


@pytest.mark.parametrize(
    ("option", "value", "advice"),
    [
        ("--slug", "No", "small letters"),
        ("--language", "fr-FR", "language code"),
        ("--country", "ma", "two capitals"),
    ],
)
def test_add_refuses_a_value_that_settings_refuse(
    run: Run, own: Path, option: str, value: str, advice: str
) -> None:
    shown = run("source", "add", "https://site.example/", option, value)

    assert shown.exit_code == 2
    assert advice in shown.stderr


def test_add_needs_a_file_of_ones_own(run: Run, own: Path) -> None:
    own.unlink()

    shown = run("source", "add", f"{UNREACHABLE}/")

    assert shown.exit_code == 2
    assert "rekkas init" in shown.stderr


def test_add_fails_where_no_feed_is(run: Run, own: Path, site: str) -> None:
    before = own.read_text()

    shown = run("source", "add", f"{site}/nothing/")

    assert shown.exit_code == 1
    assert "no feed was found" in shown.stderr
    assert own.read_text() == before


def test_what_was_added_can_be_polled(run: Run, own: Path, site: str) -> None:
    run("source", "add", f"{site}/")

    line = json.loads(run("ingest", "le-courrier", "--json").stdout)

    assert (line["outcome"], line["new"]) == ("recorded", 1)


def test_the_group_lists_its_commands(run: Run) -> None:
    shown = run("source", "--help")

    assert shown.exit_code == 0
    assert all(
        name in shown.stdout for name in ("list", "discover", "add", "import", "export")
    )


def test_an_unknown_command_of_the_group_is_a_usage_error(run: Run) -> None:
    assert run("source", "remove").exit_code == 2


ARTICLES = "".join(
    f"<article class='card'><h2><a href='/news/{name}'>The headline of {name} is a "
    "sentence</a></h2></article>"
    for name in ("one", "two", "three", "four")
)
SITEMAP = (
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url>'
    "<loc>https://courier.example/news/a-school-opens</loc></url></urlset>"
)


@pytest.fixture
def feedless() -> Iterator[str]:
    """The address of a site that has articles and a sitemap, but no feed."""
    page = f"<!DOCTYPE html><html><body>{ARTICLES}</body></html>"
    pages = {"/": page.encode(), "/sitemap.xml": SITEMAP.encode()}
    with serving(feed_handler(pages)) as address:
        yield address


def test_discover_proposes_how_a_site_without_a_feed_is_read(
    run: Run, own: Path, feedless: str
) -> None:
    facts = json.loads(run("source", "discover", feedless, "--json").stdout)

    proposed, sitemap = facts["pages"][0], facts["sitemaps"][0]
    page = yaml.safe_load(proposed["yaml"])["sources"]
    assert facts["feeds"] == []
    assert proposed["titles"][0] == "The headline of one is a sentence"
    assert [source["kind"] for source in page.values()] == ["page"]
    assert (sitemap["url"], sitemap["entries"]) == (f"{feedless}/sitemap.xml", 1)


@pytest.mark.parametrize("kind", ["pages", "sitemaps"])
def test_what_is_proposed_can_be_configured(
    run: Run, own: Path, feedless: str, kind: str
) -> None:
    facts = json.loads(run("source", "discover", feedless, "--json").stdout)
    own.write_text(facts[kind][0]["yaml"])

    assert run("check").exit_code == 0


def test_discover_shows_what_it_proposes(run: Run, own: Path, feedless: str) -> None:
    shown = run("source", "discover", feedless)

    assert shown.exit_code == 0
    assert "no feed was found" in shown.stderr
    assert 'kind: "page"' in shown.stdout
    assert 'kind: "sitemap"' in shown.stdout


def test_add_leaves_it_to_the_operator_how_a_page_is_read(
    run: Run, own: Path, feedless: str
) -> None:
    shown = run("source", "add", feedless)

    assert shown.exit_code == 1
    assert f"rekkas source discover {feedless}" in shown.stderr


def test_a_host_that_asked_to_be_left_alone_is_by_the_next_search_too(
    run: Run, own: Path
) -> None:
    open_database(f"sqlite:///{own.parent}/rekkas.db").close()
    asked: list[str] = []

    class Busy(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(429)
            self.send_header("Retry-After", "3600")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Tests tell enough."""

    with serving(Busy) as address:
        first = run("source", "discover", address, "--json")
        second = run("source", "discover", address, "--json")

    assert len(asked) == 1
    assert json.loads(first.stdout)["failure"]["kind"] == "rate_limited"
    assert "left alone until" in json.loads(second.stdout)["failure"]["detail"]
