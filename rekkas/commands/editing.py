"""What commands that change the operator's file have in common."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import click

from config.edit import Edit, own_file, plan_edit, write_edit
from config.errors import EditError
from config.load import LoadedSettings
from config.new_source import NewSource
from config.sentences import PATTERN_SENTENCES
from rekkas.commands.shared import Trouble
from rekkas.exit_code import ExitCode


class Matching(click.ParamType[str]):
    """Text of a pattern of the settings; refused with the sentence that they have."""

    name = "text"

    def __init__(self, pattern: str) -> None:
        self._pattern = pattern

    def convert(
        self, value: str, param: click.Parameter | None, ctx: click.Context | None
    ) -> str:
        """The text, where it matches."""
        if re.match(self._pattern, value) is None:
            self.fail(PATTERN_SENTENCES[self._pattern], param, ctx)
        return value


@contextmanager
def editing() -> Iterator[None]:
    """Let a change that cannot be made end the command."""
    try:
        yield
    except EditError as error:
        raise Trouble(str(error), exit_code=ExitCode.USAGE) from error


def refuse_shipped(loaded: LoadedSettings) -> None:
    """End the command early where there is no file that could be added to."""
    with editing():
        own_file(loaded)


def add_sources(
    loaded: LoadedSettings, sources: Sequence[NewSource], *, dry_run: bool
) -> Edit:
    """The change that adds these sources, made unless it is only to be seen."""
    with editing():
        edit = plan_edit(loaded, sources, environ=os.environ)
        if not dry_run:
            write_edit(edit)
    return edit
