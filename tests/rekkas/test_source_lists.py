from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from config.load import load_settings
from config.source_settings import (
    FeedSource,
    SourceSettings,
)
from ingest.lists.opml import parse_opml
from rekkas.cli import cli
from tests.cost import measured
from tests.rekkas.conftest import Run

LISTS = Path(__file__).parents[1] / "opml"
FOLDERS = str(LISTS / "opml-1-with-folders.opml")
ODD = str(LISTS / "outlines-of-every-other-kind.opml")


@pytest.fixture
def own(folder: Path) -> Path:
    """The operator's file, with one source of the lists in it."""
    path = folder / "rekkas.yaml"
    path.write_text(
        "# my sources\n"
        "sources:\n"
        "  facteur: {url: 'https://www.facteur.example/feed/', enabled: false}\n"
    )
    return path


def sources_of(path: Path, **environ: str) -> dict[str, SourceSettings]:
    return dict(load_settings(path, environ=environ).settings.sources)


def test_import_adds_the_sources_with_their_folders(run: Run, own: Path) -> None:
    before = own.read_text()

    shown = run("source", "import", FOLDERS)

    source = sources_of(own)["le-courrier-d-alger"]
    assert shown.exit_code == 0, shown.output
    assert own.read_text().startswith(before)
    assert (source.title, source.categories) == (
        "Le courrier d'Alger",
        ("Maghreb/Algérie",),
    )


def test_import_names_what_is_known(run: Run, own: Path) -> None:
    shown = run("source", "import", FOLDERS)

    assert "Le facteur: the source facteur has this address already" in shown.stderr
    assert "new sources: 1; known already: 1" in shown.stderr
    assert "le-facteur" not in own.read_text()


def test_import_names_what_is_left_out_and_why(run: Run, own: Path) -> None:
    shown = run("source", "import", ODD)

    assert shown.exit_code == 0
    assert "Page: left out, it names no feed" in shown.stderr
    assert "private.example" in shown.stderr
    assert "s3cr3t" not in shown.output
    assert "good" in sources_of(own)


def test_importing_again_changes_nothing(run: Run, own: Path) -> None:
    run("source", "import", FOLDERS)
    once = own.read_text()

    shown = run("source", "import", FOLDERS)

    assert shown.exit_code == 0
    assert "new sources: 0; known already: 2" in shown.stderr
    assert own.read_text() == once


def test_import_shows_what_it_would_do(run: Run, own: Path) -> None:
    before = own.read_text()

    shown = run("source", "import", FOLDERS, "--dry-run")

    assert own.read_text() == before
    assert "le-courrier-d-alger:" in shown.stdout
    assert "would get new sources: 1" in shown.stderr


def test_import_tells_machines(run: Run, own: Path) -> None:
    facts = json.loads(run("source", "import", ODD, "--json", "--dry-run").stdout)

    assert [one["source"] for one in facts["added"]] == ["good"]
    assert facts["left_out"][0] == {"title": "Empty", "reason": "its xmlUrl is empty"}
    assert (facts["changed"], facts["known"]) == (False, [])


def test_import_says_that_a_list_is_damaged(run: Run, own: Path) -> None:
    shown = run("source", "import", str(LISTS / "damaged.opml"))

    assert shown.exit_code == 0
    assert "no well-formed XML" in shown.stderr
    assert "radio" in sources_of(own)


def test_import_reads_stdin(own: Path) -> None:
    body = Path(FOLDERS).read_bytes()

    shown = CliRunner().invoke(cli, ("source", "import", "-"), input=body)

    assert shown.exit_code == 0
    assert "le-courrier-d-alger" in sources_of(own)


def test_a_list_of_which_nothing_can_be_used_fails(run: Run, own: Path) -> None:
    (own.parent / "x.opml").write_text(
        "<opml version='2.0'><body><outline text='x' xmlUrl=''/></body></opml>"
    )

    assert run("source", "import", "x.opml").exit_code == 1


