"""Alembic's environment: always the connection that storage.migrate hands in."""

from alembic import context

from storage.tables import metadata

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=metadata, render_as_batch=True)
# storage.migrate has begun the transaction and ends it, after counting rows.
context.run_migrations()
