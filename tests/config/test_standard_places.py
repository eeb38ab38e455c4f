from collections.abc import Mapping
from pathlib import Path

import pytest

from config.standard_places import configuration_places, database_place

CWD = Path("/work")

CONFIGURATIONS: dict[str, tuple[Mapping[str, str], list[str]]] = {
    "a user without settings of her own": (
        {"HOME": "/home/ada"},
        ["/work", "/home/ada/.config/rekkas", "/etc/xdg/rekkas", "/etc/rekkas"],
    ),
    "folders named by the environment": (
        {"XDG_CONFIG_HOME": "/c", "XDG_CONFIG_DIRS": "/x:/y"},
        ["/work", "/c/rekkas", "/x/rekkas", "/y/rekkas", "/etc/rekkas"],
    ),
    "relative folders are ignored": (
        {"HOME": "/h", "XDG_CONFIG_HOME": "c", "XDG_CONFIG_DIRS": "x"},
        ["/work", "/h/.config/rekkas", "/etc/rekkas"],
    ),
    "nobody's home": ({}, ["/work", "/etc/xdg/rekkas", "/etc/rekkas"]),
}


@pytest.mark.parametrize(
    ("environ", "folders"), CONFIGURATIONS.values(), ids=CONFIGURATIONS.keys()
)
def test_configurations_are_looked_for(
    environ: Mapping[str, str], folders: list[str]
) -> None:
    places = configuration_places(environ, CWD)

    assert [str(place) for place in places] == [f"{one}/rekkas.yaml" for one in folders]


DATABASES: dict[str, tuple[str | None, Mapping[str, str], str]] = {
    "the service's state folder comes first": (
        "/etc/rekkas/rekkas.yaml",
        {"STATE_DIRECTORY": "/var/lib/one:/var/lib/two"},
        "/var/lib/one/rekkas.db",
    ),
    "beside the operator's file": ("/ops/my.yaml", {"HOME": "/h"}, "/ops/rekkas.db"),
    "the user's state folder": (
        None,
        {"XDG_STATE_HOME": "/s", "HOME": "/h"},
        "/s/rekkas/rekkas.db",
    ),
    "the home folder": (None, {"HOME": "/h"}, "/h/.local/state/rekkas/rekkas.db"),
    "the system's, for nobody": (None, {}, "/var/lib/rekkas/rekkas.db"),
}


@pytest.mark.parametrize(
    ("configuration", "environ", "expected"), DATABASES.values(), ids=DATABASES.keys()
)
def test_articles_are_kept(
    configuration: str | None, environ: Mapping[str, str], expected: str
) -> None:
    path = None if configuration is None else Path(configuration)

    assert database_place(path, environ) == Path(expected)
