"""Roles that somebody is to get: invitations, and what a second person has to agree to."""

from dataclasses import asdict
from typing import Any

from sqlalchemy import Row, bindparam, insert, select, update

from bot.domain.grant import Grant, GrantStatus
from bot.domain.role import Role
from storage.tables import grants
from storage.unit_of_work import UnitOfWork

_HERE = grants.c.community_id == bindparam("community")
_ADD = insert(grants)
_ONE = select(grants).where(_HERE, grants.c.id == bindparam("wanted"))
_BY_CODE = select(grants).where(grants.c.code_hash == bindparam("code"))
_ASKED = (
    select(grants).where(_HERE, grants.c.status == GrantStatus.ASKED.value).order_by(grants.c.id)
)
_CHANGE = (
    update(grants)
    .where(_HERE, grants.c.id == bindparam("wanted"))
    .values(
        person_id=bindparam("whose"),
        status=bindparam("to"),
        decided_by=bindparam("judge"),
        decided_at=bindparam("at"),
    )
)


def _grant(row: Row[Any]) -> Grant:
    values = row._asdict()
    return Grant(**{**values, "role": Role(row.role), "status": GrantStatus(row.status)})


def add(uow: UnitOfWork, one: Grant) -> None:
    """Add one."""
    uow.write(_ADD, {**asdict(one), "role": one.role.value, "status": one.status.value})


def change(uow: UnitOfWork, one: Grant) -> Grant:
    """Write whose it is and how it stands; return it."""
    uow.write(
        _CHANGE,
        {
            "community": one.community_id,
            "wanted": one.id,
            "whose": one.person_id,
            "to": one.status.value,
            "judge": one.decided_by,
            "at": one.decided_at,
        },
    )
    return one


async def find(uow: UnitOfWork, community_id: int, id_: int) -> Grant | None:
    """Return the one with this id."""
    row = await uow.first(_ONE, {"community": community_id, "wanted": id_})
    return None if row is None else _grant(row)


async def by_code(uow: UnitOfWork, code_hash: str) -> Grant | None:
    """Return the invitation of whichever community whose link has this hash."""
    row = await uow.first(_BY_CODE, {"code": code_hash})
    return None if row is None else _grant(row)


async def asked(uow: UnitOfWork, community_id: int) -> list[Grant]:
    """Return what waits for a second person, oldest first."""
    return [_grant(row) for row in await uow.read(_ASKED, {"community": community_id})]
