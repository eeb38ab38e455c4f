from pathlib import Path

from config.starter import starter_configuration
from tests.config.factories import load, problems_of


def test_the_starter_loads_with_the_whole_catalogue(tmp_path: Path) -> None:
    loaded = load(tmp_path, starter_configuration())

    assert loaded.settings.sources
    assert loaded.settings.tags
    assert loaded.settings.topics


def test_every_example_of_the_starter_loads_when_it_is_uncommented(
    tmp_path: Path,
) -> None:
    head, examples = starter_configuration().split("server:", 1)
    text = "server:" + examples.replace("\n# ", "\n").replace("\n  # base", "\n  base")
    remarks = "The address by which"
    text = "\n".join(line for line in text.splitlines() if remarks not in line)

    assert problems_of(tmp_path, head + text) == []
    loaded = load(tmp_path, head + text)
    assert loaded.settings.sources["my-paper"].language == "fr"
    assert not loaded.settings.sources["yabiladi"].enabled
    assert loaded.settings.server.base_url == "https://news.example.org/"
    assert "gas-and-borders" in loaded.settings.topics
