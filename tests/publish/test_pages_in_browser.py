"""Every page in headless Chromium: what axe finds, what overflows, what is loaded."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import pytest
import uvicorn
from starlette.types import ASGIApp

from config.search_expression import SearchLanguage
from config.settings import Settings
from publish.render import Renderer
from publish.search_desk import SearchDesk
from publish.web.app import build_app
from publish.web.search_endpoint import SearchEndpoint
from tests.publish.browser import CHROMIUM, Browser, open_browser
from tests.publish.fakes import make_beat

PAGES = {
    "the index": "/",
    "a topic": "/topics/western-sahara",
    "a part of a topic": "/topics/western-sahara?lang=ar&source=snapshot",
    "a part that is empty": "/topics/western-sahara?lang=de",
    "a topic without articles": "/topics/empty",
    "an article": "/articles/1",
    "an article in Arabic": "/articles/3",
    "a story": "/stories/1",
    "all feeds": "/feeds",
    "a tag": "/tags/mali",
    "all sources": "/sources",
    "a source": "/sources/paper",
    "a search": "/search?q=sahara",
    "a search with a mistake": "/search?q=(sahara",
    "a search before anything was asked": "/search",
    "what the service is": "/about",
}
FEEDS = {
    "RSS": ("/topics/western-sahara.rss", "item > title", "guid"),
    "Atom": ("/topics/western-sahara.atom", "entry > title", "entry > id"),
}
SCREENS = {
    "a desk in the light": (1280, "light"),
    "a desk in the dark": (1280, "dark"),
    "a phone in the light": (320, "light"),
    "a phone in the dark": (320, "dark"),
}
AXE = (files("axe_core_python") / "axe.min.js").read_text()
FINDINGS = """
axe.run(document, {resultTypes: ["violations"]}).then(found => found.violations.map(
  each => each.id + ": " + each.nodes.map(node => node.html).join(" | ")))
"""
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
DISPLAY = "getComputedStyle(document.querySelector('{}')).display"

pytestmark = pytest.mark.skipif(
    CHROMIUM is None, reason="Chromium is not installed (Debian: chromium)"
)


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    """The address of a service with articles in three languages."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        address = f"http://127.0.0.1:{listener.getsockname()[1]}"
        server = uvicorn.Server(
            uvicorn.Config(make_app(address), log_config=None, lifespan="off")
        )
        thread = threading.Thread(
            target=server.run, kwargs={"sockets": [listener]}, name="site"
        )
        thread.start()
        yield address
        server.should_exit = True
        thread.join()


def make_app(address: str) -> ASGIApp:
    """The whole application at an address of its own."""
    beat, articles = make_beat()
    here = replace(beat.addresses, base_url=f"{address}/")
    edition = replace(beat, addresses=here)
    search = SearchDesk(edition, articles, SearchLanguage(Settings()).read)
    return build_app(Renderer(edition, articles), SearchEndpoint(search))


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """A browser that is started once."""
    home: Path = tmp_path_factory.mktemp("chromium")
    with open_browser(home) as opened:
        yield opened


@pytest.mark.parametrize(("width", "scheme"), SCREENS.values(), ids=SCREENS)
@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
def test_axe_finds_nothing_and_nothing_overflows(
    site: str, browser: Browser, path: str, width: int, scheme: str
) -> None:
    browser.look(width=width, scheme=scheme)
    browser.open(site + path)

    browser.run(AXE)

    assert browser.run(FINDINGS) == []
    assert browser.run(OVERFLOW) == 0


def test_axe_would_find_a_missing_label(site: str, browser: Browser) -> None:
    browser.open(f"{site}/search")
    browser.run(AXE)

    browser.run("document.querySelectorAll('label').forEach(one => one.remove())")

    found = [each.partition(":")[0] for each in browser.run(FINDINGS)]
    assert "select-name" in found


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
def test_a_page_loads_its_stylesheet_and_nothing_else(
    site: str, browser: Browser, path: str
) -> None:
    browser.open(site + path)

    loaded = browser.run(
        "performance.getEntriesByType('resource').map(one => one.name)"
        ".filter(name => !name.endsWith('/favicon.ico'))"
    )

    assert loaded == [f"{site}/style.css"]
    assert browser.run("document.scripts.length") == 0


def test_the_keyboard_reaches_the_content_first(site: str, browser: Browser) -> None:
    browser.open(f"{site}/")

    first = browser.run("document.querySelector('a').getAttribute('href')")
    browser.run("document.querySelector('a').focus()")

    assert first == "#main"
    assert browser.run("document.activeElement.getBoundingClientRect().top") >= 0
    assert browser.run("document.querySelector('main').id") == "main"


def test_dark_pages_are_dark(site: str, browser: Browser) -> None:
    grounds = []
    for scheme in ("light", "dark"):
        browser.look(width=1280, scheme=scheme)
        browser.open(f"{site}/")
        grounds.append(browser.run("getComputedStyle(document.body).backgroundColor"))

    assert grounds == ["rgb(253, 252, 249)", "rgb(25, 24, 22)"]


@pytest.mark.parametrize(("path", "shown", "hidden"), FEEDS.values(), ids=FEEDS)
def test_a_feed_is_bearable(
    site: str, browser: Browser, path: str, shown: str, hidden: str
) -> None:
    browser.look(width=320)
    browser.open(site + path)

    assert browser.run("document.contentType") == "application/xml"
    assert browser.run(DISPLAY.format(shown)) == "block"
    assert browser.run(DISPLAY.format(hidden)) == "none"
    assert browser.run(OVERFLOW) == 0
