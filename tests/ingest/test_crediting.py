from __future__ import annotations

import pytest

from ingest.formats.raw import RawDocument
from ingest.normalise.crediting import crediting_of, origin_and_credit
from tests.ingest.normalise_factories import make_raw, make_source

PLANET = make_source(slug="planet", title="The Planet")
BASE = "https://feeds.proxy.example/planet"
DOCUMENT = RawDocument(link="https://www.planet.example/")

# Of each entry: the name it credits, the address, and the credit that is given.
CREDITS = {
    "another publisher": ("La Gazette", "https://gazette.example/rss", "La Gazette"),
    "a name alone": ("An agency", None, "An agency"),
    "a name and what is no address": ("An agency", "rss.xml", "An agency"),
    "a name as HTML": ("L&#8217;Info <b>du jour</b>", None, "L’Info du jour"),
    "a name as plain words": ("A <& B", None, "A <& B"),
    "an address alone": (None, "https://gazette.example/rss", None),
    "the source's own title": ("the  PLANET", None, None),
    "another section of the same site": ("Sport", "http://sport.planet.example/", None),
    "a section where the document lies": ("All", "https://proxy.example/all", None),
    "nobody": (None, None, None),
}


@pytest.mark.parametrize(("label", "url", "credit"), CREDITS.values(), ids=CREDITS)
def test_an_aggregator_credits_others_and_never_itself(
    label: str | None, url: str | None, credit: str | None
) -> None:
    raw = make_raw(source_label=label, source_url=url)

    told = origin_and_credit(raw, crediting_of(DOCUMENT, PLANET, BASE))

    assert told == ("planet", credit)
