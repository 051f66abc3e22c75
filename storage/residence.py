"""Who lives in which home, as somebody has shown."""

from dataclasses import asdict, fields
from typing import Any

from sqlalchemy import Row, and_, bindparam, func, insert, select, update

from bot.domain.person import ERASED
from bot.domain.residence import Key, Residence
from storage import key
from storage.tables import keys, residences
from storage.unit_of_work import UnitOfWork

_HERE = residences.c.community_id == bindparam("community")
_NOW = residences.c.ended_at.is_(None)
_ADD = insert(residences)
_SEALED = select(residences, keys.c.wrapped).outerjoin_from(
    residences,
    keys,
    and_(
        keys.c.community_id == residences.c.community_id,
        keys.c.person_id == residences.c.person_id,
    ),
)
_ONE = _SEALED.where(_HERE, residences.c.id == bindparam("wanted"))
_OF = _SEALED.where(_HERE, residences.c.person_id == bindparam("person"), _NOW).order_by(
    residences.c.id
)
_COUNT = select(func.count().label("n")).where(
    _HERE, residences.c.home_mark == bindparam("mark"), _NOW
)
_END = (
    update(residences)
    .where(_HERE, residences.c.id == bindparam("wanted"))
    .values(ended_at=bindparam("at"), ended_by=bindparam("by"), reason=bindparam("why"))
)


_FIELDS = tuple(field.name for field in fields(Residence))


def _residence(uow: UnitOfWork, row: Row[Any]) -> Residence:
    mine = key.unwrapped(uow, row.community_id, row.person_id, row.wrapped)
    held = {name: getattr(row, name) for name in _FIELDS}
    held["number"] = ERASED if mine is None else mine.open(_row(row), row.number)
    return Residence(**held)


def _row(of: Residence | Row[Any]) -> str:
    return f"residences.number/{of.community_id}/{of.id}"


def mark_of(uow: UnitOfWork, home: Key) -> str:
    """Return by what the home is found among those that people live in."""
    return uow.vault.mark("home", "|".join(map(str, home)))


def add(uow: UnitOfWork, one: Residence) -> None:
    """Add one; raises LookupError unless the person was read in this unit of work."""
    mine = key.at_hand(uow, one.community_id, one.person_id)
    number = "" if mine is None else mine.seal(_row(one), one.number)
    uow.write(_ADD, {**asdict(one), "number": number, "home_mark": mark_of(uow, one.key)})


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
    return None if row is None else _residence(uow, row)


async def of(uow: UnitOfWork, community_id: int, person_id: int) -> list[Residence]:
    """Return where the person lives now, the oldest first."""
    rows = await uow.read(_OF, {"community": community_id, "person": person_id})
    return [_residence(uow, row) for row in rows]


async def count_in(uow: UnitOfWork, community_id: int, home: Key) -> int:
    """Return how many live in the home now."""
    row = await uow.first(_COUNT, {"community": community_id, "mark": mark_of(uow, home)})
    return 0 if row is None else int(row.n)
