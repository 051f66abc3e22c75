"""Neighbours who have the same problem, and hear of one case together."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Integer, bindparam, delete, insert, select, union, update

from storage.tables import cases, co_signers
from storage.unit_of_work import UnitOfWork

_OF_CASE = (
    select(co_signers)
    .where(
        co_signers.c.community_id == bindparam("community"),
        co_signers.c.case_number == bindparam("number"),
    )
    .order_by(co_signers.c.joined_at, co_signers.c.person_id)
)
_MOST = bindparam("most", type_=Integer)
_REPORTED = (
    select(cases.c.number.label("number"))
    .where(
        cases.c.community_id == bindparam("community"),
        cases.c.reporter_id == bindparam("person"),
    )
    .order_by(cases.c.number.desc())
    .limit(_MOST)
)
_JOINED = (
    select(co_signers.c.case_number.label("number"))
    .where(
        co_signers.c.community_id == bindparam("community"),
        co_signers.c.person_id == bindparam("person"),
    )
    .order_by(co_signers.c.case_number.desc())
    .limit(_MOST)
)
_BOTH = union(*(select(one.subquery().c.number) for one in (_REPORTED, _JOINED))).subquery()
_CONCERNING = select(_BOTH.c.number).order_by(_BOTH.c.number.desc()).limit(_MOST)
_ADD = insert(co_signers)
_PART = delete(co_signers).where(
    co_signers.c.community_id == bindparam("community"),
    co_signers.c.case_number == bindparam("number"),
    co_signers.c.merged_from == bindparam("came_from"),
)
_REMOVE = delete(co_signers).where(
    co_signers.c.community_id == bindparam("community"),
    co_signers.c.case_number == bindparam("number"),
    co_signers.c.person_id == bindparam("person"),
)
_MUTE = (
    update(co_signers)
    .where(
        co_signers.c.community_id == bindparam("community"),
        co_signers.c.case_number == bindparam("number"),
        co_signers.c.person_id == bindparam("person"),
    )
    .values(muted=bindparam("wanted"))
)


@dataclass(frozen=True, slots=True)
class CoSigner:
    """Somebody who joined a case; `merged_from` is their own, when it was merged into this one."""

    community_id: int
    case_number: int
    person_id: int
    joined_at: datetime
    muted: bool = False  # wants to hear nothing on the way
    merged_from: int | None = None
    kin: bool = False  # of the reporter's family: hears of it, and is no further neighbour


async def of_case(uow: UnitOfWork, community_id: int, number: int) -> tuple[CoSigner, ...]:
    """Return who joined the case, in the order in which they did."""
    key = ("co_signers", community_id, number)
    if key not in uow.cache:
        rows = await uow.read(_OF_CASE, {"community": community_id, "number": number})
        uow.cache[key] = tuple(CoSigner(**row._asdict()) for row in rows)
    found: tuple[CoSigner, ...] = uow.cache[key]
    return found


async def add(uow: UnitOfWork, one: CoSigner) -> None:
    """Let somebody join."""
    others = await of_case(uow, one.community_id, one.case_number)
    uow.write(
        _ADD,
        {
            "community_id": one.community_id,
            "case_number": one.case_number,
            "person_id": one.person_id,
            "joined_at": one.joined_at,
            "muted": one.muted,
            "merged_from": one.merged_from,
            "kin": one.kin,
        },
    )
    uow.cache["co_signers", one.community_id, one.case_number] = (*others, one)


def begin(uow: UnitOfWork, community_id: int, number: int) -> None:
    """Note that the case is new and nobody joined it, which saves asking."""
    uow.cache["co_signers", community_id, number] = ()


async def concerning(uow: UnitOfWork, community_id: int, person_id: int, most: int) -> list[int]:
    """Return the numbers of the cases that the person reported or joined, newest first."""
    values = {"community": community_id, "person": person_id, "most": most}
    return [row.number for row in await uow.read(_CONCERNING, values)]


async def mute(
    uow: UnitOfWork, community_id: int, number: int, person_id: int, *, muted: bool
) -> None:
    """Note whether somebody who joined wants to hear nothing on the way."""
    values = {"community": community_id, "number": number, "person": person_id, "wanted": muted}
    here = await of_case(uow, community_id, number)
    uow.write(_MUTE, values)
    uow.cache["co_signers", community_id, number] = tuple(
        replace(one, muted=muted) if one.person_id == person_id else one for one in here
    )


async def part(uow: UnitOfWork, community_id: int, number: int, merged_from: int) -> None:
    """Take out again who joined because case `merged_from` was merged into this one."""
    left = [
        one for one in await of_case(uow, community_id, number) if one.merged_from != merged_from
    ]
    uow.write(_PART, {"community": community_id, "number": number, "came_from": merged_from})
    uow.cache["co_signers", community_id, number] = tuple(left)


async def remove(uow: UnitOfWork, community_id: int, number: int, person_id: int) -> None:
    """Take somebody out again who joined by mistake."""
    left = [one for one in await of_case(uow, community_id, number) if one.person_id != person_id]
    uow.write(_REMOVE, {"community": community_id, "number": number, "person": person_id})
    uow.cache["co_signers", community_id, number] = tuple(left)
