from __future__ import annotations

import gzip
import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import brotli
import pytest

from publish.errors import FolderRefusedError
from publish.rendered import Rendered, build_rendered
from publish.site_folder import open_folder
from publish.static_site import SiteReport, write_site

AT = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)
FEED, PAGE = "topics/mali.rss", "topics/mali/index.html"


def make_document(text: str = "short", at: datetime = AT) -> Rendered:
    return build_rendered(text.encode(), last_modified=at, media_type="text/plain")


def write(folder: Path, **texts: str) -> SiteReport:
    """Publish a feed and a page, or what is named in place of them."""
    files = {FEED: texts.pop("feed", "a feed"), PAGE: texts.pop("page", "a page")}
    return write_site(
        folder, [(path, make_document(text)) for path, text in (files | texts).items()]
    )


def files_of(folder: Path) -> dict[str, tuple[bytes, float]]:
    return {
        str(path.relative_to(folder)): (path.read_bytes(), path.stat().st_mtime)
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.startswith(".")
    }


def test_each_document_is_a_file_of_its_time(tmp_path: Path) -> None:
    report = write(tmp_path / "new" / "site")

    assert files_of(tmp_path / "new" / "site") == {
        FEED: (b"a feed", AT.timestamp()),
        PAGE: (b"a page", AT.timestamp()),
    }
    assert report == SiteReport(written=2, kept=0, removed=0)


def test_compressed_copies_stand_beside_with_the_same_time(tmp_path: Path) -> None:
    text = "a long feed " * 100

    write(tmp_path, feed=text)

    found = files_of(tmp_path)
    assert gzip.decompress(found[f"{FEED}.gz"][0]) == text.encode()
    assert brotli.decompress(found[f"{FEED}.br"][0]) == text.encode()
    assert {at for _, at in found.values()} == {AT.timestamp()}


def test_what_is_the_same_is_not_touched(tmp_path: Path) -> None:
    write(tmp_path)
    before = {path: path.stat() for path in tmp_path.rglob("*") if path.is_file()}

    report = write(tmp_path)

    assert report == SiteReport(written=0, kept=2, removed=0)
    for path, was in before.items():
        assert path.stat().st_ino == was.st_ino
        assert path.stat().st_mtime_ns == was.st_mtime_ns


def test_what_changed_is_written_anew_and_the_rest_is_kept(tmp_path: Path) -> None:
    write(tmp_path)
    page = (tmp_path / PAGE).stat().st_ino

    report = write(tmp_path, feed="news")

    assert (tmp_path / FEED).read_bytes() == b"news"
    assert (tmp_path / PAGE).stat().st_ino == page
    assert report == SiteReport(written=1, kept=1, removed=0)


def test_other_contents_of_one_moment_have_another_time(tmp_path: Path) -> None:
    times = set()
    for feed in ("one", "two", "six"):
        write(tmp_path, feed=feed)
        times.add((tmp_path / FEED).stat().st_mtime)

    assert times == {AT.timestamp(), AT.timestamp() + 1, AT.timestamp() + 2}


def test_a_file_that_grew_old_has_the_time_of_its_contents(tmp_path: Path) -> None:
    later = AT + timedelta(days=1)
    write(tmp_path)

    write_site(tmp_path, [(FEED, make_document("news", later))])

    assert (tmp_path / FEED).stat().st_mtime == later.timestamp()


def test_what_is_gone_is_taken_away_with_its_empty_folders(tmp_path: Path) -> None:
    write(tmp_path, feed="a long feed " * 100)

    report = write_site(tmp_path, [("index.html", make_document())])

    assert report == SiteReport(written=1, kept=0, removed=4)
    assert sorted(files_of(tmp_path)) == ["index.html"]
    assert not (tmp_path / "topics").exists()


def test_a_file_that_somebody_changed_or_lost_is_mended(tmp_path: Path) -> None:
    write(tmp_path)
    (tmp_path / FEED).write_bytes(b"spoilt")
    (tmp_path / PAGE).unlink()

    report = write(tmp_path)

    assert report.written == 2
    assert (tmp_path / FEED).read_bytes() == b"a feed"
    assert (tmp_path / PAGE).read_bytes() == b"a page"


def test_a_file_that_somebody_lost_needs_not_be_taken_away(tmp_path: Path) -> None:
    write(tmp_path)
    (tmp_path / FEED).unlink()
    (tmp_path / PAGE).unlink()
    (tmp_path / PAGE).parent.rmdir()

    report = write_site(tmp_path, [("index.html", make_document())])

    assert report.removed == 2


