"""The text of an item as HTML: in its direction, with what we note below it."""

from __future__ import annotations

from html import escape

from publish.feed import FeedItem
from publish.notes import note_html
from publish.web.wording import text_direction


def body_html(item: FeedItem) -> str:
    """The content in the direction of its language, then the note.

    Readers set every item from left to right unless it says otherwise itself.
    """
    return _directed(item) + note_html(item)


def _directed(item: FeedItem) -> str:
    language = item.language
    if language is None or text_direction(language) == "ltr":
        return item.content_html
    return f'<div dir="rtl" lang="{escape(language)}">{item.content_html}</div>'
