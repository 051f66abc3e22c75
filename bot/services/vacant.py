"""Where nobody is who could decide, dispatch or act, others hear of it: they find somebody."""

from collections.abc import Iterable

from bot.domain.case_record import Case
from bot.domain.person import Person
from bot.services import told
from bot.services.case_facts import case_facts
from bot.services.community import Community
from bot.services.letter import tell
from bot.services.unit_of_work import UnitOfWork


async def nobody_decides(uow: UnitOfWork, community: Community, case: Case) -> None:
    """Say so when the supervisors did the work, reported it or are gone."""
    others = await told.without_supervisor(uow, case)
    await _say(uow, community, case, "desk.no_supervisor", others)


async def nobody_dispatches(uow: UnitOfWork, community: Community, case: Case) -> None:
    """Say so when no dispatcher serves where the case lies."""
    others = await told.without_dispatcher(uow, case)
    await _say(uow, community, case, "desk.no_dispatcher", others)


async def nobody_acts(uow: UnitOfWork, community: Community, case: Case) -> None:
    """Say so when nobody can be reached at the level of the case."""
    others = await told.without_level(uow, case)
    await _say(uow, community, case, "desk.nobody_at_level", others)


async def _say(
    uow: UnitOfWork, community: Community, case: Case, kind: str, others: Iterable[Person]
) -> None:
    for one in others:
        tell(uow, one, kind, case=await case_facts(uow, community, case, one))
