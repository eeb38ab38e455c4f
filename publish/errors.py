"""What can go wrong in publishing.

PublishError
└── FolderRefusedError    a folder is not one to publish into; nothing was written
"""

from __future__ import annotations


class PublishError(Exception):
    """Anything that publishing cannot go on with; says what, where and what to do."""


class FolderRefusedError(PublishError):
    """Something is in the way of publishing into a folder; it was not touched."""
