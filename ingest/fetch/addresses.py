"""Which network addresses and ports a publisher may be reached at.

Decides for one address or port; resolving names and connecting is `guard`.

Python's `ipaddress` knows is_private and is_global, but on 3.11 calls 100.64.0.0/10
not private, and multicast, NAT64 and 6to4 addresses global. So the registries of
special-purpose addresses of IANA are written down here, as of November 2026.
"""

from __future__ import annotations

from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
)
from typing import TypeAlias

IpAddress: TypeAlias = IPv4Address | IPv6Address

_IPV4_SPECIAL = {
    IPv4Network("0.0.0.0/8"): "this network",
    IPv4Network("10.0.0.0/8"): "a private network",
    IPv4Network("100.64.0.0/10"): "shared by the customers of a provider",
    IPv4Network("127.0.0.0/8"): "this machine",
    IPv4Network("169.254.0.0/16"): "link-local",
    IPv4Network("172.16.0.0/12"): "a private network",
    IPv4Network("192.0.0.0/24"): "kept for protocols",
    IPv4Network("192.0.2.0/24"): "for documentation only",
    IPv4Network("192.88.99.0/24"): "a 6to4 relay",
    IPv4Network("192.168.0.0/16"): "a private network",
    IPv4Network("198.18.0.0/15"): "for benchmarks only",
    IPv4Network("198.51.100.0/24"): "for documentation only",
    IPv4Network("203.0.113.0/24"): "for documentation only",
    IPv4Network("224.0.0.0/4"): "multicast",
    IPv4Network("240.0.0.0/4"): "reserved",
}
_IPV6_SPECIAL = {
    IPv6Network("::/128"): "no address",
    IPv6Network("::1/128"): "this machine",
    IPv6Network("::/96"): "an obsolete form of IPv4",
    IPv6Network("64:ff9b:1::/48"): "translated within one network",
    IPv6Network("100::/64"): "a black hole",
    # Teredo, benchmarks, ORCHID and other protocols share this block.
    IPv6Network("2001::/23"): "kept for protocols",
    IPv6Network("2001:db8::/32"): "for documentation only",
    IPv6Network("3fff::/20"): "for documentation only",
    IPv6Network("5f00::/16"): "for segment routing",
    IPv6Network("fc00::/7"): "a private network",
    IPv6Network("fe80::/10"): "link-local",
    IPv6Network("fec0::/10"): "a private network",
    IPv6Network("ff00::/8"): "multicast",
}
_GLOBAL_UNICAST = IPv6Network("2000::/3")  # all that IANA has ever given out

# Forms of IPv6 that end at an IPv4 address, and how far from their right end it is.
_MAPPED = {
    IPv6Network("::ffff:0:0/96"): 0,  # RFC 4291, 2.5.5.2
    IPv6Network("64:ff9b::/96"): 0,  # NAT64, RFC 6052
    IPv6Network("2002::/16"): 80,  # 6to4, RFC 3056
}
_ISATAP_MARK = 0x00005EFE  # RFC 5214, 6.1, but for two bits that vary
_ISATAP_BITS = 0xFCFFFFFF

_WEB_PORTS = frozenset({80, 443})
_FIRST_UNPRIVILEGED_PORT = 1024
# Above 1024: what browsers refuse (Fetch standard, 2.9), and databases beside it.
_SERVICE_PORTS = frozenset(
    {
        *(1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566),
        *(6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080),
        *(1433, 1521, 2375, 2379, 3306, 3389, 5432, 5900, 6379, 9200, 11211, 27017),
    }
)


def parse_address(text: str) -> IpAddress:
    """The address in the resolver's spelling; a zone (fe80::1%eth0) is left off.

    Raises:
        ValueError: it is no address.
    """
    return ip_address(text.partition("%")[0])


def special_use(address: IpAddress) -> str | None:
    """What the address is for, where that is not to be reached by everybody.

    None for global unicast. Forms of IPv6 that end at an IPv4 address are judged by
    that address.
    """
    if isinstance(address, IPv4Address):
        return _use_in(address, _IPV4_SPECIAL)
    inner = _unwrapped(address)
    if inner is not None:
        return special_use(inner)
    use = _use_in(address, _IPV6_SPECIAL)
    if use is None and address not in _GLOBAL_UNICAST:
        return "not given out to anybody"
    return use or _use_of_tunnel(address)


def is_web_port(port: int) -> bool:
    """Whether a web server may be asked at this port.

    Below 1024 these are 80 and 443 alone; above, any but those of other services,
    which a crafted request can make act.
    """
    if port < _FIRST_UNPRIVILEGED_PORT:
        return port in _WEB_PORTS
    return port not in _SERVICE_PORTS


def _use_in(
    address: IpAddress, uses: dict[IPv4Network, str] | dict[IPv6Network, str]
) -> str | None:
    return next((use for block, use in uses.items() if address in block), None)


def _unwrapped(address: IPv6Address) -> IPv4Address | None:
    """The IPv4 address at which this one ends, if it is of such a form."""
    for block, distance in _MAPPED.items():
        if address in block:
            return _embedded(address, distance)
    return None


def _use_of_tunnel(address: IPv6Address) -> str | None:
    """What an address within ISATAP is for: its end is behind a router of its site."""
    if int(address) >> 32 & _ISATAP_BITS != _ISATAP_MARK:
        return None
    return special_use(_embedded(address, 0))


def _embedded(address: IPv6Address, distance: int) -> IPv4Address:
    return IPv4Address(int(address) >> distance & 0xFFFFFFFF)
