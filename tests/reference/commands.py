"""The page of commands: each with its arguments, its options, and how commands end."""

from __future__ import annotations

import inspect
from collections.abc import Iterator

import click

from rekkas.cli import cli
from rekkas.exit_code import ExitCode
from tests.reference.markdown import WRITTEN, table


def write_commands() -> str:
    """Every command as it is typed, and every code with which one ends."""
    return "\n".join((_HEAD, *map(_section, each_command()), _exit_codes()))


def each_command() -> Iterator[click.Context]:
    """Every command that does something by itself, below those that only group."""
    yield from _below(click.Context(cli, info_name="rekkas"))


def own_parameters(command: click.Command) -> list[click.Parameter]:
    """What a command takes beside what every command takes."""
    return [one for one in command.params if one.name != "config"]


def _below(context: click.Context) -> Iterator[click.Context]:
    group = context.command
    if not isinstance(group, click.Group):
        yield context
        return
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        yield from _below(click.Context(command, info_name=name, parent=context))


def _section(context: click.Context) -> str:
    command = context.command
    typed = " ".join((context.command_path, *command.collect_usage_pieces(context)))
    told = inspect.cleandoc(command.help or "")
    rows = [_row(one, context) for one in own_parameters(command)]
    taken = table(("it takes", "default", "meaning"), rows) if rows else ""
    lines = (f"## {context.command_path}\n", f"    {typed}\n", f"{told}\n", taken)
    return "\n".join(line for line in lines if line)


def _row(parameter: click.Parameter, context: click.Context) -> tuple[str, ...]:
    typed, default, bounds = parameter.make_metavar(context), "", ""
    if isinstance(parameter, click.Option):
        extra = parameter.get_help_extra(context)
        typed, _ = parameter.get_help_record(context) or ("", "")
        default, bounds = extra.get("default", ""), extra.get("range", "")
    default = "must be given" if parameter.required else default or "–"
    return typed, default, help_of(parameter) + (f" ({bounds})" if bounds else "")


def help_of(parameter: click.Parameter) -> str:
    """What the command's own help says of it."""
    return getattr(parameter, "help", None) or ""


def _exit_codes() -> str:
    rows = [(str(int(one)), one.meaning) for one in ExitCode]
    return (
        "## Exit codes\n\nScripts may rely on them; a trouble is told on stderr in a "
        "sentence.\n\n" + table(("code", "meaning"), rows)
    )


_HEAD = f"""\
# The commands

Every command takes `--config FILE`, before it or behind it, and `-h` or `--help`; \
`rekkas --version` says which
rekkas it is. What is asked for goes to stdout, everything else that is told to \
stderr; with `--json` stdout is JSON.

{WRITTEN}
"""
