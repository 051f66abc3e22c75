"""Who is asked next when nobody takes a case in time."""

from bot.domain.case import TO_TAKE
from bot.services import case as cases
from bot.services import urgent
from bot.services.community import community_of
from bot.services.unit_of_work import UnitOfWork
from storage import case as stored
from storage.due import Due


async def nobody_took(uow: UnitOfWork, one: Due) -> None:
    """Ask the next; after the last give the case back to the dispatchers, and tell them."""
    case = await stored.find(uow, one.community_id, int(one.subject))
    if case is None or case.status not in TO_TAKE or str(case.version) != one.occurrence:
        return
    if case.urgent:
        await urgent.call_next(uow, case)
        return
    community = await community_of(uow, case.community_id)
    await cases.next_tier(uow, community, case)
