from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from config.websub_settings import WebSubSettings

HUBS: dict[str, tuple[Any, tuple[str, ...], bool]] = {
    "none": ((), (), False),
    "our own": ("embedded", (), True),
    "another's": ("https://hub.example/", ("https://hub.example/",), False),
    "several": (
        ["https://hub.example/", "embedded"],
        ("https://hub.example/",),
        True,
    ),
}


@pytest.mark.parametrize(
    ("written", "external", "is_embedded"), HUBS.values(), ids=HUBS.keys()
)
def test_hubs(written: Any, external: tuple[str, ...], is_embedded: bool) -> None:
    settings = WebSubSettings.model_validate({"hub": written})

    assert settings.external_hubs == external
    assert settings.has_embedded_hub is is_embedded


@pytest.mark.parametrize("written", ["embeded", "ftp://hub.example/", 7, [[]]])
def test_what_is_no_hub(written: Any) -> None:
    with pytest.raises(ValidationError):
        WebSubSettings.model_validate({"hub": written})
