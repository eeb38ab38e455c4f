"""The operator's file, watched while it changes."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from structlog.testing import capture_logs

from config.errors import Problem
from config.load import load_settings
from rekkas.reloading import Reloads

GOOD = "topics: {mali: {title: Mali, match: mali}}\n"
BETTER = "topics: {mali: {title: Mali, match: mali OR bamako}}\n"
BROKEN = "topics: {mali: {title: Mali, match: 'mali OR'}}\n"
SECONDS = 10


def reloads(path: Path, *, every: float = 0.01) -> Reloads:
    load = partial(load_settings, path, environ={})
    return Reloads(load(), load, every=every)


def replace(path: Path, text: str) -> None:
    """As editors do it: a new file takes the name."""
    other = path.with_suffix(".new")
    other.write_text(text)
    other.rename(path)


async def match_in_next(watched: Reloads) -> str:
    async with asyncio.timeout(SECONDS):
        return (await watched.next()).topics["mali"].match


async def test_a_changed_file_is_read_anew(tmp_path: Path) -> None:
    path = tmp_path / "rekkas.yaml"
    path.write_text(GOOD)
    watched = reloads(path)

    replace(path, BETTER)

    assert await match_in_next(watched) == "mali OR bamako"


async def test_so_is_a_file_that_it_includes(tmp_path: Path) -> None:
    path = tmp_path / "rekkas.yaml"
    path.write_text("include: [topics.yaml]\n")
    (tmp_path / "topics.yaml").write_text(GOOD)
    watched = reloads(path)

    (tmp_path / "topics.yaml").write_text(BETTER)

    assert await match_in_next(watched) == "mali OR bamako"


async def test_a_broken_file_is_told_of_once_and_read_when_it_is_mended(
    tmp_path: Path,
) -> None:
    path = tmp_path / "rekkas.yaml"
    path.write_text(GOOD)
    watched = reloads(path)
    replace(path, BROKEN)

    with capture_logs() as logs:
        waiting = asyncio.create_task(match_in_next(watched))
        while not logs:
            await asyncio.wait({waiting}, timeout=0.01)
        await asyncio.wait({waiting}, timeout=0.1)
        replace(path, BETTER)
        found = await waiting

    (told,) = logs
    assert told["event"] == "configuration_not_loaded"
    assert "topics.mali.match" in told["problems"][0]
    assert found == "mali OR bamako"


async def test_a_new_include_that_is_broken_is_watched_too(tmp_path: Path) -> None:
    path = tmp_path / "rekkas.yaml"
    path.write_text(GOOD)
    watched = reloads(path)
    more = tmp_path / "more.yaml"
    more.write_text(BROKEN)
    replace(path, "include: [more.yaml]\n")

    with capture_logs() as logs:
        waiting = asyncio.create_task(match_in_next(watched))
        while not logs:
            await asyncio.wait({waiting}, timeout=0.01)
        more.write_text(BETTER)

        assert await waiting == "mali OR bamako"


async def test_a_file_that_is_gone_changes_nothing_until_it_is_back(
    tmp_path: Path,
) -> None:
    path = tmp_path / "rekkas.yaml"
    path.write_text(GOOD)
    watched = reloads(path)
    path.unlink()

    with capture_logs() as logs:
        waiting = asyncio.create_task(match_in_next(watched))
        while not logs:
            await asyncio.wait({waiting}, timeout=0.01)
        path.write_text(BETTER)

        assert await waiting == "mali OR bamako"


async def test_who_asks_is_told_when_nothing_has_changed(tmp_path: Path) -> None:
    path = tmp_path / "rekkas.yaml"
    path.write_text(GOOD)
    watched = reloads(path, every=3600)

    with capture_logs() as logs:
        waiting = asyncio.create_task(match_in_next(watched))
        watched.ask()
        while not logs:
            await asyncio.wait({waiting}, timeout=0.01)
        replace(path, BETTER)
        watched.ask()

        assert await waiting == "mali OR bamako"
    assert [told["event"] for told in logs] == ["configuration_unchanged"]


async def test_the_problems_of_each_reading_are_told_and_kept_until_the_next(
    tmp_path: Path,
) -> None:
    path = tmp_path / "rekkas.yaml"
    path.write_text(GOOD)
    watched = reloads(path)
    told: asyncio.Queue[Sequence[Problem]] = asyncio.Queue()
    watched.watched_by(told.put_nowait)
    following = asyncio.create_task(match_in_next(watched))

    replace(path, BROKEN)
    async with asyncio.timeout(SECONDS):
        broken = await told.get()
    kept = watched.problems
    replace(path, BETTER)

    assert await following == "mali OR bamako"
    assert len(broken) == 1
    assert "rekkas.yaml:1" in str(broken[0])
    assert kept == tuple(broken)
    assert (told.get_nowait(), watched.problems) == ((), ())
