"""Who has done work of a kind before, and how long it took."""

from datetime import timedelta

from sqlalchemy import Integer, bindparam, select

from storage.tables import cases
from storage.unit_of_work import UnitOfWork

_DONE = (
    select(cases.c.handler_id, cases.c.reported_at, cases.c.resolved_at)
    .where(
        cases.c.community_id == bindparam("community"),
        cases.c.category == bindparam("of"),
        cases.c.handler_id.is_not(None),
        cases.c.resolved_at.is_not(None),
    )
    .order_by(cases.c.number.desc())
    .limit(bindparam("most", type_=Integer))
)


async def done(
    uow: UnitOfWork, community_id: int, category: str, most: int
) -> list[tuple[int, timedelta]]:
    """Return who did the newest cases of the category, and the time from report to result."""
    rows = await uow.read(_DONE, {"community": community_id, "of": category, "most": most})
    return [(row.handler_id, row.resolved_at - row.reported_at) for row in rows]
