"""A shift may be moved by hand, and a hazard that somebody has seen becomes a case."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0036"


def upgrade() -> None:
    for table, name, kind, otherwise in (
        ("shifts", "moved", sa.Boolean(), sa.false()),
        ("duties", "reported", sa.JSON(), "{}"),
    ):
        column: sa.Column[Any] = sa.Column(name, kind, server_default=otherwise, nullable=False)
        op.add_column(table, column)


def downgrade() -> None:
    with op.batch_alter_table("duties") as duties:
        duties.drop_column("reported")
    with op.batch_alter_table("shifts") as shifts:
        shifts.drop_column("moved")
