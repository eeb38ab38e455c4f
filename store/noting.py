"""What an operator is to know beside her sources, noted once."""

from __future__ import annotations

from store.configuration_trouble import ConfigurationTrouble, is_news
from store.database import changes, configuration_troubles
from store.database.engine import Database


def note_configuration(database: Database, read: ConfigurationTrouble) -> bool:
    """Keep what a configuration that was read is like, if it is news; whether it was.

    Of many processes that read the same one alone notes it.

    Raises:
        StoreError: nothing was kept.
    """
    with database.write() as connection:
        told = configuration_troubles.load_troubles(connection, limit=1)
        if not is_news(read, told[0] if told else None):
            return False
        configuration_troubles.add_trouble(connection, read)
        changes.note_change(connection)
        return True
