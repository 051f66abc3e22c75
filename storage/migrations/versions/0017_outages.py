"""Outages: something is off until a time, reports join one case, and all are asked at the end."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"


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
        "outages",
        sa.Column("community_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("case_number", sa.Integer(), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("scopes", sa.JSON(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.Column("started_at", sa.BigInteger(), nullable=False),
        sa.Column("started_by", sa.Integer(), nullable=False),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        _refers("outages", ["community_id"], "communities", ["id"]),
        _refers("outages", ["community_id", "case_number"], "cases", ["community_id", "number"]),
        _refers("outages", ["community_id", "started_by"], "people", ["community_id", "id"]),
        sa.PrimaryKeyConstraint("community_id", "id", name=op.f("pk_outages")),
    )
    op.create_index(
        "ix_outages_open",
        "outages",
        ["community_id", "id"],
        unique=False,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_index("ix_outages_ended", "outages", ["community_id", "ended_at"], unique=False)
    op.create_table(
        "outage_answers",
        sa.Column("community_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("outage_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("person_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("said", sa.Text(), nullable=True),
        sa.Column("said_at", sa.BigInteger(), nullable=True),
        _refers("outage_answers", ["community_id"], "communities", ["id"]),
        _refers("outage_answers", ["community_id", "outage_id"], "outages", ["community_id", "id"]),
        _refers("outage_answers", ["community_id", "person_id"], "people", ["community_id", "id"]),
        sa.PrimaryKeyConstraint(
            "community_id", "outage_id", "person_id", name=op.f("pk_outage_answers")
        ),
    )


def downgrade() -> None:
    op.drop_table("outage_answers")
    op.drop_table("outages")
