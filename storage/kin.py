"""Relatives who help, and their invitations."""

from dataclasses import asdict
from typing import Any

from sqlalchemy import Row, bindparam, insert, or_, select, update

from bot.domain.kin import Kin, KinStatus
from storage.tables import kin
from storage.unit_of_work import UnitOfWork

_HERE = kin.c.community_id == bindparam("community")
_ADD = insert(kin)
_ONE = select(kin).where(_HERE, kin.c.id == bindparam("wanted"))
_BY_CODE = select(kin).where(_HERE, kin.c.code_hash == bindparam("code"))
_AGREED = (
    select(kin)
    .where(
        _HERE,
        kin.c.status == KinStatus.AGREED.value,
        or_(kin.c.helper_id == bindparam("person"), kin.c.elder_id == bindparam("person")),
    )
    .order_by(kin.c.id)
)
_CHANGE = (
    update(kin)
    .where(_HERE, kin.c.id == bindparam("wanted"))
    .values(elder_id=bindparam("new_elder"), status=bindparam("to"), changed_at=bindparam("at"))
)


def _kin(row: Row[Any]) -> Kin:
    values = row._asdict()
    return Kin(**{**values, "status": KinStatus(values["status"])})


def add(uow: UnitOfWork, one: Kin) -> None:
    """Add an invitation."""
    uow.write(_ADD, {**asdict(one), "status": one.status.value})


def change(uow: UnitOfWork, one: Kin) -> Kin:
    """Write who the elder is and how it stands, as of now; return it as it is then."""
    uow.write(
        _CHANGE,
        {
            "community": one.community_id,
            "wanted": one.id,
            "new_elder": one.elder_id,
            "to": one.status.value,
            "at": uow.now,
        },
    )
    return one


async def find(uow: UnitOfWork, community_id: int, id_: int) -> Kin | None:
    """Return the one with this id."""
    row = await uow.first(_ONE, {"community": community_id, "wanted": id_})
    return None if row is None else _kin(row)


async def by_code(uow: UnitOfWork, community_id: int, code_hash: str) -> Kin | None:
    """Return the one whose invitation has this hash."""
    row = await uow.first(_BY_CODE, {"community": community_id, "code": code_hash})
    return None if row is None else _kin(row)


async def agreed(uow: UnitOfWork, community_id: int, person_id: int) -> list[Kin]:
    """Return every agreement that the person is part of now, the oldest first."""
    rows = await uow.read(_AGREED, {"community": community_id, "person": person_id})
    return [_kin(row) for row in rows]