UNUSABLE = {
    "that is missing": (None, "No such file"),
    "that is a page": (b"<!DOCTYPE html><html></html>", "HTML page"),
    "that is a bomb": ((LISTS / "bomb.opml").read_bytes(), "entities"),
    "that is too large": (b" " * 2000, "larger than 1,024 bytes"),
}


@pytest.mark.parametrize(("body", "reason"), UNUSABLE.values(), ids=UNUSABLE.keys())
def test_a_file_is_refused(
    run: Run, own: Path, body: bytes | None, reason: str
) -> None:
    own.write_text(own.read_text() + "fetch: {max_body_bytes: 1024}\n")
    if body is not None:
        (own.parent / "x.opml").write_bytes(body)

    shown = run("source", "import", "x.opml")

    assert shown.exit_code == 2
    assert reason in shown.stderr
    assert "x.opml" in shown.stderr


def test_import_needs_a_file_of_ones_own(run: Run, own: Path) -> None:
    own.unlink()

    shown = run("source", "import", FOLDERS)

    assert shown.exit_code == 2
    assert "rekkas init" in shown.stderr


def test_ten_thousand_sources_are_imported(run: Run, own: Path) -> None:
    outlines = "".join(
        f"<outline text='Paper {n}' xmlUrl='https://{n}.example/feed'/>"
        for n in range(10_000)
    )
    (own.parent / "x.opml").write_text(f"<opml><body>{outlines}</body></opml>")

    with measured() as cost:
        shown = run("source", "import", "x.opml")

    assert shown.exit_code == 0
    assert "new sources: 10000" in shown.stderr
    assert cost.seconds < 60


def test_export_can_be_imported_again(run: Run, own: Path) -> None:
    run("source", "import", FOLDERS)
    run("source", "import", str(LISTS / "opml-2-with-every-attribute.opml"))
    before = sources_of(own)
    run("source", "export", "--all", "--output", "out.opml")
    own.write_text("{}\n".replace("{}", "# empty"))

    shown = run("source", "import", "out.opml")

    after = {source.url: source for source in feeds(sources_of(own))}
    assert shown.exit_code == 0
    assert after.keys() == {source.url for source in feeds(before)}
    for source in feeds(before):
        again = after[source.url]
        assert (again.title, again.categories) == (
            source.title or "facteur",
            source.categories,
        )
        assert (again.home, again.language) == (source.home, source.language)


def feeds(sources: dict[str, SourceSettings]) -> list[FeedSource]:
    return [one for one in sources.values() if isinstance(one, FeedSource)]


def test_export_leaves_out_what_is_switched_off_unless_told(
    run: Run, own: Path
) -> None:
    some = parse_opml(run("source", "export").stdout_bytes)
    every = parse_opml(run("source", "export", "--all").stdout_bytes)

    assert some.sources == ()
    assert [source.title for source in every.sources] == ["facteur"]


def test_no_secret_leaves_with_an_export(
    run: Run, own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TOKEN", "s3cr3t")
    sources = {
        "named": {"url": "https://me:s3cr3t@named.example/feed", "home": None},
        "token": {"url": "https://token.example/feed?key=${TOKEN}"},
        "plain": {"url": "https://plain.example/feed"},
    }
    own.write_text(yaml.safe_dump({"sources": sources}))

    shown = run("source", "export")

    listed = parse_opml(shown.stdout_bytes).sources
    assert [source.url for source in listed] == [
        "https://named.example/feed",
        "https://plain.example/feed",
    ]
    assert "s3cr3t" not in shown.output
    assert "with a secret in their address: 1" in shown.stderr


def test_export_names_a_file_it_cannot_write(run: Run, own: Path) -> None:
    shown = run("source", "export", "--output", "no/such/folder/x.opml")

    assert shown.exit_code == 2
    assert "cannot be written" in shown.stderr


def test_the_shipped_sources_can_be_exported(run: Run, own: Path) -> None:
    own.unlink()

    shown = run("source", "export", "--all")

    urls = [source.url for source in parse_opml(shown.stdout_bytes).sources]
    assert "https://www.yabiladi.com/rss/news.xml" in urls
