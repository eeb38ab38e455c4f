"""The YAML that the documents show is YAML that works."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from config.load import load_settings

ROOT = Path(__file__).parents[2]
EXAMPLES = [
    pytest.param(example, id=f"{path.name} {number}")
    for path in (ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md")))
    for number, example in enumerate(
        re.findall(r"```yaml\n(.*?)```", path.read_text(encoding="utf-8"), re.DOTALL)
    )
]

SECRETS = {
    "DESK_TOKEN": "0123456789abcdef0123456789abcdef",
    "RABAT_PASSWORD": "twelve letters",
    "WEBHOOK_TOKEN": "0123456789abcdef",
}


@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_is_a_good_configuration(example: str, tmp_path: Path) -> None:
    if "include:" not in example:
        example += "\ninclude: ['catalogue:maghreb', 'catalogue:tags']\n"
    path = tmp_path / "rekkas.yaml"
    path.write_text(example, encoding="utf-8")

    assert load_settings(path, environ=SECRETS).path == path


def test_the_documents_have_examples() -> None:
    assert len(EXAMPLES) >= 4
