"""A link -> the one spelling under which we recognise it.

Two links with one canonical URL are the same publication. It is an identity: nobody
is ever sent to it, because some servers answer only to their own spelling.

The rules: scheme and host in lower case, the host in punycode; http counts as https;
no leading `www.`, user, default port, fragment or trailing point of the host; but `#!`
is kept, for some sites name their pages behind it; dot segments resolved;
percent-encoding in one form (RFC 3986, 6.2.2); tracking parameters gone, the others
kept in their order. A trailing slash is kept as it is, for servers publish different
pages with and without; only an empty path becomes `/`.
"""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

from ingest.entry import CanonicalUrl
from ingest.normalise.links import ascii_host

LONGEST_URL = 4_000
"""Characters; what is longer carries data rather than an address."""

_TRACKING_PREFIXES = ("utm_", "mtm_", "at_custom", "at_link", "at_recipient")
_TRACKING = frozenset(
    {
        # advertisers' and social networks' click numbers
        *("dclid", "fbclid", "gbraid", "gclid", "gclsrc", "igsh", "igshid"),
        *("li_fat_id", "msclkid", "rb_clickid", "srsltid", "ttclid", "twclid"),
        *("wbraid", "wickedid", "yclid", "ysclid", "_openstat"),
        *("fb_action_ids", "fb_action_types", "fb_ref", "fb_source", "spref"),
        "__twitter_impression",
        # measuring services: AT Internet, Google, Matomo, Comscore, Webtrends
        *("at_campaign", "at_campaign_type", "at_creation", "at_format", "at_medium"),
        *("at_bbc_team", "at_ptr_name", "xtor", "xts", "_ga", "_gl", "pk_campaign"),
        *("pk_kwd", "pk_medium", "pk_source", "ns_campaign", "ns_fee"),
        *("ns_linkname", "ns_mchannel", "ns_source", "wt_mc", "s_cid", "cmpid"),
        # newsletters: Mailchimp, HubSpot, Marketo, Vero, Omeda
        *("mc_cid", "mc_eid", "_hsenc", "_hsmi", "__hstc", "hsctatracking"),
        *("mkt_tok", "vero_conv", "vero_id", "oly_anon_id", "oly_enc_id"),
        # publishers' own
        *("guccounter", "guce_referrer", "guce_referrer_sig", "ocid", "smid"),
        *("sr_share", "traffic_source"),
    }
)

_UNRESERVED = frozenset(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"
)
_IN_PATH = "%/:@!$&'()*+,;="
_IN_QUERY = _IN_PATH + "?"
_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})?")
_WWW = re.compile(r"^(?:www\.)+(?=[^.]+\.)")
_DEFAULT_PORTS = (None, 80, 443)


def canonicalise(link: str) -> CanonicalUrl | None:
    """The link's canonical URL; None for what is no http or https address."""
    if len(link) > LONGEST_URL:
        return None
    try:
        parts = urlsplit(link.strip())
        host, port = _WWW.sub("", ascii_host(parts).removesuffix(".")), parts.port
    except ValueError:  # brackets, ports and hosts that no server can have
        return None
    if parts.scheme not in {"http", "https"} or not host:
        return None
    authority = host if port in _DEFAULT_PORTS else f"{host}:{port}"
    path = _without_dot_segments(_one_spelling(parts.path, _IN_PATH))
    query = _without_tracking(_one_spelling(parts.query, _IN_QUERY))
    page = parts.fragment if parts.fragment.startswith("!") else ""
    fragment = page and f"#{_one_spelling(page, _IN_QUERY)}"
    url = f"https://{authority}{path}{query}{fragment}"
    return CanonicalUrl(url) if len(url) <= LONGEST_URL else None


def _one_spelling(text: str, safe: str) -> str:
    """The text with only that escaped which must be, in upper-case hexadecimal."""
    return quote(_ESCAPE.sub(_respell, text), safe=safe, errors="replace")


def _respell(escape: re.Match[str]) -> str:
    digits = escape[1]
    if digits is None:
        return "%25"
    character = chr(int(digits, 16))
    return character if character in _UNRESERVED else f"%{digits.upper()}"


def _without_dot_segments(path: str) -> str:
    """The path as RFC 3986, 5.2.4 resolves it; `/` for an empty one."""
    kept: list[str] = []
    segment = ""
    for segment in path.split("/")[1:]:
        if segment == "..":
            kept = kept[:-1]
        elif segment != ".":
            kept.append(segment)
    is_folder = segment in {".", ".."}
    return "/" + "/".join([*kept, ""] if is_folder else kept)


def _without_tracking(query: str) -> str:
    """The query with its `?` and the parameters that matter; "" for none."""
    kept = [part for part in query.split("&") if part and not _is_tracking(part)]
    return "?" + "&".join(kept) if kept else ""


def _is_tracking(parameter: str) -> bool:
    # Seen 2026-11: links escaped twice, so that "&amp;utm_source=rss" stands in them.
    name = parameter.partition("=")[0].lower().removeprefix("amp;")
    return name in _TRACKING or name.startswith(_TRACKING_PREFIXES)
