"""Who lives in which home, as somebody has shown."""

from dataclasses import asdict
from typing import Any

from sqlalchemy import Row, bindparam, func, insert, select, update

from bot.domain.residence import Key, Residence
from storage.tables import residences
from storage.unit_of_work import UnitOfWork

_HERE = residences.c.community_id == bindparam("community")
_NOW = residences.c.ended_at.is_(None)
_ADD = insert(residences)
_ONE = select(residences).where(_HERE, residences.c.id == bindparam("wanted"))
_OF = (
    select(residences)
    .where(_HERE, residences.c.person_id == bindparam("person"), _NOW)
    .order_by(residences.c.id)
)
_COUNT = select(func.count().label("n")).where(
    _HERE,
    residences.c.building == bindparam("in_building"),
    residences.c.unit == bindparam("in_unit"),
    residences.c.number == bindparam("door"),
    _NOW,
)
_END = (
    update(residences)
    .where(_HERE, residences.c.id == bindparam("wanted"))
    .values(ended_at=bindparam("at"), ended_by=bindparam("by"), reason=bindparam("why"))
)


def _residence(row: Row[Any]) -> Residence:
    return Residence(**row._asdict())


def add(uow: UnitOfWork, one: Residence) -> None:
    """Add one."""
    uow.write(_ADD, asdict(one))


def end(uow: UnitOfWork, one: Residence) -> None:
    """Write when it ended, through whom and why."""
    uow.write(
        _END,
        {
            "community": one.community_id,
            "wanted": one.id,
            "at": one.ended_at,
            "by": one.ended_by,
            "why": one.reason,
        },
    )


async def find(uow: UnitOfWork, community_id: int, id_: int) -> Residence | None:
    """Return the one with this id, ended or not."""
    row = await uow.first(_ONE, {"community": community_id, "wanted": id_})
    return None if row is None else _residence(row)


async def of(uow: UnitOfWork, community_id: int, person_id: int) -> list[Residence]:
    """Return where the person lives now, the oldest first."""
    rows = await uow.read(_OF, {"community": community_id, "person": person_id})
    return [_residence(row) for row in rows]


async def count_in(uow: UnitOfWork, community_id: int, home: Key) -> int:
    """Return how many live in the home now."""
    building, unit, number = home
    values = {"in_building": building, "in_unit": unit, "door": number}
    row = await uow.first(_COUNT, {"community": community_id, **values})
    return 0 if row is None else int(row.n)
