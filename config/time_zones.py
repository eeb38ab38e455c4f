"""Time zones: which names there are, and which one a country's newspapers write.

The tz database that Python brings is a table; nothing of the operator's is read.
"""

from __future__ import annotations

from datetime import UTC, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

# ISO 3166 code and, in the tz database, the zone of the country or of its mainland.
_OF_COUNTRIES = {
    "Africa": """
        AO=Luanda BF=Ouagadougou BI=Bujumbura BJ=Porto-Novo BW=Gaborone CD=Kinshasa
        CF=Bangui CG=Brazzaville CI=Abidjan CM=Douala DJ=Djibouti DZ=Algiers EG=Cairo
        EH=El_Aaiun ER=Asmara ET=Addis_Ababa GA=Libreville GH=Accra GM=Banjul
        GN=Conakry GQ=Malabo GW=Bissau KE=Nairobi LR=Monrovia LS=Maseru LY=Tripoli
        MA=Casablanca ML=Bamako MR=Nouakchott MW=Blantyre MZ=Maputo NA=Windhoek
        NE=Niamey NG=Lagos RW=Kigali SD=Khartoum SL=Freetown SN=Dakar SO=Mogadishu
        SS=Juba ST=Sao_Tome SZ=Mbabane TD=Ndjamena TG=Lome TN=Tunis TZ=Dar_es_Salaam
        UG=Kampala ZA=Johannesburg ZM=Lusaka ZW=Harare
    """,
    "Asia": """
        AE=Dubai BH=Bahrain IL=Jerusalem IQ=Baghdad IR=Tehran JO=Amman KW=Kuwait
        LB=Beirut OM=Muscat PS=Gaza QA=Qatar SA=Riyadh SY=Damascus YE=Aden
    """,
    "Atlantic": "CV=Cape_Verde IS=Reykjavik",
    "Europe": """
        AT=Vienna BE=Brussels BG=Sofia CH=Zurich CZ=Prague DE=Berlin DK=Copenhagen
        EE=Tallinn ES=Madrid FI=Helsinki FR=Paris GB=London GR=Athens HR=Zagreb
        HU=Budapest IE=Dublin IT=Rome LT=Vilnius LU=Luxembourg LV=Riga MC=Monaco
        MT=Malta NL=Amsterdam NO=Oslo PL=Warsaw PT=Lisbon RO=Bucharest RS=Belgrade
        SE=Stockholm SI=Ljubljana SK=Bratislava TR=Istanbul UA=Kyiv
    """,
    "Indian": "KM=Comoro MG=Antananarivo MU=Mauritius SC=Mahe",
}
COUNTRY_ZONES = {
    code: f"{area}/{city}"
    for area, countries in _OF_COUNTRIES.items()
    for code, city in (country.split("=") for country in countries.split())
}
"""The zone of each country of which we know one, by its ISO 3166 code."""


def check_time_zone(name: str) -> str:
    """The name, if the tz database has a zone of it.

    Raises:
        ValueError: it has none.
    """
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, OSError, ValueError):  # OSError: "Africa", a folder
        raise ValueError(
            "there is no such time zone; write one of the tz database, "
            "such as Africa/Algiers"
        ) from None
    return name


def zone_of(name: str | None, country: str | None) -> tzinfo:
    """The zone of that name, else the country's, else UTC."""
    known = name or COUNTRY_ZONES.get(country or "")
    return ZoneInfo(known) if known else UTC
