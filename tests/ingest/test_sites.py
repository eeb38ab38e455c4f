import pytest

from ingest.normalise.sites import registered_domain, site_of

DOMAINS = {
    "a name": ("gazette.ma", "gazette.ma"),
    "a subdomain": ("fr.news.gazette.ma", "gazette.ma"),
    "a name below a suffix of two labels": ("www.gazette.co.ma", "gazette.co.ma"),
    "a name below a generic ending": ("www.co.example", "co.example"),
    "a name of a shared host": ("a.gazette.blogspot.com", "gazette.blogspot.com"),
    "a suffix alone": ("co.ma", None),
    "one label": ("localhost", None),
    "nothing": ("", None),
    "an address of the network": ("192.0.2.7", "192.0.2.7"),
    "a long address of the network": ("[2001:db8::1]", "[2001:db8::1]"),
}


@pytest.mark.parametrize(("host", "domain"), DOMAINS.values(), ids=DOMAINS.keys())
def test_the_domain_that_somebody_registered(host: str, domain: str | None) -> None:
    assert registered_domain(host) == domain


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
