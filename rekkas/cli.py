"""The command line: names of commands, and how each kind of trouble ends.

The codes with which commands end are `exit_code`.
Commands are imported when they are called, so that `rekkas --help` starts at once.
"""

from __future__ import annotations

import io
import sys
from importlib import import_module
from importlib.metadata import version
from pathlib import Path

import click

from rekkas.exit_code import ExitCode


def _remember(
    context: click.Context,
    parameter: click.Parameter,  # noqa: ARG001 - click's signature
    path: Path | None,
) -> None:
    if path is not None:
        context.find_root().obj = path


config_option = click.option(
    "--config",
    type=click.Path(path_type=Path),
    metavar="FILE",
    expose_value=False,
    callback=_remember,
    help="The configuration; stands before or after the command.",
)
"""Takes the operator's file and leaves it with the outermost context."""


class LazyGroup(click.Group):
    """A group that knows its commands by name and help line, and imports them late.

    A line of `table` is the command's name, the module and object that hold it, and
    its help.
    """

    def __init__(self, *, table: dict[str, tuple[str, str]], **options: object) -> None:
        super().__init__(**options)  # type: ignore[arg-type] # click's own options
        self._table = table

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's
        """The names in the order of the table."""
        return list(self._table)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's
        """The command of this name, imported now."""
        if cmd_name not in self._table:
            return None
        module, _, name = self._table[cmd_name][0].partition(":")
        command = getattr(import_module(module), name)
        assert isinstance(command, click.Command)  # noqa: S101 - our own table
        return command

    def format_commands(
        self,
        ctx: click.Context,  # noqa: ARG002 - click's signature
        formatter: click.HelpFormatter,
    ) -> None:
        """The list of commands, without importing one."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, row[1]) for name, row in self._table.items()])


@click.group(
    cls=LazyGroup,
    table={
        "init": ("rekkas.commands.init:init", "Write a configuration to start from."),
        "check": ("rekkas.commands.check:check", "Name every mistake of it."),
        "plan": ("rekkas.commands.plan:plan", "Show what a new one would change."),
        "schema": ("rekkas.commands.schema:schema", "Describe it as JSON Schema."),
        "run": ("rekkas.commands.run:run", "Poll, publish and serve, until stopped."),
        "schedule": ("rekkas.commands.parts:schedule", "Offer polls to workers."),
        "worker": ("rekkas.commands.parts:worker", "Make polls that are offered."),
        "serve": ("rekkas.commands.parts:serve", "Serve readers, and poll nothing."),
        "reload": ("rekkas.commands.reload:reload", "Let the service read it anew."),
        "publish": ("rekkas.commands.publish:publish", "Write all of it as files."),
        "ingest": ("rekkas.commands.ingest:ingest", "Poll sources once, now."),
        "source": ("rekkas.commands.source:source", "What is polled."),
        "topic": ("rekkas.commands.topic:topic", "What is published."),
        "search": ("rekkas.commands.search:search", "Find articles by expression."),
        "article": ("rekkas.commands.article:article", "What is kept."),
        "db": ("rekkas.commands.db:db", "Look after the database."),
        "export": ("rekkas.commands.transfer:export_database", "Write it as lines."),
        "import": ("rekkas.commands.transfer:import_database", "Read such lines."),
        "replay": ("rekkas.commands.replay:replay", "Read kept answers again."),
        "status": ("rekkas.commands.status:status", "How sources and topics fare."),
    },
    context_settings={"help_option_names": ["-h", "--help"]},
)
@config_option
@click.version_option(version("rekkas"), prog_name="rekkas")
def cli() -> None:
    """Poll news sources, keep every article once, publish topic feeds."""


def main() -> None:
    """Run a command; whatever an operator can cause ends in a sentence and a code."""
    _write_whatever_comes()
    try:
        code = cli(standalone_mode=False)
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except (click.Abort, KeyboardInterrupt):
        code = ExitCode.INTERRUPTED
    except SystemExit:
        # click and rich leave in this way when nobody reads what they write.
        code = ExitCode.PIPE_CLOSED
    sys.exit(code if isinstance(code, int) else ExitCode.DONE)


def _write_whatever_comes() -> None:
    """Let no name of a file and no Arabic title break output in an old locale."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
