"""What commands have in common: the configuration, the store, the way out."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from difflib import get_close_matches
from pathlib import Path

import click

from config.errors import ConfigError
from config.load import LoadedSettings, find_configuration, load_settings
from config.settings import Settings
from rekkas.exit_code import ExitCode
from store.article import ArticleId
from store.database.engine import Database
from store.database.upgrade import is_recorded, open_database
from store.errors import StoreError
from store.library import Library


class Trouble(click.ClickException):
    """A sentence for the operator and the exit code that goes with it."""

    def __init__(self, message: str, *, exit_code: ExitCode) -> None:
        super().__init__(message)
        self.exit_code = exit_code  # type: ignore[misc] # click's is a class variable


def load() -> LoadedSettings:
    """The settings of the operator's file, or the end of the command."""
    explicit = click.get_current_context().find_root().obj
    try:
        path = find_configuration(explicit, environ=os.environ, cwd=Path.cwd())
        return load_settings(path, environ=os.environ)
    except ConfigError as error:
        raise mistakes(error) from error


def mistakes(error: ConfigError) -> Trouble:
    """The end of a command over a configuration, each mistake of which is printed."""
    for problem in error.problems:
        click.echo(str(problem), err=True)
    count = len(error.problems)
    return Trouble(
        f"the configuration has {count} mistake{'s' if count > 1 else ''}; "
        "nothing was started",
        exit_code=ExitCode.USAGE,
    )


@contextmanager
def stored(loaded: LoadedSettings) -> Iterator[Database]:
    """The open database; its troubles end the command."""
    url = str(loaded.settings.storage.url)
    with storage_troubles(), open_database(url) as database:
        yield database


@contextmanager
def recorded(loaded: LoadedSettings) -> Iterator[Library | None]:
    """What is recorded, None where nothing is yet: looking makes no database."""
    with database_if_any(loaded.settings) as database:
        yield Library(database) if database else None


@contextmanager
def database_if_any(settings: Settings) -> Iterator[Database | None]:
    """The open database, None where there is none: none is made."""
    url = str(settings.storage.url)
    with storage_troubles():
        if not is_recorded(url):
            yield None
            return
        with open_database(url) as database:
            yield database


@contextmanager
def storage_troubles() -> Iterator[None]:
    """Let trouble with the database end the command with its own exit code."""
    try:
        yield
    except StoreError as error:
        raise Trouble(str(error), exit_code=ExitCode.STORAGE) from error


def refuse_unknown(name: str, known: list[str], *, what: str) -> None:
    """End the command where a name is not configured, with the nearest that is."""
    if name in known:
        return
    near = get_close_matches(name, known, n=1)
    hint = f"did you mean {near[0]}?" if near else f"`rekkas {what} list` names them"
    raise Trouble(f"there is no {what} {name}: {hint}", exit_code=ExitCode.USAGE)


article_argument = click.argument(
    "name", metavar="ARTICLE", help="Its number, its uid, its tag: URI or its link."
)


def find_article(library: Library, written: str) -> ArticleId:
    """The article that the operator names; one that is not there ends the command."""
    number = library.find_named(written)
    if number is None:
        raise no_article(written)
    return number


def no_article(written: str) -> Trouble:
    """That the article which the operator names is not, or no longer, there."""
    return Trouble(
        f"there is no article {written}: name it by its number, which ends the "
        "address of its page, by its uid or tag: URI, or by its link",
        exit_code=ExitCode.USAGE,
    )


def utc_now() -> datetime:
    """The present, aware UTC."""
    return datetime.now(UTC)
