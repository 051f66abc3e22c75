"""Communities and their organisation, as it was checked when it was imported."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import bindparam, insert, select, update

from storage.tables import communities
from storage.unit_of_work import UnitOfWork

_FIRST = select(communities.c.id).order_by(communities.c.id).limit(1)
_ALL = select(communities.c.id, communities.c.code).order_by(communities.c.id)
_ONE = select(communities.c.organisation).where(communities.c.id == bindparam("community"))
_CODE = select(communities.c.id, communities.c.organisation).where(
    communities.c.code == bindparam("wanted")
)
_ADD = insert(communities)
_CHANGE = (
    update(communities)
    .where(communities.c.id == bindparam("community"))
    .values(organisation=bindparam("new"))
)
_KEPT = "first community"


async def first_id(uow: UnitOfWork) -> int:
    """Return the community that newcomers join; raises LookupError before any was imported."""
    if _KEPT not in uow.kept:
        row = await uow.first(_FIRST)
        if row is None:
            raise LookupError("no community was imported")
        uow.kept[_KEPT] = row.id
    return int(uow.kept[_KEPT])


async def codes(uow: UnitOfWork) -> dict[int, str]:
    """Return the code of every community, by its id."""
    return {row.id: row.code for row in await uow.read(_ALL)}


async def is_empty(uow: UnitOfWork) -> bool:
    """Say whether no community was imported yet."""
    return await uow.first(_FIRST) is None


async def organisation(uow: UnitOfWork, community_id: int) -> Mapping[str, Any]:
    """Return the organisation of the community; raises LookupError when there is none."""
    row = await uow.first(_ONE, {"community": community_id})
    if row is None:
        raise LookupError(f"community {community_id} is unknown")
    found: Mapping[str, Any] = row.organisation
    return found


async def find(uow: UnitOfWork, code: str) -> Mapping[str, Any] | None:
    """Return the organisation of the community with this code, None when there is none."""
    row = await uow.first(_CODE, {"wanted": code})
    return None if row is None else row.organisation


async def keep(uow: UnitOfWork, code: str, document: Mapping[str, Any]) -> tuple[int, bool]:
    """Add or change the community with this code; return its id and whether it is new."""
    row = await uow.first(_CODE, {"wanted": code})
    uow.kept.clear()
    if row is not None:
        uow.write(_CHANGE, {"community": row.id, "new": dict(document)})
        return int(row.id), False
    highest = await uow.read(select(communities.c.id))
    added = max((one.id for one in highest), default=0) + 1
    uow.write(_ADD, {"id": added, "code": code, "organisation": dict(document)})
    return added, True
