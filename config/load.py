"""Files and environment -> Settings, or every problem with its place in a file.

Files are read after those they include, and count over them key by key: an operator
writes `sources: {yabiladi: {enabled: false}}` to switch off a source of the catalogue.
A file that is included twice is read once. Creates and changes nothing.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from config.errors import ConfigError, Problem
from config.findings import KeyPath
from config.layers import SQLITE, Layers, anchor_paths
from config.settings import Settings
from config.standard_places import configuration_places, database_place
from config.validation import validate
from config.yaml_tree.file import YamlFile
from config.yaml_tree.reader import read_yaml

CATALOGUE = Path(str(resources.files("config"))) / "catalogue"
MAX_FILE_BYTES = 64 * 1024 * 1024
_CATALOGUE_PREFIX = "catalogue:"


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadedSettings:
    """Sound settings and where they come from.

    `path` is the operator's file, None for the shipped default. `files` are all that
    were read, in the order in which later ones count over earlier ones.
    `from_environment` has the paths of values that may hold the operator's secrets.
    """

    settings: Settings
    path: Path | None
    files: tuple[Path, ...]
    from_environment: frozenset[KeyPath] = frozenset()


def find_configuration(
    explicit: Path | None, *, environ: Mapping[str, str], cwd: Path
) -> Path | None:
    """The operator's file, None where there is none and the shipped default serves.

    Raises:
        ConfigError: the file named by the command line or REKKAS_CONFIG is missing.
    """
    named = {"--config": explicit or "", "REKKAS_CONFIG": environ.get("REKKAS_CONFIG")}
    for origin, name in named.items():
        if name:
            return _named_configuration(cwd / name, origin)
    places = configuration_places(environ, cwd)
    return next((place for place in places if os.path.isfile(place)), None)  # noqa: PTH113  # unlike Path.is_file, False for a folder we may not enter


def _named_configuration(path: Path, origin: str) -> Path:
    if os.path.lexists(path):
        return path
    message = (
        f"{origin} names this file, which does not exist: `rekkas init` writes one"
    )
    raise ConfigError((Problem(file=str(path), message=message),))


def load_settings(
    path: Path | None, *, environ: Mapping[str, str], text: str | None = None
) -> LoadedSettings:
    """The settings of a file, of what it includes and of the environment.

    Paths in them are absolute, and so is the address of the database. None loads the
    shipped default. `text` is read in place of what the file holds, to see what a
    change would mean before it is made.

    Raises:
        ConfigError: with every problem of every file.
    """
    reader = _Reader(environ)
    reader.read_main(CATALOGUE / "default.yaml" if path is None else path, text)
    layers = Layers(reader.files)
    data = {**layers.merge(), "include": reader.includes}
    settings, findings = validate(
        data, written=layers.written, is_whole=reader.is_whole
    )
    problems = [*reader.problems, *map(layers.problem, findings)]
    if problems:
        raise ConfigError(tuple(sorted(problems, key=_place_of)))
    return LoadedSettings(
        settings=_with_database(settings, path, environ),
        path=path,
        files=tuple(Path(file.file) for file in reader.files),
        from_environment=frozenset(
            path for file in reader.files for path in file.from_environment
        ),
    )


def _place_of(problem: Problem) -> tuple[str, int, int]:
    return problem.file, problem.line or 0, problem.column or 0


def _with_database(
    settings: Settings, path: Path | None, environ: Mapping[str, str]
) -> Settings:
    if settings.storage.url is not None:
        return settings
    place = os.path.abspath(database_place(path, environ))  # noqa: PTH100  # keeps links
    storage = settings.storage.model_copy(update={"url": SQLITE + place})
    return settings.model_copy(update={"storage": storage})


class UnreadableError(Exception):
    """Why a file cannot be read, in the operator's words."""


class _Reader:
    """Reads a file and what it includes, each once, and notes what is wrong."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self.files: list[YamlFile] = []
        self.problems: list[Problem] = []
        self.includes: tuple[str, ...] = ()
        self.is_whole = True
        self._environ = environ
        self._read: set[Path] = set()

    def read_main(self, path: Path, text: str | None) -> None:
        """Read the operator's file or its new text, and before it all it includes.

        Raises:
            ConfigError: there is no such file, or it cannot be read.
        """
        try:
            self._read_file(_normalised(path), (), text)
        except UnreadableError as error:
            raise ConfigError((Problem(file=str(path), message=str(error)),)) from error

    def _read_file(
        self, path: Path, trail: tuple[Path, ...], text: str | None = None
    ) -> None:
        if path in trail:
            names = " → ".join(one.name for one in (*trail[trail.index(path) :], path))
            raise UnreadableError(f"the files include each other in a circle: {names}")
        if path in self._read:
            return
        if text is None:
            text = read_text(path)
        file = read_yaml(text, file=str(path), environ=self._environ)
        self._read.add(path)
        self.is_whole = self.is_whole and file.is_whole
        anchor_paths(file.data, path.parent)
        self._read_includes(file, (*trail, path))
        self.files.append(file)
        self.problems.extend(file.problems)

    def _read_includes(self, file: YamlFile, trail: tuple[Path, ...]) -> None:
        includes = tuple(_each_include(file))
        for at, name in includes:
            try:
                self._read_file(_included(name, trail[-1].parent), trail)
            except UnreadableError as error:
                self.is_whole = False
                _refuse_include(file, ("include", at), f"{error}")
        self.includes = tuple(name for _, name in includes)


def _each_include(file: YamlFile) -> Iterator[tuple[int, str]]:
    """The files that a file includes, with their place in its list."""
    includes = file.data.get("include")
    if includes is not None and not isinstance(includes, list):
        _refuse_include(file, ("include",), "write a list here, such as [one, two]")
        return
    for at, name in enumerate(includes or ()):
        if isinstance(name, str) and name:
            yield at, name
        else:
            _refuse_include(file, ("include", at), "write the path of a file")


def _refuse_include(file: YamlFile, path: tuple[str | int, ...], message: str) -> None:
    spot = file.find(path)
    file.refuse(path, message, spot.value_place if spot else (1, 1))


def _included(name: str, folder: Path) -> Path:
    if not name.startswith(_CATALOGUE_PREFIX):
        return _normalised(folder / name)
    known = {path.stem: path for path in sorted(CATALOGUE.glob("*.yaml"))}
    stem = name.removeprefix(_CATALOGUE_PREFIX)
    if stem not in known:
        raise UnreadableError(
            f"the catalogue has no such file, it has {', '.join(known)}"
        )
    return known[stem]


def _normalised(path: Path) -> Path:
    """One name for one file, without following links."""
    return Path(os.path.abspath(path))  # noqa: PTH100  # Path.resolve follows them


def read_text(path: Path) -> str:
    """The text of a file.

    Raises:
        UnreadableError: it is missing, no file, too large or not in UTF-8.
    """
    try:
        with path.open("rb") as file:
            content = file.read(MAX_FILE_BYTES + 1)
    except FileNotFoundError:
        raise UnreadableError("there is no such file") from None
    except OSError as error:
        raise UnreadableError(f"this cannot be read: {error.strerror}") from error
    if len(content) > MAX_FILE_BYTES:
        raise UnreadableError(f"this has more than {MAX_FILE_BYTES} bytes")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise UnreadableError(
            f"this is not UTF-8 text from line {line} on: save it as UTF-8"
        ) from error
