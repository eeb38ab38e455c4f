"""Where the service says what it does: on stderr, one event a line."""

from __future__ import annotations

import logging
import sys

import structlog


def configure_logs() -> None:
    """Text on a terminal, JSON lines otherwise; times are UTC."""
    renderer: structlog.typing.Processor = structlog.processors.JSONRenderer()
    if sys.stderr.isatty():
        renderer = structlog.dev.ConsoleRenderer()
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            renderer,
        ],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
    # What libraries have to say is shown from warnings on, without their own form.
    logging.basicConfig(level=logging.WARNING, format="%(name)s: %(message)s")
    # A closed connection of a reader is no event of ours.
    logging.getLogger("uvicorn.error").setLevel(logging.ERROR)
    logging.getLogger("apscheduler").setLevel(logging.ERROR)
