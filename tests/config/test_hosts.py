import pytest

from config.hosts import HostPort, host_key, split_host

WRITTEN: dict[str, tuple[str, HostPort]] = {
    "a name": ("intranet.example", ("intranet.example", None)),
    "a name with its port": ("intranet.example:8080", ("intranet.example", 8080)),
    "capitals and a last dot": ("Intranet.Example.", ("intranet.example", None)),
    "a name without dots": ("localhost", ("localhost", None)),
    "an address": ("127.0.0.1:80", ("127.0.0.1", 80)),
    "IPv6 in brackets": ("[::1]", ("::1", None)),
    "IPv6 with its port": ("[0:0::1]:8080", ("::1", 8080)),
    "IPv6 alone": ("FD00::A", ("fd00::a", None)),
    "a name beyond ASCII, encoded": (
        "xn--mgbh0fb.example",
        ("xn--mgbh0fb.example", None),
    ),
}

NO_HOST = {
    "nothing": "",
    "an address of a page": "http://intranet.example/",
    "a path": "intranet.example/feed",
    "a wildcard": "*.example",
    "a network": "10.0.0.0/8",
    "a port out of range": "intranet.example:65536",
    "port zero": "intranet.example:0",
    "a port alone": ":8080",
    "a name with a space": "intra net",
    "a name beyond ASCII": "أخبار.example",
}


@pytest.mark.parametrize(("text", "expected"), WRITTEN.values(), ids=WRITTEN.keys())
def test_a_host_is_read_with_its_port(text: str, expected: HostPort) -> None:
    assert split_host(text) == expected


@pytest.mark.parametrize("text", NO_HOST.values(), ids=NO_HOST.keys())
def test_what_is_no_host_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(ValueError, match=r"such as intranet\.example"):
        split_host(text)


def test_names_are_compared_without_being_resolved() -> None:
    assert host_key("127.1") == "127.1"
    assert host_key("[::0001]") == "::1"
