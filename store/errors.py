"""What can go wrong with the store; every message names the database and what to do.

StoreError
  DatabaseInUse       another rekkas service holds this database
  DatabaseTooNew      a later rekkas wrote this database
  DatabaseUnavailable trouble that may pass: whoever can wait does
    DatabaseUnreachable its server does not answer, or answers no more
    DatabaseUnwritable  its disk is full or broken, or another program holds it
"""

from __future__ import annotations


class StoreError(Exception):
    """The database cannot be opened, read or written; nothing stored was lost."""


class DatabaseInUse(StoreError):  # noqa: N818 - a state of the world, not a fault
    """Another service polls and publishes from this database."""


class DatabaseTooNew(StoreError):  # noqa: N818 - a state of the world, not a fault
    """The database has tables that this version does not know."""


class DatabaseUnavailable(StoreError):  # noqa: N818 - a state of the world, not a fault
    """Trouble that may pass by itself, or by an operator's hand elsewhere."""


class DatabaseUnwritable(DatabaseUnavailable):
    """Nothing can be written now; what was stored is safe."""


class DatabaseUnreachable(DatabaseUnavailable):
    """The server is not there now; what was stored is safe, and it may come back."""
