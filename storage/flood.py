"""How often somebody has reported lately."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import bindparam, select

from bot.domain.case_record import Case
from storage.tables import cases
from storage.unit_of_work import UnitOfWork

_REPORTED = select(cases.c.reporter_id, cases.c.reported_at).where(
    cases.c.community_id == bindparam("community"),
    cases.c.reporter_id.in_(bindparam("people", expanding=True)),
    cases.c.reported_at >= bindparam("since"),
)


async def load(
    uow: UnitOfWork, community_id: int, people: Collection[int], since: datetime
) -> None:
    """Read when `people` have reported since then (UTC) into the unit of work, at once."""
    wanted = [one for one in people if ("reported", community_id, one) not in uow.cache]
    if not wanted:
        return
    uow.cache.update({("reported", community_id, one): () for one in wanted})
    values = {"community": community_id, "people": wanted, "since": since}
    for row in await uow.read(_REPORTED, values):
        uow.cache["reported", community_id, row.reporter_id] += (row.reported_at,)


def remember(uow: UnitOfWork, case: Case) -> None:
    """Add a case that was just reported to what was read."""
    key = ("reported", case.community_id, case.reporter_id)
    if key in uow.cache:
        uow.cache[key] += (case.reported_at,)


async def reported(
    uow: UnitOfWork, community_id: int, person_id: int, since: datetime
) -> tuple[datetime, ...]:
    """Return when (UTC) the person has reported since then."""
    await load(uow, community_id, [person_id], since)
    found: tuple[datetime, ...] = uow.cache["reported", community_id, person_id]
    return found
