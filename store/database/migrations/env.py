"""Where Alembic starts: it migrates on the connection that `upgrade` hands over."""

from alembic import context

from store.database.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
)
context.run_migrations()
