"""Who is outside and remembers what was told: a reader of feeds, a subscriber."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from urllib.parse import parse_qs, urlsplit

import httpx
from lxml import etree

from tests.end_to_end.service import Service

TOPIC = "both"
FEEDS = (f"/topics/{TOPIC}.rss", f"/topics/{TOPIC}.atom", f"/topics/{TOPIC}.json")
_SECONDS_BETWEEN_LOOKS = 0.1
_ATOM = "{http://www.w3.org/2005/Atom}"


class Witness:
    """Every item that was told to anybody: its identity, and its title."""

    def __init__(self) -> None:
        self.told: dict[str, str] = {}
        self.contradictions: list[str] = []
        self.readings = self.deliveries = 0
        self._lock = threading.Lock()

    def note(self, document: bytes) -> None:
        """Remember what a feed tells; raises where it cannot be parsed."""
        with self._lock:
            for identity, title in read_items(document):
                if self.told.setdefault(identity, title) != title:
                    self.contradictions.append(f"{identity} was {title}")

    @property
    def titles(self) -> set[str]:
        """Every title that was told."""
        with self._lock:
            return set(self.told.values())

    def doubled(self) -> list[str]:
        """Titles that were told under more than one identity."""
        with self._lock:
            titles = list(self.told.values())
        return sorted({title for title in titles if titles.count(title) > 1})


def read_items(document: bytes) -> Iterator[tuple[str, str]]:
    """The identity and the title of each item of a feed, in whichever format it is."""
    if document.startswith(b"{"):
        for item in json.loads(document)["items"]:
            yield item["id"], item["title"]
        return
    tree = etree.fromstring(document)
    for item in tree.iter("item"):
        yield item.findtext("guid"), item.findtext("title")
    for entry in tree.iter(f"{_ATOM}entry"):
        yield entry.findtext(f"{_ATOM}id"), entry.findtext(f"{_ATOM}title")


@contextmanager
def reading(service: Service, witness: Witness) -> Iterator[None]:
    """Let somebody read every feed again and again, as long as the block runs."""
    is_over = threading.Event()
    failures: list[Exception] = []

    def read() -> None:
        with httpx.Client(base_url=service.base, trust_env=False) as client:
            while not is_over.wait(_SECONDS_BETWEEN_LOOKS):
                try:
                    _read_each(client, witness)
                except httpx.TransportError:  # not there yet, or killed on the way
                    continue
                except Exception as error:  # noqa: BLE001 - told when the block ends
                    failures.append(error)
                    return

    reader = threading.Thread(target=read, name="reader")
    reader.start()
    try:
        yield
    finally:
        is_over.set()
        reader.join()
    if failures:
        raise failures[0]


def _read_each(client: httpx.Client, witness: Witness) -> None:
    for path in FEEDS:
        answer = client.get(path)
        if answer.status_code == 200:
            witness.note(answer.content)
            witness.readings += 1


def subscriber(witness: Witness) -> type[BaseHTTPRequestHandler]:
    """A server that confirms what was subscribed to, and takes what is brought."""

    class Subscriber(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            query = parse_qs(urlsplit(self.path).query)
            self._answer(query.get("hub.challenge", [""])[0].encode())

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            witness.note(body)
            witness.deliveries += 1
            self._answer(b"")

        def _answer(self, body: bytes) -> None:
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    return Subscriber


def subscribe(service: Service, callback: str) -> None:
    """Ask the hub of the service to bring the news of the topic."""
    form = {
        "hub.mode": "subscribe",
        "hub.topic": f"{service.base}/topics/{TOPIC}.rss",
        "hub.callback": callback,
    }
    answer = service.client.post("/hub", data=form)
    assert answer.status_code == 202, answer.text
