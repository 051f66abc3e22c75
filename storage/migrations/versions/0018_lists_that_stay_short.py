"""Indexes for what is open alone, so that a list costs the same however much was ever closed."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"

_OPEN, _CLOSED = "closed_at IS NULL", "closed_at IS NOT NULL"
# By name: the table, the columns behind the community, and of which rows.
_NEW = {
    "ix_cases_open": ("cases", ("number", "status"), _OPEN),
    "ix_cases_handler": ("cases", ("handler_id", "status", "number"), "handler_id IS NOT NULL"),
    "ix_cases_lead": ("cases", ("lead_id", "number"), f"lead_id IS NOT NULL AND {_OPEN}"),
    "ix_cases_reported": ("cases", ("reported_at",), None),
    "ix_cases_closed": ("cases", ("status", "closed_at"), _CLOSED),
    "ix_callbacks_status": ("callbacks", ("status", "case_number", "person_id"), None),
    "ix_callbacks_check": (
        "callbacks",
        ("check_status", "case_number", "person_id"),
        "check_status IS NOT NULL",
    ),
}
_OLD = {
    "ix_cases_status": ("cases", ("status", "number"), None),
    "ix_cases_handler": ("cases", ("handler_id", "number"), None),
    "ix_cases_lead": ("cases", ("lead_id", "number"), "lead_id IS NOT NULL"),
    "ix_callbacks_status": ("callbacks", ("status",), None),
    "ix_callbacks_check": ("callbacks", ("check_status",), None),
}


def upgrade() -> None:
    _exchange(_OLD, _NEW)


def downgrade() -> None:
    _exchange(_NEW, _OLD)


def _exchange(
    gone: dict[str, tuple[str, tuple[str, ...], str | None]],
    new: dict[str, tuple[str, tuple[str, ...], str | None]],
) -> None:
    for name, (table, _, _) in gone.items():
        op.drop_index(name, table_name=table)
    for name, (table, columns, where) in new.items():
        some = None if where is None else sa.text(where)
        op.create_index(
            name,
            table,
            ["community_id", *columns],
            sqlite_where=some,
            postgresql_where=some,
        )
