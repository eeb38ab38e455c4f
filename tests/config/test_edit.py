from __future__ import annotations

from pathlib import Path

import pytest

from config.edit import Edit, plan_edit, write_edit
from config.errors import EditError
from config.load import load_settings
from config.new_source import NewSource
from tests.config.factories import write_configuration

PAPER = NewSource(slug="paper", keys={"title": "P", "url": "https://paper.example/"})
TEXT = "# mine\nsources:\n  a: {url: 'https://a.example/'}\n"


def plan(path: Path | None, *sources: NewSource) -> Edit:
    loaded = load_settings(path, environ={"SECRET": "s3cr3t"})
    return plan_edit(loaded, sources or (PAPER,), environ={"SECRET": "s3cr3t"})


def test_a_planned_edit_changes_nothing_yet(tmp_path: Path) -> None:
    path = write_configuration(tmp_path, TEXT)

    edit = plan(path)

    assert path.read_text() == TEXT
    assert edit.added == '  paper:\n    title: "P"\n    url: "https://paper.example/"'


def test_a_written_edit_can_be_loaded(tmp_path: Path) -> None:
    path = write_configuration(tmp_path, TEXT)

    write_edit(plan(path))

    settings = load_settings(path, environ={}).settings
    assert path.read_text().startswith(TEXT)
    assert settings.sources["paper"].title == "P"
    assert list(tmp_path.iterdir()) == [path]


def test_what_shows_as_added_in_braces_is_their_line(tmp_path: Path) -> None:
    path = write_configuration(tmp_path, "sources: {a: {url: 'https://a.example/'}}\n")

    added = plan(path).added

    assert added.startswith("sources: {a: ")
    assert "paper: {" in added


def test_a_title_names_no_variable_of_the_environment(tmp_path: Path) -> None:
    path = write_configuration(tmp_path, TEXT)
    hostile = NewSource(slug="x", keys={**PAPER.keys, "title": "${SECRET} no # : {"})

    write_edit(plan(path, hostile))

    settings = load_settings(path, environ={"SECRET": "s3cr3t"}).settings
    assert settings.sources["x"].title == "${SECRET} no # : {"


def test_rights_stay_as_they_are(tmp_path: Path) -> None:
    path = write_configuration(tmp_path, TEXT)
    path.chmod(0o640)

    write_edit(plan(path))

    assert path.stat().st_mode & 0o777 == 0o640


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    kept = write_configuration(tmp_path, TEXT)
    link = tmp_path / "link.yaml"
    link.symlink_to(kept)

    write_edit(plan(link))

    assert link.is_symlink()
    assert "paper:" in kept.read_text()


def test_a_byte_order_mark_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "rekkas.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + TEXT.encode())

    write_edit(plan(path))

    assert path.read_bytes().startswith(b"\xef\xbb\xbf# mine\n")
    assert "paper" in load_settings(path, environ={}).settings.sources


def test_a_file_that_changed_meanwhile_is_left_alone(tmp_path: Path) -> None:
    path = write_configuration(tmp_path, TEXT)
    edit = plan(path)
    path.write_text(TEXT + "# later\n")

    with pytest.raises(EditError, match="changed meanwhile"):
        write_edit(edit)

    assert path.read_text() == TEXT + "# later\n"


def test_a_file_that_is_gone_is_named(tmp_path: Path) -> None:
    path = write_configuration(tmp_path, TEXT)
    edit = plan(path)
    path.unlink()

    with pytest.raises(EditError, match="no such file"):
        write_edit(edit)


def test_a_folder_that_takes_no_file_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_configuration(tmp_path, TEXT)
    edit = plan(path)

    def refuse(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("config.edit.os.fsync", refuse)
    with pytest.raises(EditError, match="No space left"):
        write_edit(edit)

    assert path.read_text() == TEXT
    assert list(tmp_path.iterdir()) == [path]


def test_the_shipped_configuration_is_never_edited() -> None:
    with pytest.raises(EditError, match="rekkas init"):
        plan(None)


def test_a_file_in_braces_is_left_to_the_operator(tmp_path: Path) -> None:
    path = write_configuration(tmp_path, "{sources: {}}")

    with pytest.raises(EditError, match="by hand"):
        plan(path)


def test_a_change_of_anything_else_is_refused(tmp_path: Path) -> None:
    # The text keeps its last lines, so that one more of them would change it.
    text = "topics:\n  t:\n    title: T\n    match: a\n    description: |+\n      D\n"
    path = write_configuration(tmp_path, text)

    with pytest.raises(EditError, match="something else"):
        plan(path)


def test_a_source_that_exists_is_not_written_over(tmp_path: Path) -> None:
    path = write_configuration(
        tmp_path, "include: [base.yaml]\n", base="sources: {paper: {url: 'http://b/'}}"
    )

    with pytest.raises(EditError, match="something else"):
        plan(path)


def test_a_source_that_is_none_is_refused(tmp_path: Path) -> None:
    path = write_configuration(tmp_path, TEXT)

    with pytest.raises(EditError, match="write an address"):
        plan(path, NewSource(slug="x", keys={"url": "ftp://x/"}))
