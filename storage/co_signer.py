"""Neighbours who have the same problem, and hear of one case together."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, insert, select

from storage.tables import co_signers
from storage.unit_of_work import UnitOfWork

_OF_CASE = (
    select(co_signers)
    .where(
        co_signers.c.community_id == bindparam("community"),
        co_signers.c.case_number == bindparam("number"),
    )
    .order_by(co_signers.c.joined_at, co_signers.c.person_id)
)
_ADD = insert(co_signers)


@dataclass(frozen=True, slots=True)
class CoSigner:
    """Somebody who joined a case; `merged_from` is their own, when it was merged into this one."""

    community_id: int
    case_number: int
    person_id: int
    joined_at: datetime
    muted: bool = False  # wants to hear nothing on the way
    merged_from: int | None = None


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
        },
    )
    uow.cache["co_signers", one.community_id, one.case_number] = (*others, one)
