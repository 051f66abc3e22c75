"""An index of the cases that somebody had first and others have now."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

_SOME = sa.text("lead_id IS NOT NULL")


def upgrade() -> None:
    op.create_index(
        "ix_cases_lead",
        "cases",
        ["community_id", "lead_id", "number"],
        sqlite_where=_SOME,
        postgresql_where=_SOME,
    )


def downgrade() -> None:
    op.drop_index("ix_cases_lead", table_name="cases")
