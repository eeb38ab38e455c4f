"""What `deploy/` says agrees with the code, with itself, and with what judges it."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from configparser import ConfigParser
from pathlib import Path
from typing import Any

import pytest
import yaml
from click import Context

from config.load import load_settings
from ingest.fetch.outcome import FailureKind
from ingest.pace.health import Condition
from rekkas.cli import cli
from rekkas.seeing.figures import Figures
from rekkas.seeing.request_tally import RequestTally
from rekkas.seeing.requests import KINDS
from tests.factories import NOW

PARTS = {"schedule", "worker", "serve"}
ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
FIGURE = re.compile(r"\b(?:rekkas|process)_[a-z_]+\b")
LABELS = re.compile(r'([a-z]+)(?:=~|=)"([^"]*)"')
VALUES = {
    "health": {one.value for one in Condition},
    "failure": {one.value for one in FailureKind},
    "kind": {*KINDS, "read", "write"},
    "outcome": {
        *("recorded", "not_modified", "failed", "postponed", "not_kept"),
        *("new", "revised", "duplicates"),
        *("delivered", "dropped", "good", "broken"),
    },
    "job": {"rekkas"},
}
MOST_EXPOSED = 2.0


def rules() -> list[dict[str, Any]]:
    document = yaml.safe_load((DEPLOY / "prometheus/rules.yaml").read_text())
    return [rule for group in document["groups"] for rule in group["rules"]]


def panels() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(
        (DEPLOY / "grafana/rekkas.json").read_text()
    )["panels"]
    return found


def expressions() -> Iterator[tuple[str, str]]:
    """Every expression with the name of what it is for."""
    for rule in rules():
        yield rule["alert"], rule["expr"]
    for panel in panels():
        for target in panel["targets"]:
            yield panel["title"], target["expr"]


EXPRESSIONS = list(expressions())
IDS = [f"{name}: {expression}" for name, expression in EXPRESSIONS]


@pytest.mark.parametrize("expression", [one for _, one in EXPRESSIONS], ids=IDS)
def test_an_expression_names_figures_and_labels_that_there_are(
    expression: str,
) -> None:
    known = Figures(RequestTally(KINDS), started_at=NOW).names()

    named = set(FIGURE.findall(expression)) or {"up"} & set(expression.split("{"))
    labels = [
        (name, value)
        for name, written in LABELS.findall(expression)
        if name in VALUES
        for value in written.split("|")
    ]

    assert named
    assert named - {"up"} <= known
    assert all(value in VALUES[name] for name, value in labels)
    for opening, closing in ("()", "[]", "{}"):
        assert expression.count(opening) == expression.count(closing)
    assert expression.count('"') % 2 == 0


def test_every_alert_says_what_is_wrong_and_how_bad_it_is() -> None:
    for rule in rules():
        assert rule["annotations"]["summary"], rule["alert"]
        assert rule["labels"]["severity"] in {"critical", "warning"}, rule["alert"]

    names = [rule["alert"] for rule in rules()]
    assert len(names) == len(set(names))


def test_every_figure_of_ours_is_on_the_dashboard_or_in_an_alert() -> None:
    figures = Figures(RequestTally(KINDS), started_at=NOW).describe()
    shown = " ".join(expression for _, expression in EXPRESSIONS)
    variables = (DEPLOY / "grafana/rekkas.json").read_text()

    unseen = {
        name
        for name, _, _ in figures
        if name not in shown and name not in variables and "start_time" not in name
    }

    assert unseen <= {"rekkas_configuration_loads_total"}  # is_current says it


def test_panels_lie_side_by_side() -> None:
    places = [panel["gridPos"] for panel in panels()]
    cells = [
        (x, y)
        for one in places
        for x in range(one["x"], one["x"] + one["w"])
        for y in range(one["y"], one["y"] + one["h"])
    ]

    assert len(cells) == len(set(cells))
    assert max(x for x, _ in cells) < 24


def test_the_unit_exposes_little() -> None:
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd-analyze is not installed here")

    said = subprocess.run(
        [
            *("systemd-analyze", "security", "--offline=true", "--no-pager"),
            str(DEPLOY / "rekkas.service"),
        ],
        capture_output=True,
        text=True,
        check=False,
    ).stdout
    level = re.search(r"exposure level for rekkas.service: ([0-9.]+)", said)

    assert level is not None
    assert float(level[1]) <= MOST_EXPOSED


def test_the_unit_does_what_the_service_understands() -> None:
    unit = ConfigParser(strict=False, interpolation=None)
    unit.optionxform = str  # type: ignore[method-assign, assignment]
    unit.read(DEPLOY / "rekkas.service")
    service = unit["Service"]

    assert service["Type"] == "notify"
    assert service["ExecReload"].endswith("kill -HUP $MAINPID")
    assert int(service["WatchdogSec"]) > 0
    assert service["DynamicUser"] == "yes"
    assert service["StateDirectory"] == "rekkas"
    assert int(service["TimeoutStopSec"]) > 5


@pytest.fixture
def compose() -> dict[str, Any]:
    document: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text())
    return document


def test_only_the_database_of_compose_may_write_where_it_likes(
    compose: dict[str, Any],
) -> None:
    loose = {
        name
        for name, service in compose["services"].items()
        if not service.get("read_only") or service.get("cap_drop") != ["ALL"]
    }

    assert loose == {"database"}


def test_compose_starts_every_part_of_many_machines(compose: dict[str, Any]) -> None:
    commands = {
        name: service["command"]
        for name, service in compose["services"].items()
        if service["image"] == "rekkas"
    }

    assert commands == {part: [part] for part in PARTS}
    assert set(cli.list_commands(Context(cli))) >= PARTS
    assert compose["services"]["worker"]["deploy"]["replicas"] >= 2
    assert "'.[cluster]'" in (DEPLOY / "Dockerfile").read_text()


def test_compose_opens_no_port_to_the_world(compose: dict[str, Any]) -> None:
    ports = [
        port
        for service in compose["services"].values()
        for port in service.get("ports", ())
    ]

    assert ports
    assert all(port.startswith("127.0.0.1:") for port in ports)


def test_the_configuration_of_compose_is_whole(
    compose: dict[str, Any], tmp_path: Path
) -> None:
    path = tmp_path / "rekkas.yaml"
    path.write_text(compose["configs"]["rekkas"]["content"].replace("$$", "$"))

    settings = load_settings(path, environ={"DATABASE_PASSWORD": "x"}).settings

    assert str(settings.storage.url) == "postgresql://rekkas:x@database:5432/rekkas"
    targets = yaml.safe_load(compose["configs"]["prometheus"]["content"])
    (scraped,) = targets["scrape_configs"]
    assert scraped["job_name"] == "rekkas"
    (found,) = scraped["dns_sd_configs"]
    assert set(found["names"]) == PARTS
    assert found["port"] == 8081
    assert settings.server.admin_listen == "0.0.0.0:8081"


def test_the_configuration_of_the_image_is_whole() -> None:
    settings = load_settings(DEPLOY / "container.yaml", environ={}).settings
    image = (DEPLOY / "Dockerfile").read_text()

    assert settings.server.admin_listen is not None
    port = settings.server.admin_listen.rpartition(":")[2]
    assert f"http://127.0.0.1:{port}/health/ready" in image


def test_the_image_runs_as_nobody_and_knows_how_it_fares() -> None:
    image = (DEPLOY / "Dockerfile").read_text()
    last = image[image.rindex("\nFROM ") :]

    assert re.search(r"^USER [1-9]\d+:[1-9]\d+$", last, re.M)
    assert "HEALTHCHECK" in last


def test_the_image_copies_what_there_is() -> None:
    image = (DEPLOY / "Dockerfile").read_text()
    kept = (DEPLOY / "Dockerfile.dockerignore").read_text().splitlines()

    copied = [
        name
        for line in re.findall(r"^COPY (?!--from)(.+)$", image, re.M)
        for name in line.split()[:-1]
    ]

    assert copied
    for name in copied:
        assert (ROOT / name).exists(), name
        assert f"!{name}" in kept, name


def test_unit_and_image_keep_freed_memory_in_two_arenas() -> None:
    assert (
        "\nEnvironment=MALLOC_ARENA_MAX=2\n" in (DEPLOY / "rekkas.service").read_text()
    )
    assert " MALLOC_ARENA_MAX=2 " in (DEPLOY / "Dockerfile").read_text()
