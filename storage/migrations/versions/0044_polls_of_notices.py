"""Polls that go out with a notice: where the one stands that everybody gets, and its votes."""

import sqlalchemy as sa
from alembic import op

revision = "0044"
down_revision = "0042"


def _belongs(table: str, own: str, theirs: str = "id") -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["community_id", own],
        [f"{table}.community_id", f"{table}.{theirs}"],
        name=op.f(f"fk_broadcast_polls_community_id_{own}_{table}"),
        ondelete="RESTRICT",
        initially="DEFERRED",
        deferrable=True,
    )


def upgrade() -> None:
    op.create_table(
        "broadcast_polls",
        sa.Column("community_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("broadcast_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=False),
        sa.Column("poll_id", sa.Text(), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("voters", sa.Integer(), nullable=False),
        sa.Column("closed_at", sa.BigInteger()),
        sa.ForeignKeyConstraint(
            ["community_id"],
            ["communities.id"],
            name=op.f("fk_broadcast_polls_community_id_communities"),
            ondelete="RESTRICT",
            initially="DEFERRED",
            deferrable=True,
        ),
        _belongs("broadcasts", "broadcast_id"),
        _belongs("people", "author_id"),
        sa.PrimaryKeyConstraint("community_id", "broadcast_id", name=op.f("pk_broadcast_polls")),
    )
    op.create_index("ix_broadcast_polls_poll", "broadcast_polls", ["poll_id"])


def downgrade() -> None:
    op.drop_table("broadcast_polls")
