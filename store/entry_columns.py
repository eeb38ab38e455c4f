"""What an entry says -> the columns of its article that a revision replaces."""

from __future__ import annotations

from typing import Any

from ingest.entry import Entry


def entry_columns(entry: Entry, digest: str) -> dict[str, Any]:
    """Each column with what the entry says; `digest` is that of what readers read."""
    precision = entry.published_precision
    return {
        "title": entry.title,
        "summary": entry.summary,
        "content_html": entry.content_html,
        "text": entry.text,
        "author": entry.author,
        "language": entry.language,
        "published_at": entry.published_at,
        "published_precision": None if precision is None else precision.value,
        "updated_at": entry.updated_at,
        "content_digest": digest,
        "rights": entry.rights,
        "comments_url": entry.comments_url,
        "comment_count": entry.comment_count,
        "image_url": entry.image_url,
        "categories": list(entry.categories),
        "enclosures": [
            [file.url, file.media_type, file.length] for file in entry.enclosures
        ],
    }