@pytest.mark.parametrize("path", [FEED, "notes.txt", "deep/er/notes.txt"])
def test_a_file_of_somebody_else_is_named_and_nothing_touched(
    tmp_path: Path, path: str
) -> None:
    (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / path).write_text("mine")

    with pytest.raises(FolderRefusedError, match=path):
        write(tmp_path)

    assert list(files_of(tmp_path)) == [path]
    assert (tmp_path / path).read_text() == "mine"


def test_a_file_of_somebody_else_is_refused_later_too(tmp_path: Path) -> None:
    write(tmp_path)
    (tmp_path / "notes.txt").write_text("mine")

    with pytest.raises(FolderRefusedError, match=r"notes\.txt"):
        write(tmp_path, feed="news")

    assert (tmp_path / FEED).read_bytes() == b"a feed"


def test_files_at_the_top_that_begin_with_a_dot_are_let_alone(tmp_path: Path) -> None:
    (tmp_path / ".well-known").mkdir()
    (tmp_path / ".well-known" / "token").write_text("mine")

    write(tmp_path)
    write_site(tmp_path, [])

    assert (tmp_path / ".well-known" / "token").read_text() == "mine"


LINKS = {
    "a link to a file in place of ours": FEED,
    "a link to a file anywhere": "topics/other",
    "a link to a folder in place of ours": "topics",
    "a link to a folder anywhere": "elsewhere",
}


@pytest.mark.parametrize("link", LINKS.values(), ids=LINKS)
@pytest.mark.parametrize("is_known", [False, True], ids=["at first", "later"])
def test_a_symbolic_link_is_refused(tmp_path: Path, link: str, is_known: bool) -> None:
    site, outside = tmp_path / "site", tmp_path / "outside"
    outside.mkdir()
    (outside / "mali.rss").write_text("mine")
    if is_known:
        write(site)
    place = site / link
    place.parent.mkdir(parents=True, exist_ok=True)
    if place.is_dir():
        place.rename(tmp_path / "aside")
    place.unlink(missing_ok=True)
    place.symlink_to(outside / "mali.rss" if place.suffix else outside)

    with pytest.raises(FolderRefusedError, match=link):
        write(site, feed="news")

    assert os.listdir(outside) == ["mali.rss"]  # noqa: PTH208 - names are enough
    assert (outside / "mali.rss").read_text() == "mine"


def test_a_link_that_comes_meanwhile_is_not_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()

    def documents() -> Iterator[tuple[str, Rendered]]:
        (tmp_path / "site" / "topics").symlink_to(outside)
        yield FEED, make_document()

    with pytest.raises(FolderRefusedError, match="in the way"):
        write_site(tmp_path / "site", documents())

    assert list(outside.iterdir()) == []


def test_stopped_anywhere_it_goes_on_the_next_time(tmp_path: Path) -> None:
    def stopped() -> Iterator[tuple[str, Rendered]]:
        yield FEED, make_document("a feed that is not in the list yet")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_site(tmp_path, stopped())
    (tmp_path / f"{FEED}.rekkas-part").write_bytes(b"ha")  # as a kill leaves it

    report = write(tmp_path)

    assert report == SiteReport(written=2, kept=0, removed=0)
    assert sorted(files_of(tmp_path)) == sorted([FEED, PAGE])


def test_what_was_stopped_and_is_gone_by_now_is_taken_away(tmp_path: Path) -> None:
    def stopped() -> Iterator[tuple[str, Rendered]]:
        yield "topics/old.rss", make_document()
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_site(tmp_path, stopped())

    write(tmp_path)

    assert not (tmp_path / "topics/old.rss").exists()


def test_one_at_a_time_publishes_into_a_folder(tmp_path: Path) -> None:
    with (
        open_folder(tmp_path),
        pytest.raises(FolderRefusedError, match="another rekkas publishes"),
    ):
        write(tmp_path)


@pytest.mark.parametrize("damage", [b"", b"[]", b"{", b'{"a": 1}', b"\xff"])
def test_without_its_list_a_folder_is_refused(tmp_path: Path, damage: bytes) -> None:
    write(tmp_path)
    (tmp_path / ".rekkas-site.json").write_bytes(damage)

    with pytest.raises(FolderRefusedError, match="is damaged"):
        write(tmp_path)


def test_a_file_in_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "site").write_text("mine")

    with pytest.raises(FolderRefusedError, match="is no folder"):
        write(tmp_path / "site")
