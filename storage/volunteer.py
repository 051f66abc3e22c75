"""Who would like to be a volunteer, what they can do and where; rows stay as history."""

from dataclasses import asdict
from typing import Any

from sqlalchemy import Row, bindparam, func, insert, select, update

from bot.domain.volunteer import Wish, WishStatus
from storage.tables import wishes
from storage.unit_of_work import UnitOfWork

_HERE = wishes.c.community_id == bindparam("community")
_WAITS = wishes.c.status == WishStatus.WAITING.value
_ADD = insert(wishes)
_ONE = select(wishes).where(_HERE, wishes.c.id == bindparam("wanted"))
_OF = select(wishes).where(_HERE, wishes.c.person_id == bindparam("person")).order_by(wishes.c.id)
_WAITING = select(wishes).where(_HERE, _WAITS).order_by(wishes.c.id)
_COUNT = select(func.count().label("n")).select_from(wishes).where(_HERE, _WAITS)
_CHANGE = (
    update(wishes)
    .where(_HERE, wishes.c.id == bindparam("wanted"))
    .values(
        skills=bindparam("new_skills"),
        area=bindparam("new_area"),
        status=bindparam("to"),
        version=bindparam("next"),
        told=bindparam("heard"),
        reason=bindparam("why"),
        decided_by=bindparam("judge"),
        decided_at=bindparam("at"),
    )
)


def _wish(row: Row[Any]) -> Wish:
    values = row._asdict()
    return Wish(**{**values, "skills": tuple(row.skills), "status": WishStatus(row.status)})


def add(uow: UnitOfWork, one: Wish) -> Wish:
    """Add one; return it."""
    uow.write(_ADD, {**asdict(one), "skills": list(one.skills), "status": one.status.value})
    return one


def change(uow: UnitOfWork, one: Wish) -> Wish:
    """Write what is wished now and how it stands; return it."""
    uow.write(
        _CHANGE,
        {
            "community": one.community_id,
            "wanted": one.id,
            "new_skills": list(one.skills),
            "new_area": one.area,
            "to": one.status.value,
            "next": one.version,
            "heard": one.told,
            "why": one.reason,
            "judge": one.decided_by,
            "at": one.decided_at,
        },
    )
    return one


async def find(uow: UnitOfWork, community_id: int, id_: int) -> Wish | None:
    """Return the one with this id."""
    row = await uow.first(_ONE, {"community": community_id, "wanted": id_})
    return None if row is None else _wish(row)


async def of(uow: UnitOfWork, community_id: int, person_id: int) -> list[Wish]:
    """Return every wish about the person, the oldest first."""
    values = {"community": community_id, "person": person_id}
    return [_wish(row) for row in await uow.read(_OF, values)]


async def waiting(uow: UnitOfWork, community_id: int) -> list[Wish]:
    """Return what waits for an organizer, the oldest first."""
    return [_wish(row) for row in await uow.read(_WAITING, {"community": community_id})]


async def count_waiting(uow: UnitOfWork, community_id: int) -> int:
    """Return how many wait for an organizer."""
    row = await uow.first(_COUNT, {"community": community_id})
    return 0 if row is None else int(row.n)
