"""Rosters: who is on patrol when, who stands in, when people cannot come, what was served."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0021"


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
    _rosters()
    _people()
    _shifts()
    _swaps()


def _rosters() -> None:
    op.create_table(
        "rosters",
        sa.Column("community_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("on_holiday", sa.Text(), nullable=False),
        sa.Column("begins", sa.Text(), nullable=False),
        sa.Column("needed", sa.Integer(), nullable=False),
        sa.Column("leader_id", sa.Integer(), nullable=False),
        sa.Column("skills", sa.JSON(), nullable=False),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        _refers("rosters", ["community_id"], "communities", ["id"]),
        _refers("rosters", ["community_id", "leader_id"], "people", ["community_id", "id"]),
        sa.PrimaryKeyConstraint("community_id", "id", name=op.f("pk_rosters")),
    )


def _people() -> None:
    op.create_table(
        "roster_members",
        sa.Column("community_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("roster_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("person_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("most", sa.Integer(), nullable=False),
        sa.Column("not_on", sa.JSON(), nullable=False),
        sa.Column("partner_id", sa.Integer(), nullable=True),
        _refers("roster_members", ["community_id", "roster_id"], "rosters", ["community_id", "id"]),
        _refers("roster_members", ["community_id"], "communities", ["id"]),
        _refers("roster_members", ["community_id", "person_id"], "people", ["community_id", "id"]),
        _refers("roster_members", ["community_id", "partner_id"], "people", ["community_id", "id"]),
        sa.PrimaryKeyConstraint(
            "community_id", "roster_id", "person_id", name=op.f("pk_roster_members")
        ),
    )
    op.create_index(
        "ix_roster_members_person", "roster_members", ["community_id", "person_id"], unique=False
    )
    op.create_table(
        "absences",
        sa.Column("community_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("person_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("first", sa.Text(), nullable=False),
        sa.Column("only_cover", sa.Boolean(), nullable=False),
        sa.Column("last", sa.Text(), nullable=False),
        _refers("absences", ["community_id", "person_id"], "people", ["community_id", "id"]),
        _refers("absences", ["community_id"], "communities", ["id"]),
        sa.PrimaryKeyConstraint(
            "community_id", "person_id", "first", "only_cover", name=op.f("pk_absences")
        ),
    )


def _shifts() -> None:
    op.create_table(
        "shifts",
        sa.Column("community_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("roster_id", sa.Integer(), nullable=False),
        sa.Column("planned", sa.Text(), nullable=False),
        sa.Column("starts", sa.BigInteger(), nullable=False),
        sa.Column("ends", sa.BigInteger(), nullable=False),
        sa.Column("needed", sa.Integer(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        _refers("shifts", ["community_id"], "communities", ["id"]),
        _refers("shifts", ["community_id", "roster_id"], "rosters", ["community_id", "id"]),
        sa.PrimaryKeyConstraint("community_id", "id", name=op.f("pk_shifts")),
    )
    op.create_index(
        "ix_shifts_once", "shifts", ["community_id", "roster_id", "planned"], unique=True
    )
    op.create_index("ix_shifts_starts", "shifts", ["community_id", "starts"], unique=False)
    op.create_table(
        "duties",
        sa.Column("community_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("shift_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("stands_in_for", sa.Integer(), nullable=True),
        sa.Column("came_at", sa.BigInteger(), nullable=True),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("hazards", sa.JSON(), nullable=False),
        _refers("duties", ["community_id", "person_id"], "people", ["community_id", "id"]),
        _refers("duties", ["community_id", "shift_id"], "shifts", ["community_id", "id"]),
        _refers("duties", ["community_id"], "communities", ["id"]),
        _refers("duties", ["community_id", "stands_in_for"], "people", ["community_id", "id"]),
        sa.PrimaryKeyConstraint("community_id", "id", name=op.f("pk_duties")),
    )
    op.create_index(
        "ix_duties_once", "duties", ["community_id", "shift_id", "person_id"], unique=True
    )
    op.create_index("ix_duties_person", "duties", ["community_id", "person_id"], unique=False)


def _swaps() -> None:
    op.create_table(
        "swaps",
        sa.Column("community_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("duty_id", sa.Integer(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("begun_at", sa.BigInteger(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        _refers("swaps", ["community_id", "duty_id"], "duties", ["community_id", "id"]),
        _refers("swaps", ["community_id"], "communities", ["id"]),
        sa.PrimaryKeyConstraint("community_id", "id", name=op.f("pk_swaps")),
    )
    op.create_index(
        "ix_swaps_open",
        "swaps",
        ["community_id", "duty_id"],
        unique=False,
        sqlite_where=sa.text("status = 'open'"),
        postgresql_where=sa.text("status = 'open'"),
    )
    op.create_table(
        "swap_asks",
        sa.Column("community_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("swap_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("person_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("asked_at", sa.BigInteger(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=True),
        _refers("swap_asks", ["community_id", "swap_id"], "swaps", ["community_id", "id"]),
        _refers("swap_asks", ["community_id"], "communities", ["id"]),
        _refers("swap_asks", ["community_id", "person_id"], "people", ["community_id", "id"]),
        sa.PrimaryKeyConstraint("community_id", "swap_id", "person_id", name=op.f("pk_swap_asks")),
    )
    op.create_index(
        "ix_swap_asks_person", "swap_asks", ["community_id", "person_id", "asked_at"], unique=False
    )


def downgrade() -> None:
    for name in (
        *("swap_asks", "swaps", "duties", "shifts"),
        *("absences", "roster_members", "rosters"),
    ):
        op.drop_table(name)
