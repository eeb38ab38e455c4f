from datetime import UTC
from zoneinfo import ZoneInfo

import pytest

from config.time_zones import COUNTRY_ZONES, check_time_zone, zone_of


def test_a_zone_of_the_tz_database_is_a_time_zone() -> None:
    assert check_time_zone("Africa/Algiers") == "Africa/Algiers"


NO_ZONES = {
    "an abbreviation nobody registered": "CEST",
    "a folder of the database": "Africa",
    "nothing": "",
    "a way out of the database": "../../etc/passwd",
    "an absolute path": "/etc/passwd",
    "a character no path has": "Africa/\0",
    "hours": "+01:00",
}


@pytest.mark.parametrize("name", NO_ZONES.values(), ids=NO_ZONES.keys())
def test_what_the_tz_database_does_not_have_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="such as Africa/Algiers"):
        check_time_zone(name)


ZONES = {
    "its own": (("Europe/Paris", "MA"), ZoneInfo("Europe/Paris")),
    "its country's": ((None, "MA"), ZoneInfo("Africa/Casablanca")),
    "that of the mainland": ((None, "ES"), ZoneInfo("Europe/Madrid")),
    "a country of many zones": ((None, "US"), UTC),
    "neither": ((None, None), UTC),
}


@pytest.mark.parametrize(("known", "zone"), ZONES.values(), ids=ZONES.keys())
def test_a_source_writes_in_its_zone(
    known: tuple[str | None, str | None], zone: object
) -> None:
    assert zone_of(*known) == zone


@pytest.mark.parametrize("name", COUNTRY_ZONES.values(), ids=COUNTRY_ZONES.keys())
def test_the_zone_of_every_country_is_in_the_tz_database(name: str) -> None:
    assert check_time_zone(name) == name
