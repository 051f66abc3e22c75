"""How much was deleted in which month, and where the audit begins when its oldest part is gone."""

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"


def upgrade() -> None:
    op.create_table(
        "deletions",
        sa.Column("community_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("month", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id"],
            ["communities.id"],
            name=op.f("fk_deletions_community_id_communities"),
            ondelete="RESTRICT",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("community_id", "month", "kind", name=op.f("pk_deletions")),
    )
    begins = sa.Column("first", sa.Integer(), server_default=sa.text("0"), nullable=False)
    op.add_column("audit_heads", begins)
    op.add_column(
        "audit_heads", sa.Column("first_seal", sa.Text(), server_default="", nullable=False)
    )


def downgrade() -> None:
    with op.batch_alter_table("audit_heads") as heads:
        heads.drop_column("first_seal")
        heads.drop_column("first")
    op.drop_table("deletions")
