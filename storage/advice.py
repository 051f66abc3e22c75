"""Who has done work of a kind before, and how long it took."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import BigInteger, Integer, bindparam, func, select, type_coerce

from storage.tables import cases
from storage.unit_of_work import UnitOfWork

_TOOK = type_coerce(cases.c.resolved_at, BigInteger) - type_coerce(cases.c.reported_at, BigInteger)
_NEWEST = (
    select(cases.c.handler_id, _TOOK.label("took"))
    .where(
        cases.c.community_id == bindparam("community"),
        cases.c.category == bindparam("of"),
        cases.c.handler_id.is_not(None),
        cases.c.resolved_at.is_not(None),
    )
    .order_by(cases.c.number.desc())
    .limit(bindparam("most", type_=Integer))
    .subquery()
)
_DONE = (
    select(_NEWEST.c.handler_id, func.count().label("n"), func.sum(_NEWEST.c.took).label("took"))
    .group_by(_NEWEST.c.handler_id)
    .order_by(_NEWEST.c.handler_id)
)


@dataclass(frozen=True, slots=True)
class Done:
    """How many somebody did, and the time from report to result of all of them together."""

    person_id: int
    n: int
    took: timedelta


async def done(uow: UnitOfWork, community_id: int, category: str, most: int) -> list[Done]:
    """Return who did the newest cases of the category."""
    rows = await uow.read(_DONE, {"community": community_id, "of": category, "most": most})
    return [Done(row.handler_id, row.n, timedelta(microseconds=int(row.took))) for row in rows]
