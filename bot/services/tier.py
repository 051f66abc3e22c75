"""Who is asked next when nobody takes a case in time."""

from bot.domain.case import FIRST, TO_TAKE, Relation
from bot.domain.permission import Actor
from bot.services import case as cases
from bot.services import urgent
from bot.services.unit_of_work import UnitOfWork
from storage import case as stored
from storage.due import Due

_CLOCK = Actor(None, relation=Relation.CLOCK)


async def nobody_took(uow: UnitOfWork, one: Due) -> None:
    """Ask the next; after the last give the case back to the dispatchers, and tell them."""
    case = await stored.find(uow, one.community_id, int(one.subject))
    if case is None or case.status not in TO_TAKE or str(case.version) != one.occurrence:
        return
    if case.urgent:
        await urgent.call_next(uow, case)
        return
    await cases.make(uow, case, "next_tier", _CLOCK, to=FIRST, audience=None)
