"""Outages that a notice has announced: without a case until somebody reports."""

import sqlalchemy as sa
from alembic import op

revision = "0045"
down_revision = "0044"


def upgrade() -> None:
    with op.batch_alter_table("outages", schema=None) as batch_op:
        batch_op.alter_column("case_number", existing_type=sa.Integer(), nullable=True)
        batch_op.alter_column("category", existing_type=sa.Text(), nullable=True)
        batch_op.add_column(sa.Column("broadcast_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            op.f("fk_outages_community_id_broadcast_id_broadcasts"),
            "broadcasts",
            ["community_id", "broadcast_id"],
            ["community_id", "id"],
            ondelete="RESTRICT",
            initially="DEFERRED",
            deferrable=True,
        )


def downgrade() -> None:
    with op.batch_alter_table("outages", schema=None) as batch_op:
        batch_op.drop_constraint(
            op.f("fk_outages_community_id_broadcast_id_broadcasts"), type_="foreignkey"
        )
        batch_op.drop_column("broadcast_id")
        batch_op.alter_column("category", existing_type=sa.Text(), nullable=False)
        batch_op.alter_column("case_number", existing_type=sa.Integer(), nullable=False)
