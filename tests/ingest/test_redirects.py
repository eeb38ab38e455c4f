import pytest

from ingest.fetch.redirects import DeadEndError, Target, next_target, target_of

HOME = "https://news.example/a/feed.xml"

RESOLVED = {
    "an absolute address": ("https://other.example/x", "https://other.example/x"),
    "a path": ("/x?y=1", "https://news.example/x?y=1"),
    "a relative path": ("x", "https://news.example/a/x"),
    "a path upwards": ("../x", "https://news.example/x"),
    "an address without scheme": ("//other.example/x", "https://other.example/x"),
    "a query only": ("?page=2", "https://news.example/a/feed.xml?page=2"),
    "down to http": ("http://news.example/x", "http://news.example/x"),
    "spaces around": ("  /x ", "https://news.example/x"),
    "a space inside": ("/a b", "https://news.example/a%20b"),
    "an encoded space stays": ("/a%20b", "https://news.example/a%20b"),
    "Arabic is encoded": ("/ع", "https://news.example/%D8%B9"),
    "a fragment is dropped": ("/x#top", "https://news.example/x"),
    "credentials are dropped": ("https://u:p@b.example/", "https://b.example/"),
    "a host alone gets a path": ("https://b.example", "https://b.example/"),
    "a port stays": ("https://b.example:8443/", "https://b.example:8443/"),
}


@pytest.mark.parametrize(("location", "url"), RESOLVED.values(), ids=RESOLVED.keys())
def test_a_redirect_leads_to(location: str, url: str) -> None:
    target = next_target((target_of(HOME),), location, max_redirects=5)

    assert target.url == url


DEAD_ENDS = {
    "no Location": (None, "does not say where"),
    "an empty Location": ("  ", "does not say where"),
    "a file": ("file:///etc/passwd", "a file: address"),
    "another scheme": ("gopher://x/", "a gopher: address"),
    "no host": ("http:///x", "no address"),
    "a port beyond ports": ("http://x:99999/", "no address"),
    "port zero": ("http://x:0/", "no address"),
    "a broken IPv6 address": ("http://[::1/", "no address"),
    "itself": (HOME, "in a circle"),
    "itself, with credentials": ("https://u:p@news.example/a/feed.xml", "in a circle"),
}


@pytest.mark.parametrize(("location", "reason"), DEAD_ENDS.values(), ids=DEAD_ENDS)
def test_a_redirect_is_a_dead_end(location: str | None, reason: str) -> None:
    with pytest.raises(DeadEndError, match=reason):
        next_target((target_of(HOME),), location, max_redirects=5)


def test_the_redirect_beyond_the_bound_is_a_dead_end() -> None:
    trail = (target_of(HOME), target_of("https://b.example/"))

    with pytest.raises(DeadEndError, match="more than 1 redirects"):
        next_target(trail, "https://c.example/", max_redirects=1)


def test_a_dead_end_does_not_repeat_credentials() -> None:
    with pytest.raises(DeadEndError) as caught:
        next_target((target_of(HOME),), "ftp://user:secret@x/", max_redirects=5)

    assert "secret" not in str(caught.value)


def test_credentials_are_taken_off_the_address() -> None:
    target = target_of("https://me:p%40ss@news.example:8443/feed")

    assert target == Target(
        url="https://news.example:8443/feed", authorization="Basic bWU6cEBzcw=="
    )
    assert "bWU6" not in repr(target)


def test_a_name_without_a_password_is_a_credential_too() -> None:
    assert target_of("https://token@news.example/").authorization == "Basic dG9rZW46"


HOMES = {
    "the same origin": ("/moved", True),
    "the default port written out": ("https://news.example:443/moved", True),
    "another host": ("https://other.example/", False),
    "a host that begins alike": ("https://news.example.evil.example/", False),
    "another scheme": ("http://news.example/", False),
    "another port": ("https://news.example:8443/", False),
}


@pytest.mark.parametrize(("location", "is_sent"), HOMES.values(), ids=HOMES.keys())
def test_credentials_go_to(location: str, is_sent: bool) -> None:
    source = target_of("https://me:secret@news.example/feed")

    target = next_target((source,), location, max_redirects=5)

    assert (target.authorization is not None) == is_sent


def test_an_origin_visited_again_gets_its_credentials_again() -> None:
    source = target_of("https://me:secret@news.example/feed")
    away = next_target((source,), "https://login.example/", max_redirects=5)

    back = next_target((source, away), "https://news.example/x", max_redirects=5)

    assert away.authorization is None
    assert back.authorization == source.authorization
