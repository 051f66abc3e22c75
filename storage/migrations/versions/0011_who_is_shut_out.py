"""Who is shut out for a time."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.create_table(
        "blocks",
        sa.Column("community_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("term", sa.Text(), nullable=False),
        sa.Column("ends_at", sa.BigInteger(), nullable=True),
        sa.Column("asked_by", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.BigInteger(), nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("appeal", sa.Text(), nullable=True),
        sa.Column("judged_by", sa.Integer(), nullable=True),
        sa.Column("judged_at", sa.BigInteger(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("answered_at", sa.BigInteger(), nullable=True),
        *_keys("blocks", "person_id", "asked_by", "decided_by", "judged_by"),
    )
    standing = sa.text("status = 'stands'")
    op.create_index(
        "ix_blocks_standing",
        "blocks",
        ["community_id", "person_id"],
        sqlite_where=standing,
        postgresql_where=standing,
    )
    op.create_index("ix_blocks_status", "blocks", ["community_id", "status"])


def _keys(table: str, *people: str) -> list[sa.Constraint]:
    return [
        *(
            sa.ForeignKeyConstraint(
                ["community_id", column],
                ["people.community_id", "people.id"],
                name=op.f(f"fk_{table}_community_id_{column}_people"),
                ondelete="RESTRICT",
                initially="DEFERRED",
                deferrable=True,
            )
            for column in people
        ),
        sa.ForeignKeyConstraint(
            ["community_id"],
            ["communities.id"],
            name=op.f(f"fk_{table}_community_id_communities"),
            ondelete="RESTRICT",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("community_id", "id", name=op.f(f"pk_{table}")),
    ]


def downgrade() -> None:
    op.drop_table("blocks")
