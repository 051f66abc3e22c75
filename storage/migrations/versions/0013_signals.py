"""Signals: what points at a root cause, raised once and open until somebody has answered it."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def _refers(columns: list[str], table: str, to: list[str]) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        columns,
        [f"{table}.{one}" for one in to],
        name=op.f(f"fk_signals_{'_'.join(columns)}_{table}"),
        ondelete="RESTRICT",
        initially="DEFERRED",
        deferrable=True,
    )


def upgrade() -> None:
    op.create_table(
        "signals",
        sa.Column("community_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("occurrence", sa.Text(), nullable=False),
        sa.Column("case_number", sa.Integer(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("raised_at", sa.BigInteger(), nullable=False),
        sa.Column("closed_at", sa.BigInteger(), nullable=True),
        sa.Column("closed_by", sa.Integer(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
        _refers(["community_id"], "communities", ["id"]),
        _refers(["community_id", "case_number"], "cases", ["community_id", "number"]),
        _refers(["community_id", "closed_by"], "people", ["community_id", "id"]),
        sa.PrimaryKeyConstraint("community_id", "id", name=op.f("pk_signals")),
        sa.UniqueConstraint(
            "community_id",
            "kind",
            "subject",
            "occurrence",
            name=op.f("uq_signals_community_id_kind_subject_occurrence"),
        ),
    )
    op.create_index(
        "ix_signals_open",
        "signals",
        ["community_id", "id"],
        unique=False,
        sqlite_where=sa.text("closed_at IS NULL"),
        postgresql_where=sa.text("closed_at IS NULL"),
    )
    op.create_index(
        "ix_cases_alike",
        "cases",
        ["community_id", "building", "category", "reported_at"],
        unique=False,
    )


def downgrade() -> None:
    op.drop_index("ix_cases_alike", table_name="cases")
    op.drop_table("signals")
