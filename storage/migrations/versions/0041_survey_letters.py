"""What was said of surveys to each person, and in which way: it counts to their two a week."""

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0040"

_WAITING = "way = 'digest' AND fate IS NULL"


def _belongs(column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["community_id", column],
        [f"{to}.community_id", f"{to}.id"],
        name=op.f(f"fk_survey_letters_community_id_{column}_{to}"),
        ondelete="RESTRICT",
        initially="DEFERRED",
        deferrable=True,
    )


def upgrade() -> None:
    op.create_table(
        "survey_letters",
        sa.Column("community_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("survey_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("person_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("occasion", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("way", sa.Text(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.Column("fate", sa.Text()),
        sa.ForeignKeyConstraint(
            ["community_id"],
            ["communities.id"],
            name=op.f("fk_survey_letters_community_id_communities"),
            ondelete="RESTRICT",
            initially="DEFERRED",
            deferrable=True,
        ),
        _belongs("survey_id", "surveys"),
        _belongs("person_id", "people"),
        sa.PrimaryKeyConstraint(
            "community_id", "survey_id", "person_id", "occasion", name=op.f("pk_survey_letters")
        ),
        sqlite_with_rowid=False,
    )
    columns = ["community_id", "person_id"]
    op.create_index("ix_survey_letters_person", "survey_letters", [*columns, "due_at"])
    op.create_index(
        "ix_survey_letters_digest",
        "survey_letters",
        columns,
        sqlite_where=sa.text(_WAITING),
        postgresql_where=sa.text(_WAITING),
    )


def downgrade() -> None:
    op.drop_table("survey_letters")
