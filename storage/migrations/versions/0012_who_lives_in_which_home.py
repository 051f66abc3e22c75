"""Who lives in which home, the words that show it, and wrong tries."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"

_HOME = ("building", "unit", "number")


def upgrade() -> None:
    _create(
        "residences",
        [
            _whole("person_id"),
            *_home(),
            _instant("since"),
            _whole("word_of"),
            _instant("ended_at", optional=True),
            _whole("ended_by", optional=True),
            sa.Column("reason", sa.Text(), nullable=True),
        ],
        people=("person_id", "word_of", "ended_by"),
    )
    op.create_index(
        "ix_residences_once",
        "residences",
        ["community_id", "person_id", *_HOME],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_index("ix_residences_home", "residences", ["community_id", *_HOME], unique=False)
    _create(
        "home_words",
        [
            *_home(),
            sa.Column("code_hash", sa.Text(), nullable=False),
            _whole("made_by"),
            _instant("made_at"),
            _whole("used"),
            _whole("wrong"),
            _instant("ended_at", optional=True),
        ],
        people=("made_by",),
    )
    op.create_index("ix_home_words_home", "home_words", ["community_id", *_HOME], unique=False)
    _create("wrong_words", [_whole("person_id"), _instant("at")], people=("person_id",))
    op.create_index(
        "ix_wrong_words_person", "wrong_words", ["community_id", "person_id", "at"], unique=False
    )


def _whole(name: str, *, optional: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.Integer(), nullable=optional)


def _instant(name: str, *, optional: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.BigInteger(), nullable=optional)


def _home() -> list[sa.Column[Any]]:
    text = (sa.Column(name, sa.Text(), nullable=False) for name in ("building", "number"))
    building, number = text
    return [building, _whole("unit"), number]


def _create(table: str, columns: list[sa.Column[Any]], people: tuple[str, ...]) -> None:
    op.create_table(
        table,
        sa.Column("community_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        *columns,
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
    )


def downgrade() -> None:
    for table in ("wrong_words", "home_words", "residences"):
        op.drop_table(table)
