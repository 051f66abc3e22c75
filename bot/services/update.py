"""While somebody works on a case, the resident hears something every few working days.

Whatever they hear (who has it, a time, more time, that somebody called) begins the days anew.
"""

from bot.domain.case import IN_HAND
from bot.domain.case_record import Case
from bot.services import told
from bot.services.case_facts import case_facts
from bot.services.community import Community, community_of
from bot.services.letter import tell
from bot.services.unit_of_work import UnitOfWork
from storage import case as cases
from storage import due
from storage import person as people
from storage.due import Due

UPDATE = "update"
STILL = "case.still"


def plan(uow: UnitOfWork, community: Community, before: Case | None, after: Case) -> None:
    """Plan when the resident has to hear something again, if a move was just told to them."""
    if before is not None:
        if _heard(before) == _heard(after):
            return
        if before.status in IN_HAND:
            due.cancel(uow, before.community_id, UPDATE, str(before.number))
    if after.status in IN_HAND:
        _plan(uow, community, after, 0)


def _heard(case: Case) -> tuple[object, ...]:
    """Return all of the case that a resident hears of while it is in progress."""
    contact = (case.first_contact_at, case.arrived_at)
    return case.status, case.handler_id, case.promise_at, case.original_due, *contact


def _plan(uow: UnitOfWork, community: Community, case: Case, times: int) -> None:
    at = community.clock_of(case.category, urgent=case.urgent).update_due(uow.now)
    occurrence = f"{case.round}/{case.version}/{times}"
    due.plan_new(uow, Due(case.community_id, UPDATE, str(case.number), occurrence, at))


async def look(uow: UnitOfWork, row: Due) -> None:
    """Tell the residents that somebody is still at it, and whoever has it to say something."""
    case = await cases.find(uow, row.community_id, int(row.subject))
    if case is None or case.status not in IN_HAND:
        return
    community = await community_of(uow, case.community_id)
    joined = await told.co_signers_to_tell(uow, case, STILL)
    kinds: dict[int | None, str] = {
        **dict.fromkeys((one.id for one in joined), STILL),
        case.reporter_id: STILL,
        case.handler_id: "late.update",
    }
    found = await people.find(uow, case.community_id, [one for one in kinds if one])
    for one in found.values():
        tell(uow, one, kinds[one.id], case=await case_facts(uow, community, case, one))
    _plan(uow, community, case, int(row.occurrence.rpartition("/")[2]) + 1)
