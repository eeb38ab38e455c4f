"""The domain under which a host's owner registered it, by the public suffix list.

Reads the list that the library ships and never asks the network.
"""

from __future__ import annotations

from tld import get_fld, is_tld


def registrable_domain(host: str) -> str:
    """`news.example.co.uk` as `example.co.uk`; the host itself where it has none.

    Below an ending that the list has not, it is two labels, as the list's rules say.
    """
    domain = get_fld(f"https://{host}/", fail_silently=True, search_private=True)
    if domain:
        return str(domain)
    labels = host.split(".")
    is_name = not (host.startswith("[") or labels[-1].isdigit())
    return ".".join(labels[-2:]) if is_name else host


def is_suffix(host: str) -> bool:
    """Whether the host is nobody's: one label, or what many register names below."""
    return "." not in host or bool(is_tld(host, search_private=True))
