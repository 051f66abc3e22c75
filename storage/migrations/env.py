"""Alembic's environment: always the connection that storage.migrate hands in."""

from typing import Any

from alembic import context
from alembic.ddl.postgresql import PostgresqlImpl
from sqlalchemy import Boolean, Column, DefaultClause, false

from storage.tables import metadata


class Impl(PostgresqlImpl):
    """PostgreSQL as the first revisions need it: they were written when there was only SQLite."""

    __dialect__ = "postgresql"

    def add_column(self, table_name: str, column: Column[Any], **more: Any) -> None:
        """Add a column; the default 0 of a truth value is written as PostgreSQL wants it."""
        if isinstance(column.type, Boolean) and column.server_default is not None:
            column.server_default = DefaultClause(false())
        super().add_column(table_name, column, **more)


connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=metadata, render_as_batch=True)
# storage.migrate has begun the transaction and ends it, after counting rows.
context.run_migrations()
