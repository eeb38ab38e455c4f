"""The newcomer's way: the shipped configuration, no network, a reader, a stop."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import feedparser
import httpx
import pytest

from tests.end_to_end.service import (
    ROOT,
    Service,
    rekkas,
    running,
    write_configuration,
)

SEED = ROOT.parent / "shared" / "seeds" / "daily8-snapshot.txt"

LEAD = "Escalating tensions : Mali-Algeria border conflict analyzed"
UNHRC = "UNHRC criticizes Algeria for mass expulsions of sub-Saharan migrants"
PARLACEN = "Morocco and Algeria allies clash in PARLACEN over Western Sahara issue"
RWANDA = "Morocco, Rwanda Deepen Military Ties Amid Algeria's Provocations"

MATRIX = {
    "western-sahara": {PARLACEN, RWANDA},
    "mali-algeria": {LEAD},
    "migration": {UNHRC},
    "algeria-niger-expulsions": {UNHRC},
    "morocco-algeria": {LEAD, PARLACEN, RWANDA},
    "morocco-defence": {RWANDA},
    "morocco-rwanda": {RWANDA},
    "sahel-security": {LEAD},
    "human-rights": {UNHRC},
    "libya": set(),
    "tunisia": set(),
    "mauritania-senegal": set(),
}


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    folder = tmp_path_factory.mktemp("default")
    with running(folder, write_configuration(folder)) as started:
        started.wait_for("/topics/western-sahara.rss", RWANDA.split(",")[0])
        yield started


def titles(body: bytes) -> list[str]:
    return [entry.title for entry in feedparser.parse(body).entries]


@pytest.mark.parametrize("form", ["rss", "atom"])
@pytest.mark.parametrize("topic", MATRIX)
def test_each_topic_feed_holds_the_right_articles(
    service: Service, topic: str, form: str
) -> None:
    body = service.get(f"/topics/{topic}.{form}").content

    assert set(titles(body)) == MATRIX[topic]


def test_the_original_snapshot_gives_the_same_topics(tmp_path: Path) -> None:
    if not SEED.is_file():
        pytest.skip("the original snapshot belongs to its publishers and is not here")
    shutil.copy(SEED, tmp_path / "original.txt")
    path = write_configuration(
        tmp_path,
        sources={
            "daily8": {
                "kind": "snapshot",
                "path": "original.txt",
                "captured_at": "2025-06-22T12:00:00Z",
                "language": "en",
            }
        },
        include=["catalogue:maghreb", "catalogue:tags", "catalogue:topics"],
    )

    done = rekkas(tmp_path, "--config", str(path), "ingest", "daily8")
    with running(tmp_path, path) as started:
        started.wait_for("/health/live")
        found = {
            topic: set(titles(started.get(f"/topics/{topic}.atom").content))
            for topic in MATRIX
        }

    assert done.returncode == 0, done.stderr
    assert found == MATRIX


def test_items_say_their_source_date_and_tags(service: Service) -> None:
    feed = feedparser.parse(service.get("/topics/western-sahara.atom").content)

    by_title = {entry.title: entry for entry in feed.entries}
    entry = by_title[RWANDA]
    assert entry.source.title == "Morocco World News"
    assert entry.published.startswith("2025-06-19")
    assert {"western-sahara", "rwanda", "morocco"} <= {tag.term for tag in entry.tags}
    assert entry.id.startswith("tag:")


def test_the_lead_has_no_date_and_links_to_our_page(service: Service) -> None:
    (entry,) = feedparser.parse(
        service.get("/topics/mali-algeria.atom").content
    ).entries

    page = service.get(httpx.URL(entry.link).path)

    assert "published" not in entry
    assert page.status_code == 200
    assert LEAD in page.text


@pytest.mark.parametrize("form", ["rss", "atom"])
def test_a_second_visit_is_answered_304(service: Service, form: str) -> None:
    path = f"/topics/western-sahara.{form}"
    first = service.get(path)

    by_tag = service.get(path, If_None_Match=first.headers["etag"])
    by_date = service.get(path, If_Modified_Since=first.headers["last-modified"])

    assert (by_tag.status_code, by_tag.content) == (304, b"")
    assert by_date.status_code == 304


def test_the_index_offers_every_feed(service: Service) -> None:
    page = service.get("/").text

    for topic in MATRIX:
        assert f"/topics/{topic}.rss" in page


def test_the_opml_lists_every_topic(service: Service) -> None:
    body = service.get("/topics.opml").text

    for topic in MATRIX:
        assert f"/topics/{topic}." in body


def test_a_second_service_on_the_same_database_says_so(
    service: Service, tmp_path: Path
) -> None:
    folder = service.log.parent
    other = write_configuration(
        tmp_path, storage={"url": f"sqlite:///{folder / 'rekkas.db'}"}
    )

    done = rekkas(tmp_path, "run", "--config", str(other))

    assert done.returncode == 3
    assert "another rekkas service" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_port_in_use_is_named(service: Service, tmp_path: Path) -> None:
    listen = service.base.removeprefix("http://")
    other = write_configuration(tmp_path, server={"listen": listen})

    done = rekkas(tmp_path, "run", "--config", str(other))

    assert done.returncode == 2
    assert listen in done.stderr
    assert "server.listen" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_very_first_answer_holds_the_snapshot(tmp_path: Path) -> None:
    with running(tmp_path, write_configuration(tmp_path)) as started:
        first = started.wait_for("/topics/western-sahara.rss")

    assert set(titles(first.content)) == MATRIX["western-sahara"]


def test_sigterm_ends_the_service_in_time_and_in_peace(tmp_path: Path) -> None:
    with running(tmp_path, write_configuration(tmp_path)) as started:
        started.wait_for("/health/live")

        code = started.stop()

        assert code == 0
        assert "Traceback" not in started.log.read_text()


def test_a_restart_serves_the_same_bytes(tmp_path: Path) -> None:
    path = write_configuration(tmp_path)
    with running(tmp_path, path) as started:
        started.wait_for("/topics/western-sahara.atom", RWANDA.split(",")[0])
        before = {
            f"{topic}.{form}": started.get(f"/topics/{topic}.{form}")
            for topic in MATRIX
            for form in ("rss", "atom")
        }
        started.stop()

    with running(tmp_path, path) as started:
        started.wait_for("/health/live")
        after = {name: started.get(f"/topics/{name}") for name in before}

    for name, answer in before.items():
        assert after[name].content == answer.content
        assert after[name].headers["etag"] == answer.headers["etag"]
