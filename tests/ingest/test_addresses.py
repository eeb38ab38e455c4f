from ipaddress import IPv4Address, IPv6Address, ip_address

import pytest

from ingest.fetch.addresses import is_web_port, parse_address, special_use

SPECIAL = {
    "nothing": "0.0.0.0",  # noqa: S104 - nobody binds to it
    "the end of this network": "0.255.255.255",
    "a private class A": "10.0.0.1",
    "behind a provider's translation": "100.64.0.1",
    "the end of what providers share": "100.127.255.255",
    "loopback": "127.0.0.1",
    "the end of loopback": "127.255.255.254",
    "link-local": "169.254.1.1",
    "metadata of a cloud": "169.254.169.254",
    "a private class B": "172.16.0.1",
    "its end": "172.31.255.255",
    "protocol assignments": "192.0.0.8",
    "metadata of another cloud": "192.0.0.192",
    "documentation": "192.0.2.1",
    "a 6to4 relay": "192.88.99.1",
    "a private class C": "192.168.1.1",
    "benchmarks": "198.19.255.255",
    "documentation, the second": "198.51.100.7",
    "documentation, the third": "203.0.113.7",
    "multicast": "224.0.0.1",
    "multicast, its end": "239.255.255.255",
    "reserved": "240.0.0.1",
    "broadcast": "255.255.255.255",
    "nothing in IPv6": "::",
    "loopback in IPv6": "::1",
    "compatible with loopback": "::127.0.0.1",
    "compatible with a public address": "::8.8.8.8",
    "mapped loopback": "::ffff:127.0.0.1",
    "mapped loopback in hexadecimal": "::ffff:7f00:1",
    "mapped shared": "::ffff:100.64.0.1",
    "mapped metadata": "::ffff:169.254.169.254",
    "translated IPv4 (SIIT)": "::ffff:0:127.0.0.1",
    "NAT64 to a private network": "64:ff9b::10.0.0.7",
    "NAT64 to metadata": "64:ff9b::a9fe:a9fe",
    "local NAT64": "64:ff9b:1::8.8.8.8",
    "discard only": "100::1",
    "Teredo": "2001:0:4136:e378:8000:63bf:3fff:fdd2",
    "benchmarks in IPv6": "2001:2::1",
    "ORCHID": "2001:20::1",
    "documentation in IPv6": "2001:db8::1",
    "newer documentation in IPv6": "3fff::1",
    "6to4 to loopback": "2002:7f00:1::",
    "6to4 to a private network": "2002:c0a8:101::1",
    "ISATAP to a private network": "2a00:1450::5efe:192.168.1.1",
    "ISATAP of a global interface to loopback": "2a00:1450::200:5efe:127.0.0.1",
    "segment routing": "5f00::1",
    "unique local": "fd00:ec2::254",
    "link-local in IPv6": "fe80::1",
    "link-local with its zone": "fe80::1%eth0",
    "site-local": "fec0::1",
    "multicast in IPv6": "ff02::1",
    "never given out": "4000::1",
}

PUBLIC = {
    "the first after this network": "1.0.0.0",
    "a resolver": "8.8.8.8",
    "the last before private class A": "9.255.255.255",
    "the first after it": "11.0.0.0",
    "the last before what providers share": "100.63.255.255",
    "the first after it again": "100.128.0.0",
    "the last before loopback": "126.255.255.255",
    "the first after loopback": "128.0.0.0",
    "the last before link-local": "169.253.255.255",
    "the first after private class B": "172.32.0.0",
    "the first after private class C": "192.169.0.0",
    "the last before multicast": "223.255.255.255",
    "a resolver in IPv6": "2001:4860:4860::8888",
    "a publisher in IPv6": "2a00:1450:4007::1",
    "mapped public": "::ffff:8.8.8.8",
    "NAT64 to a public address": "64:ff9b::8.8.8.8",
    "6to4 to a public address": "2002:808:808::1",
    "ISATAP to a public address": "2a00:1450::200:5efe:8.8.8.8",
}


@pytest.mark.parametrize("address", SPECIAL.values(), ids=SPECIAL.keys())
def test_what_is_not_global_unicast_has_a_use_of_its_own(address: str) -> None:
    assert special_use(parse_address(address))


@pytest.mark.parametrize("address", PUBLIC.values(), ids=PUBLIC.keys())
def test_global_unicast_has_no_special_use(address: str) -> None:
    assert special_use(parse_address(address)) is None


def test_the_use_is_that_of_the_address_inside() -> None:
    assert special_use(IPv6Address("::ffff:127.0.0.1")) == "this machine"
    assert special_use(IPv6Address("2002:7f00:1::")) == "this machine"
    assert special_use(IPv4Address("127.0.0.1")) == "this machine"


def test_a_zone_is_no_part_of_an_address() -> None:
    assert parse_address("fe80::1%eth0") == ip_address("fe80::1")


PORTS = {
    "http": (80, True),
    "https": (443, True),
    "what applications like": (8080, True),
    "ssh": (22, False),
    "mail": (25, False),
    "the last privileged": (1023, False),
    "the first unprivileged": (1024, True),
    "chat": (6667, False),
    "a cache": (6379, False),
    "a database": (5432, False),
    "the last": (65535, True),
}


@pytest.mark.parametrize(("port", "is_web"), PORTS.values(), ids=PORTS.keys())
def test_web_servers_are_asked_at_web_ports(port: int, *, is_web: bool) -> None:
    assert is_web_port(port) is is_web
