import pytest

from ingest.normalise.canonical_url import LONGEST_URL, canonicalise

PLAIN = "https://gazette.example/a/b"

SAME = {
    "itself": (PLAIN, PLAIN),
    "scheme and host in capitals": ("HTTPS://Gazette.Example/a/b", PLAIN),
    "http": ("http://gazette.example/a/b", PLAIN),
    "white space around": (" \nhttps://gazette.example/a/b\t ", PLAIN),
    "a line break inside": ("https://gazette.example/a\n/b", PLAIN),
    "the port of https": ("https://gazette.example:443/a/b", PLAIN),
    "the port of http": ("http://gazette.example:80/a/b", PLAIN),
    "an empty port": ("https://gazette.example:/a/b", PLAIN),
    "www": ("https://www.gazette.example/a/b", PLAIN),
    "www twice": ("https://www.www.gazette.example/a/b", PLAIN),
    "a trailing point of the host": ("https://gazette.example./a/b", PLAIN),
    "a user and a password": ("https://me:secret@gazette.example/a/b", PLAIN),
    "a fragment": ("https://gazette.example/a/b#comments", PLAIN),
    "an empty query": ("https://gazette.example/a/b?", PLAIN),
    "empty parameters": ("https://gazette.example/a/b?&&", PLAIN),
    "dot segments": ("https://gazette.example/x/../a/./b", PLAIN),
    "too many dot segments": ("https://gazette.example/../../a/b", PLAIN),
    "escaped dot segments": ("https://gazette.example/x/%2E%2e/a/b", PLAIN),
    "letters escaped without need": ("https://gazette.example/%61/b", PLAIN),
    "campaign parameters": (PLAIN + "?utm_source=rss&UTM_Medium=feed", PLAIN),
    "campaign parameters escaped twice": (PLAIN + "?utm_a=1&amp;utm_b=2", PLAIN),
    "an escaped campaign parameter": (PLAIN + "?utm%5Fsource=rss", PLAIN),
    "a click number": (PLAIN + "?fbclid=IwAR0", PLAIN),
    "AT Internet's parameters": (PLAIN + "?at_medium=RSS&at_custom1=x", PLAIN),
    "XiTi's parameter": (PLAIN + "?xtor=RSS-3208", PLAIN),
    "a newsletter's parameters": (PLAIN + "?mc_cid=1&mc_eid=2", PLAIN),
}


@pytest.mark.parametrize(("link", "expected"), SAME.values(), ids=SAME.keys())
def test_spellings_of_one_address_are_one(link: str, expected: str) -> None:
    assert canonicalise(link) == expected


KEPT = {
    "a host without a path gets one": (
        "https://gazette.example",
        "https://gazette.example/",
    ),
    "a trailing slash": (PLAIN + "/", PLAIN + "/"),
    "a doubled slash": (
        "https://gazette.example//a//b",
        "https://gazette.example//a//b",
    ),
    "a path that ends in a dot segment is a folder": (
        "https://gazette.example/a/b/..",
        "https://gazette.example/a/",
    ),
    "nothing but a dot segment": (
        "https://gazette.example/.",
        "https://gazette.example/",
    ),
    "capitals of the path": (
        "https://gazette.example/A/B",
        "https://gazette.example/A/B",
    ),
    "another port": ("https://gazette.example:8443/", "https://gazette.example:8443/"),
    "the order of parameters": (PLAIN + "?z=1&a=2&z=3", PLAIN + "?z=1&a=2&z=3"),
    "parameters among tracking": (PLAIN + "?p=1&utm_id=2&q=3", PLAIN + "?p=1&q=3"),
    "a parameter that only resembles tracking": (
        PLAIN + "?author=utm_source",
        PLAIN + "?author=utm_source",
    ),
    "a parameter without a value": (PLAIN + "?print", PLAIN + "?print"),
    "a query without a path": (
        "https://gazette.example?p=1",
        "https://gazette.example/?p=1",
    ),
    "reserved characters stay escaped": (
        "https://gazette.example/a%2fb",
        "https://gazette.example/a%2Fb",
    ),
    "Arabic letters are escaped": (
        "https://gazette.example/مالي",
        "https://gazette.example/%D9%85%D8%A7%D9%84%D9%8A",
    ),
    "a space is escaped": (
        "https://gazette.example/a b",
        "https://gazette.example/a%20b",
    ),
    "a lone percent sign is escaped": (
        "https://gazette.example/100%",
        "https://gazette.example/100%25",
    ),
    "half a surrogate is replaced": (
        "https://gazette.example/\ud800",
        "https://gazette.example/%3F",
    ),
    "an international host in punycode": (
        "https://Algérie.example/",
        "https://xn--algrie-dva.example/",
    ),
    "a fragment that names the page": (
        "https://gazette.example/#!/é/1",
        "https://gazette.example/#!/%C3%A9/1",
    ),
    "a host called www": ("https://www.example/", "https://www.example/"),
    "an address of the network": ("http://[2001:DB8::1]/", "https://[2001:db8::1]/"),
}


@pytest.mark.parametrize(("link", "expected"), KEPT.values(), ids=KEPT.keys())
def test_what_tells_addresses_apart_stays(link: str, expected: str) -> None:
    canonical = canonicalise(link)

    assert canonical == expected
    assert canonicalise(canonical) == canonical


NO_ADDRESSES = {
    "nothing": "",
    "words": "no address",
    "a relative link": "/articles/1",
    "a link without a scheme": "//gazette.example/a",
    "a script": "javascript:alert(1)",
    "data": "data:text/html,x",
    "a tag URI": "tag:gazette.example,2026:1",
    "a mail address": "mailto:editor@gazette.example",
    "another protocol": "ftp://gazette.example/a",
    "no host": "https:///a",
    "an empty label": "https://gazette..example/",
    "a host with a space": "https://gaz ette.example/",
    "a label that is too long for punycode": f"https://{'é' * 80}.example/",
    "a port that is no number": "https://gazette.example:port/",
    "a port that is too large": "https://gazette.example:99999/",
    "an open bracket": "https://[2001:db8::1/",
    "a host that turns into a path": "https://gazette.℀.example/",
    "more than an address once escaped": "https://gazette.example/" + "م" * 1000,
    "more than an address": "https://gazette.example/" + "a" * LONGEST_URL,
}


@pytest.mark.parametrize("link", NO_ADDRESSES.values(), ids=NO_ADDRESSES.keys())
def test_what_is_no_web_address_has_no_canonical_url(link: str) -> None:
    assert canonicalise(link) is None
