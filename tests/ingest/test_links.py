import pytest

from ingest.normalise.links import LONGEST_LINK, absolute_link

BASE = "https://gazette.example/news/feed"

LINKS = {
    "absolute": ("http://other.example/a?b=1#c", "http://other.example/a?b=1#c"),
    "white space around": (" \nhttps://other.example/a ", "https://other.example/a"),
    "relative": ("a", "https://gazette.example/news/a"),
    "of the host": ("/a", "https://gazette.example/a"),
    "without a scheme": ("//other.example/a", "https://other.example/a"),
    "a scheme in capitals": ("HTTPS://other.example/a", "https://other.example/a"),
    "tracking parameters stay": (
        "/a?utm_source=x",
        "https://gazette.example/a?utm_source=x",
    ),
    "a space": ("/a b", "https://gazette.example/a%20b"),
    "what is escaped stays": ("/a%20b%C3%A9", "https://gazette.example/a%20b%C3%A9"),
    "half a surrogate pair": ("/a\ud800", "https://gazette.example/a"),
    "Arabic letters": ("/م", "https://gazette.example/%D9%85"),
    "an international host": (
        "https://algérie.example/",
        "https://xn--algrie-dva.example/",
    ),
    "an international host with a port": (
        "https://algérie.example:8443/",
        "https://xn--algrie-dva.example:8443/",
    ),
    "an address of the network": ("http://[2001:DB8::1]/", "http://[2001:db8::1]/"),
    "a user in front of the host": (
        "https://bank.example:x@algérie.example/",
        "https://xn--algrie-dva.example/",
    ),
    "an empty label": ("https://a..example/", None),
    "a port": ("https://other.example:8443/", "https://other.example:8443/"),
    "empty": (" ", None),
    "a script": ("javascript:alert(1)", None),
    "a script in disguise": ("java\nscript:alert(1)", None),
    "data": ("data:text/html,x", None),
    "mail": ("mailto:a@b.example", None),
    "no host": ("http:///a", None),
    "a host with a space": ("https://a b/", None),
    "an impossible port": ("https://a.example:99999/", None),
    "an impossible host": (f"https://{'é' * 80}.example/", None),
    "an open bracket": ("https://[a", None),
    "endless": ("/" + "a" * LONGEST_LINK, None),
}


@pytest.mark.parametrize(("link", "expected"), LINKS.values(), ids=LINKS.keys())
def test_links_of_a_page(link: str, expected: str | None) -> None:
    assert absolute_link(link, BASE) == expected


def test_a_relative_link_without_a_base_is_none() -> None:
    assert absolute_link("/a", None) is None
    assert absolute_link("https://other.example/", None) == "https://other.example/"
