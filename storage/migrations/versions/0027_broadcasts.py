"""Broadcasts: what is said to many at once, to whom it went, and letters that give way."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0025"


def _refers(of: str, columns: list[str], table: str, to: list[str]) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        columns,
        [f"{table}.{one}" for one in to],
        name=op.f(f"fk_{of}_{'_'.join(columns)}_{table}"),
        ondelete="RESTRICT",
        initially="DEFERRED",
        deferrable=True,
    )


def upgrade() -> None:
    op.create_table(
        "broadcasts",
        sa.Column("community_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("whom", sa.JSON(), nullable=False),
        sa.Column("shown", sa.JSON(), nullable=False),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("silent", sa.Boolean(), nullable=False),
        sa.Column("receipts", sa.Boolean(), nullable=False),
        sa.Column("send_at", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("started_at", sa.BigInteger(), nullable=True),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.Column("corrected_at", sa.BigInteger(), nullable=True),
        sa.Column("reached", sa.Integer(), nullable=False),
        sa.Column("whole", sa.Boolean(), nullable=False),
        sa.Column("steps", sa.Integer(), nullable=False),
        sa.Column("settled", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        _refers("broadcasts", ["community_id"], "communities", ["id"]),
        _refers("broadcasts", ["community_id", "author_id"], "people", ["community_id", "id"]),
        _refers("broadcasts", ["community_id", "decided_by"], "people", ["community_id", "id"]),
        sa.PrimaryKeyConstraint("community_id", "id", name=op.f("pk_broadcasts")),
    )
    op.create_index("ix_broadcasts_send_at", "broadcasts", ["community_id", "send_at"])
    _add_people()
    op.add_column("outbox", sa.Column("broadcast_id", sa.Integer(), nullable=True))
    op.add_column(
        "outbox", sa.Column("bulk", sa.Boolean(), server_default=sa.false(), nullable=False)
    )
    letters = sa.text("kind = 'broadcast.letter'")
    op.create_index(
        "ix_outbox_broadcast",
        "outbox",
        ["community_id", "broadcast_id", "chat_id"],
        unique=True,
        sqlite_where=letters,
        postgresql_where=letters,
    )


def _add_people() -> None:
    name = "broadcast_people"
    op.create_table(
        name,
        sa.Column("community_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("broadcast_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("person_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("way", sa.Text(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.Column("fate", sa.Text(), nullable=True),
        sa.Column("received_at", sa.BigInteger(), nullable=True),
        _refers(name, ["community_id"], "communities", ["id"]),
        _refers(name, ["community_id", "broadcast_id"], "broadcasts", ["community_id", "id"]),
        _refers(name, ["community_id", "person_id"], "people", ["community_id", "id"]),
        sa.PrimaryKeyConstraint(
            "community_id", "broadcast_id", "person_id", name=op.f(f"pk_{name}")
        ),
    )
    op.create_index(f"ix_{name}_person", name, ["community_id", "person_id", "due_at"])
    waiting = sa.text("way = 'digest' AND fate IS NULL")
    op.create_index(
        f"ix_{name}_digest",
        name,
        ["community_id", "person_id"],
        sqlite_where=waiting,
        postgresql_where=waiting,
    )


def downgrade() -> None:
    op.drop_index("ix_outbox_broadcast", table_name="outbox")
    op.drop_column("outbox", "bulk")
    op.drop_column("outbox", "broadcast_id")
    op.drop_table("broadcast_people")
    op.drop_table("broadcasts")
