import pytest

from ingest.registrable_domain import is_suffix, registrable_domain

DOMAINS = {
    "a name": ("gazette.ma", "gazette.ma"),
    "a subdomain": ("fr.news.gazette.ma", "gazette.ma"),
    "a host under a country's domain": ("news.example.co.uk", "example.co.uk"),
    "a name below a country's word of its own": ("a.gazette.gov.ma", "gazette.gov.ma"),
    "a domain is its own": ("example.org", "example.org"),
    "strangers under one provider stay strangers": ("a.github.io", "a.github.io"),
    "a page of one of them": ("fr.gazette.blogspot.com", "gazette.blogspot.com"),
    "an ending that nobody registered": ("www.gazette.example", "gazette.example"),
    "a suffix alone": ("co.ma", "co.ma"),
    "an Arabic name": ("www.اليوم.com", "اليوم.com"),
    "an address": ("192.0.2.7", "192.0.2.7"),
    "a long address": ("[2001:db8::1]", "[2001:db8::1]"),
    "a name of one's own network": ("localhost", "localhost"),
    "no name at all": ("", ""),
}


@pytest.mark.parametrize(("host", "domain"), DOMAINS.values(), ids=DOMAINS.keys())
def test_the_domain_that_somebody_registered(host: str, domain: str) -> None:
    assert registrable_domain(host) == domain


SUFFIXES = {
    "a country": ("ma", True),
    "a word of a country": ("co.ma", True),
    "a provider's": ("blogspot.com", True),
    "a name": ("gazette.ma", False),
    "a name below a suffix": ("gazette.co.ma", False),
    "a subdomain": ("fr.gazette.ma", False),
    "a name below an unknown ending": ("gazette.example", False),
    "one label": ("localhost", True),
}


@pytest.mark.parametrize(("host", "is_one"), SUFFIXES.values(), ids=SUFFIXES.keys())
def test_a_suffix_is_nobody_s(host: str, is_one: bool) -> None:
    assert is_suffix(host) is is_one
