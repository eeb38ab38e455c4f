"""What can be wrong with a configuration.

ConfigError          every problem of one configuration, all at once
  .problems          Problem: where (file, line, column, key) and what
ExpressionError      a topic expression that does not parse, with its column
EditError            a change of the operator's file that was not made
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One mistake of the operator's: where it stands, what is wrong, what would do.

    `line` and `column` count from 1; None where a whole file is meant.
    """

    file: str
    message: str
    key: str = ""
    line: int | None = None
    column: int | None = None

    def __str__(self) -> str:
        """The form editors jump to: `file:line:column: key: message`."""
        return self._told(self.file, self.message)

    @property
    def place(self) -> str:
        """Where it stands, `name:line:column: key`: of what is written there nothing.

        A message may repeat what is written, and that may be a secret.
        """
        return self._told(PurePath(self.file).name)

    def _told(self, file: str, message: str = "") -> str:
        place = ":".join(str(part) for part in (file, self.line, self.column) if part)
        return ": ".join(part for part in (place, self.key, message) if part)


class ConfigError(Exception):
    """A configuration that cannot be used; nothing was started."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


class ExpressionError(Exception):
    """A topic expression that does not parse.

    `column` counts characters of the expression from 1.
    """

    def __init__(self, message: str, *, column: int) -> None:
        super().__init__(message)
        self.message = message
        self.column = column


class EditError(Exception):
    """The operator's file was not changed; the message says why and what to do."""
