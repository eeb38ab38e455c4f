from __future__ import annotations

from config.check import check_settings
from config.defined import Defined
from config.settings import Settings

NOTHING = Defined(sources=frozenset(), tags=frozenset(), topics=frozenset())


def test_hubs_of_sources_need_an_address_to_call_us_at() -> None:
    alone = Settings.model_validate({"websub": {"subscribe": True}})
    named = Settings.model_validate(
        {
            "websub": {"subscribe": True},
            "server": {"base_url": "https://news.example.org/"},
        }
    )

    (finding,) = check_settings(alone, NOTHING)

    assert finding.path == ("websub", "subscribe")
    assert not list(check_settings(named, NOTHING))
