"""What can go wrong with the store; every message names the database and what to do.

StoreError
  DatabaseInUse       another rekkas service holds this database
  DatabaseTooNew      a later rekkas wrote this database
  DatabaseUnreachable its server does not answer, or answers no more
"""

from __future__ import annotations


class StoreError(Exception):
    """The database cannot be opened, read or written; nothing stored was lost."""


class DatabaseInUse(StoreError):  # noqa: N818 - a state of the world, not a fault
    """Another service polls and publishes from this database."""


class DatabaseTooNew(StoreError):  # noqa: N818 - a state of the world, not a fault
    """The database has tables that this version does not know."""


class DatabaseUnreachable(StoreError):  # noqa: N818 - a state of the world, not a fault
    """The server is not there now; what was stored is safe, and it may come back."""
