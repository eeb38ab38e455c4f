import pytest

from ingest.normalise.sites import site_of

SITES = {
    "www": ("www.gazette.ma", "gazette.ma"),
    "mobile": ("m.gazette.ma", "gazette.ma"),
    "several": ("www.m.amp.gazette.ma", "gazette.ma"),
    "a language keeps its label": ("www.fr.gazette.ma", "fr.gazette.ma"),
    "inside a name": ("news.m.gazette.ma", "news.m.gazette.ma"),
    "a registered letter": ("m.co.ma", "m.co.ma"),
    "www of a top level": ("www.ma", "www.ma"),
}


@pytest.mark.parametrize(("host", "site"), SITES.values(), ids=SITES.keys())
def test_a_site_has_one_host_whatever_its_face(host: str, site: str) -> None:
    assert site_of(host) == site
