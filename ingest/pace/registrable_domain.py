"""The domain under which a host's owner registered it, by the public suffix list."""

from __future__ import annotations

from tld import get_fld


def registrable_domain(host: str) -> str:
    """`news.example.co.uk` as `example.co.uk`; the host itself where it has none.

    Reads the list that the library ships and never asks the network.
    """
    domain = get_fld(f"https://{host}/", fail_silently=True)
    return str(domain or host)
