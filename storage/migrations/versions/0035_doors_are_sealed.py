"""Doors are sealed: those of residences, which are found by a mark, and those of cases."""

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import context, op

revision = "0035"
down_revision = "0034"
_AT_ONCE = 1000  # rows
_RESIDENCES = sa.table(
    "residences",
    *map(sa.column, ("community_id", "id", "person_id", "building", "unit", "number")),
    sa.column("home_mark"),
)
_CASES = sa.table("cases", *map(sa.column, ("community_id", "number", "reporter_id", "door")))
_KEYS = sa.table("keys", *map(sa.column, ("community_id", "person_id", "wrapped")))
_NOW = "ended_at IS NULL"


def upgrade() -> None:
    op.add_column("residences", sa.Column("home_mark", sa.Text()))
    op.drop_index("ix_residences_once", "residences")
    op.drop_index("ix_residences_home", "residences")
    _seal_residences()
    _seal_cases()
    op.create_index("ix_residences_home", "residences", ["community_id", "home_mark"])
    op.create_index("ix_residences_building", "residences", ["community_id", "building"])
    op.create_index(
        "ix_residences_once",
        "residences",
        ["community_id", "person_id", "home_mark"],
        unique=True,
        sqlite_where=sa.text(_NOW),
        postgresql_where=sa.text(_NOW),
    )


def _seal_residences() -> None:
    one, connection = _RESIDENCES.c, op.get_bind()
    seal = _update(_RESIDENCES, one.id).values(
        number=sa.bindparam("sealed"), home_mark=sa.bindparam("mark")
    )
    for some in _batches(_RESIDENCES, one.id, one.person_id):
        vault = context.config.attributes["vault"]
        connection.execute(
            seal,
            [
                {
                    "community": row.community_id,
                    "wanted": row.id,
                    "sealed": _key(vault, row, row.person_id).seal(
                        f"residences.number/{row.community_id}/{row.id}", row.number
                    ),
                    "mark": vault.mark("home", f"{row.building}|{row.unit}|{row.number}"),
                }
                for row in some
            ],
        )


def _seal_cases() -> None:
    one, connection = _CASES.c, op.get_bind()
    seal = _update(_CASES, one.number).values(door=sa.bindparam("sealed"))
    for some in _batches(_CASES, one.number, one.reporter_id, one.door.is_not(None)):
        vault = context.config.attributes["vault"]
        connection.execute(
            seal,
            [
                {
                    "community": row.community_id,
                    "wanted": row.number,
                    "sealed": _key(vault, row, row.reporter_id).seal(
                        f"cases.door/{row.community_id}/{row.number}", row.door
                    ),
                }
                for row in some
            ],
        )


def _update(table: Any, number: Any) -> Any:
    return sa.update(table).where(
        table.c.community_id == sa.bindparam("community"), number == sa.bindparam("wanted")
    )


def _batches(table: Any, number: Any, person: Any, *only: Any) -> Iterator[Any]:
    """Read the rows with the key of the person, some at a time, in the order of their key."""
    read = (
        sa.select(table, _KEYS.c.wrapped)
        .where(
            sa.tuple_(table.c.community_id, number)
            > sa.tuple_(
                sa.bindparam("community", type_=sa.Integer),
                sa.bindparam("last", type_=sa.Integer),
            ),
            _KEYS.c.community_id == table.c.community_id,
            _KEYS.c.person_id == person,
            *only,
        )
        .order_by(table.c.community_id, number)
        .limit(_AT_ONCE)
    )
    community, last = 0, 0
    while some := op.get_bind().execute(read, {"community": community, "last": last}).all():
        yield some
        community, last = some[-1].community_id, getattr(some[-1], number.name)


def _key(vault: Any, row: Any, person: int) -> Any:
    return vault.key(row.community_id, person, row.wrapped)


def downgrade() -> None:
    msg = "what was sealed stays sealed: go back to the backup from before"
    raise NotImplementedError(msg)
