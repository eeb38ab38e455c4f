"""What rekkas itself says below an item: who else reported it, and a date not given.

It stands in the text, as most readers show nothing else, and comes again in fields of
the formats for programs.
"""

from __future__ import annotations

from html import escape

from publish.feed import FeedItem
from publish.web.wording import say_time

_LANGUAGE = "en"


def note_text(item: FeedItem) -> str:
    """The note as plain text, a line for each thing said; "" where nothing is."""
    names = ", ".join(other.title for other in item.others)
    return "\n".join(
        [*([f"Also reported by {names}."] if names else []), *_date_note(item)]
    )


def note_html(item: FeedItem) -> str:
    """The same as HTML with links; it is in English, whatever the item is in."""
    lines = [*_others_html(item), *map(escape, _date_note(item))]
    if not lines:
        return ""
    own = "" if item.language == _LANGUAGE else f' lang="{_LANGUAGE}" dir="ltr"'
    return f"<p{own}>{'<br>'.join(lines)}</p>"


def _others_html(item: FeedItem) -> list[str]:
    links = ", ".join(
        f'<a href="{escape(other.url)}">{escape(other.title)}</a>'
        for other in item.others
    )
    return [f"Also reported by {links}."] if links else []


def _date_note(item: FeedItem) -> list[str]:
    """Nothing is invented: an item without a date has none in any format."""
    if item.published_at is not None:
        return []
    seen = say_time(item.first_seen_at)
    trouble = "a date that cannot be right" if item.has_wrong_date else "no date"
    return [f"The publisher gives {trouble}; first seen on {seen}."]
