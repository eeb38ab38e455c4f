"""`rekkas source`: what is polled; the commands are imported when they are called."""

from __future__ import annotations

import click

from rekkas.cli import LazyGroup, config_option


@click.group(
    cls=LazyGroup,
    table={
        "list": (
            "rekkas.commands.source_list:list_sources",
            "List every configured source and how it fares.",
        ),
        "discover": (
            "rekkas.commands.source_discover:discover",
            "Find the feeds of a site.",
        ),
        "add": (
            "rekkas.commands.source_add:add",
            "Add the best feed of a site to your configuration.",
        ),
        "doctor": (
            "rekkas.commands.source_doctor:doctor",
            "Examine sources, and say what is wrong and what to do.",
        ),
        "import": (
            "rekkas.commands.source_import:import_list",
            "Add the sources of an OPML file.",
        ),
        "export": (
            "rekkas.commands.source_export:export_list",
            "Write the configured sources as OPML.",
        ),
        "wake": (
            "rekkas.commands.source_wake:wake",
            "Ask a source again that its publisher has given up.",
        ),
    },
)
@config_option
def source() -> None:
    """What is polled."""
