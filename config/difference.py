"""What a new configuration changes, in the operator's words.

Compares settings, not files: comments, order and includes make no difference.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from config.settings import Settings

_NAMED = ("sources", "topics", "searches", "tags")
_NOT_SETTINGS = "include"  # what it brings is compared, not where it comes from
_ONLY_AT_START = (
    "storage.url",
    "server.listen",
    "server.admin_listen",
    "server.max_connections",
    "fetch.reading",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """The names of a section that came, changed or went, each in alphabetical order."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """True if anything did."""
        return bool(self.added or self.changed or self.removed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What is other in the newer of two configurations.

    `sections` has the sections of named things in which something is; `keys` are the
    other keys whose values are, as `fetch.deadline`. Of these `at_restart` are those
    that a running service cannot take over.
    """

    sections: Mapping[str, Changed]
    keys: tuple[str, ...]

    @property
    def at_restart(self) -> tuple[str, ...]:
        """The keys that count from the next start on."""
        return tuple(key for key in self.keys if key.startswith(_ONLY_AT_START))

    def __bool__(self) -> bool:
        """True if anything is other."""
        return bool(self.sections or self.keys)


def compare(old: Settings, new: Settings) -> Difference:
    """What is other in the new settings."""
    sections = {
        name: _compare_named(getattr(old, name), getattr(new, name)) for name in _NAMED
    }
    return Difference(
        sections={name: changed for name, changed in sections.items() if changed},
        keys=tuple(sorted(_other_keys(old, new, ""))),
    )


def keep_until_restart(old: Settings, new: Settings) -> Settings:
    """The new settings, but for what a running service cannot take over."""
    server = new.server.model_copy(
        update={
            "listen": old.server.listen,
            "admin_listen": old.server.admin_listen,
            "max_connections": old.server.max_connections,
        }
    )
    fetch = new.fetch.model_copy(update={"reading": old.fetch.reading})
    return new.model_copy(
        update={"storage": old.storage, "server": server, "fetch": fetch}
    )


def _compare_named(old: Mapping[str, Any], new: Mapping[str, Any]) -> Changed:
    return Changed(
        added=tuple(sorted(new.keys() - old.keys())),
        changed=tuple(
            sorted(name for name in new.keys() & old.keys() if new[name] != old[name])
        ),
        removed=tuple(sorted(old.keys() - new.keys())),
    )


def _other_keys(old: BaseModel, new: BaseModel, path: str) -> Iterator[str]:
    """The paths of the values that differ, as far down as there are models."""
    for name in type(old).model_fields:
        if not path and name in (*_NAMED, _NOT_SETTINGS):
            continue
        before, after = getattr(old, name), getattr(new, name)
        if isinstance(before, BaseModel) and isinstance(after, BaseModel):
            yield from _other_keys(before, after, f"{path}{name}.")
        elif before != after:
            yield f"{path}{name}"
