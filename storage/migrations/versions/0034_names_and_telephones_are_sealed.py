"""Names and telephone numbers are sealed with the key of each person; names are found by marks."""

from itertools import pairwise
from typing import Any

import sqlalchemy as sa
from alembic import context, op

revision = "0034"
down_revision = "0033"
_AT_ONCE = 1000  # people
_PEOPLE = sa.table(
    "people",
    *(sa.column(one) for one in ("community_id", "id", "name")),
    sa.column("settings", sa.JSON()),
)
_KEYS = sa.table("keys", *map(sa.column, ("community_id", "person_id", "wrapped")))
_PIECES = sa.table("name_pieces", *map(sa.column, ("community_id", "mark", "person_id")))
_NEXT = (
    sa.select(_PEOPLE, _KEYS.c.wrapped)
    .where(
        sa.tuple_(_PEOPLE.c.community_id, _PEOPLE.c.id)
        > sa.tuple_(
            sa.bindparam("community", type_=sa.Integer), sa.bindparam("person", type_=sa.Integer)
        ),
        _KEYS.c.community_id == _PEOPLE.c.community_id,
        _KEYS.c.person_id == _PEOPLE.c.id,
    )
    .order_by(_PEOPLE.c.community_id, _PEOPLE.c.id)
    .limit(_AT_ONCE)
)
_SEAL = (
    sa.update(_PEOPLE)
    .where(
        _PEOPLE.c.community_id == sa.bindparam("community"),
        _PEOPLE.c.id == sa.bindparam("person"),
    )
    .values(name=sa.bindparam("as_name"), settings=sa.bindparam("as_settings"))
)


def upgrade() -> None:
    op.create_table(
        "name_pieces",
        sa.Column("community_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("mark", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id", "person_id"],
            ["people.community_id", "people.id"],
            name=op.f("fk_name_pieces_community_id_people"),
            ondelete="RESTRICT",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["community_id"],
            ["communities.id"],
            name=op.f("fk_name_pieces_community_id_communities"),
            ondelete="RESTRICT",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint(
            "community_id", "mark", "person_id", name=op.f("pk_name_pieces")
        ),
    )  # fmt: skip
    op.create_index("ix_name_pieces_person", "name_pieces", ["community_id", "person_id"])
    _seal()


def _seal() -> None:
    connection, last = op.get_bind(), {"community": 0, "person": 0}
    while some := connection.execute(_NEXT, last).all():
        vault = context.config.attributes["vault"]
        connection.execute(_SEAL, [_sealed(vault, one) for one in some])
        pieces = [
            {
                "community_id": one.community_id,
                "mark": vault.mark("name", piece),
                "person_id": one.id,
            }
            for one in some
            for piece in sorted(_pieces(one.name.casefold()))
        ]
        if pieces:
            connection.execute(sa.insert(_PIECES), pieces)
        last = {"community": some[-1].community_id, "person": some[-1].id}


def _pieces(name: str) -> set[str]:
    return {*name, *map("".join, pairwise(name))}


def _sealed(vault: Any, row: Any) -> dict[str, Any]:
    mine = vault.key(row.community_id, row.id, row.wrapped)
    at = f"{row.community_id}/{row.id}"
    settings = dict(row.settings or {})
    for held in (settings, *(one for one in settings.values() if isinstance(one, dict))):
        if held.get("phone"):  # left by who called, or given of who serves
            held["phone"] = mine.seal(f"people.phone/{at}", held["phone"])
    return {
        "community": row.community_id,
        "person": row.id,
        "as_name": mine.seal(f"people.name/{at}", row.name),
        "as_settings": settings,
    }


def downgrade() -> None:
    msg = "what was sealed stays sealed: go back to the backup from before"
    raise NotImplementedError(msg)
