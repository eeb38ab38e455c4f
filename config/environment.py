"""The environment's values in the operator's texts: `${NAME}`, and `$${` for `${`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

_REFERENCE = re.compile(r"\$\$\{|\$\{([A-Za-z_][A-Za-z0-9_]*)\}|\$\{")


@dataclass(frozen=True, slots=True, kw_only=True)
class FilledText:
    """A text after its references were replaced, and what went wrong meanwhile."""

    text: str
    mistakes: tuple[str, ...]


def has_reference(text: str) -> bool:
    """Whether a value of the environment is to be put into the text."""
    return any(found[1] for found in _REFERENCE.finditer(text))


def fill_in(text: str, environ: Mapping[str, str]) -> FilledText:
    """The text with each `${NAME}` replaced by that variable of the environment."""
    mistakes: list[str] = []

    def replace(found: re.Match[str]) -> str:
        name = found[1]
        if found[0] == "$${":
            return "${"
        if name is None:
            mistakes.append("write ${NAME} with the name of a variable, or $${ for ${")
        elif name not in environ:
            mistakes.append(
                f"the environment has no variable {name}: set it, or write "
                f"$${{{name}}} if these very characters are meant"
            )
        else:
            return environ[name]
        return found[0]

    filled = _REFERENCE.sub(replace, text)
    return FilledText(text=filled, mistakes=tuple(mistakes))
