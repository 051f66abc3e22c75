"""Surveys: what is asked, who was asked, what was answered."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0027"

_WHOSE: dict[str, Any] = {"ondelete": "RESTRICT", "initially": "DEFERRED", "deferrable": True}


def _belongs(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_community_id_{column}_{to}")
    ours, theirs = ["community_id", column], [f"{to}.community_id", f"{to}.id"]
    return sa.ForeignKeyConstraint(ours, theirs, name=name, **_WHOSE)


def _community(table: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_community_id_communities")
    return sa.ForeignKeyConstraint(["community_id"], ["communities.id"], name=name, **_WHOSE)


def _number(name: str, *, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), autoincrement=False, nullable=nullable)


def upgrade() -> None:
    op.create_table(
        "surveys",
        _number("community_id"),
        _number("id"),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("questions", sa.JSON(), nullable=False),
        sa.Column("whom", sa.JSON(), nullable=False),
        sa.Column("anonymous", sa.Boolean(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("asked_by", sa.Integer(), nullable=False),
        sa.Column("starts_at", sa.BigInteger(), nullable=False),
        sa.Column("ends_at", sa.BigInteger(), nullable=False),
        _belongs("surveys", "asked_by", "people"),
        _community("surveys"),
        sa.PrimaryKeyConstraint("community_id", "id", name=op.f("pk_surveys")),
    )
    _guests()
    _papers()


def _guests() -> None:
    op.create_table(
        "survey_guests",
        _number("community_id"),
        _number("survey_id"),
        _number("person_id"),
        sa.Column("building", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.BigInteger(), nullable=True),
        sa.Column("asked_times", sa.Integer(), nullable=False),
        sa.Column("case_number", sa.Integer(), nullable=True),
        _belongs("survey_guests", "survey_id", "surveys"),
        _belongs("survey_guests", "person_id", "people"),
        _community("survey_guests"),
        sa.PrimaryKeyConstraint(
            "community_id", "survey_id", "person_id", name=op.f("pk_survey_guests")
        ),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_survey_guests_asked", "survey_guests", ["community_id", "person_id"])


def _papers() -> None:
    for table, columns in (
        (
            "survey_papers",
            (
                sa.Column("answers", sa.JSON(), nullable=False),
                sa.Column("done", sa.Boolean(), nullable=False),
                sa.Column("person_id", sa.Integer(), nullable=True),
                _belongs("survey_papers", "person_id", "people"),
            ),
        ),
        (
            "survey_lines",
            (
                sa.Column("question", sa.Integer(), nullable=False),
                sa.Column("words", sa.Text(), nullable=False),
            ),
        ),
    ):
        op.create_table(
            table,
            _number("community_id"),
            _number("survey_id"),
            sa.Column("id", sa.Text(), nullable=False),
            *columns,
            _belongs(table, "survey_id", "surveys"),
            _community(table),
            sa.PrimaryKeyConstraint("community_id", "survey_id", "id", name=op.f(f"pk_{table}")),
            sqlite_with_rowid=False,
        )


def downgrade() -> None:
    for table in ("survey_lines", "survey_papers", "survey_guests", "surveys"):
        op.drop_table(table)
