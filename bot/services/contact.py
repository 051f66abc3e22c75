"""Whoever has a case contacts the resident within a limit; when it is over, that is said.

Calling, arriving and promising a time are a contact. Source: the rules of the neighbourhood,
"Clocks". Of an emergency, and when it was taken after the limit, the other clocks speak.
"""

from bot.domain.case import IN_HAND
from bot.domain.case_record import Case
from bot.services import overdue
from bot.services.case_facts import case_facts
from bot.services.community import Community, community_of
from bot.services.letter import tell
from bot.services.unit_of_work import UnitOfWork
from storage import case as cases
from storage import due
from storage import person as people
from storage.due import Due

LIMIT = "contact_limit"


def plan(uow: UnitOfWork, _: Community, before: Case | None, after: Case) -> None:
    """Plan what is said at the limit where a move lets it run; cancel it where it ends."""
    if before is not None:
        dates = [(_is_awaited(one), one.contact_due) for one in (before, after)]
        if dates[0] == dates[1]:
            return
        if _is_awaited(before):
            due.cancel(uow, before.community_id, LIMIT, str(before.number))
    if _is_awaited(after) and after.contact_due is not None and after.contact_due > uow.now:
        occurrence = f"{after.round}/{after.version}"
        at = after.contact_due
        due.plan_new(uow, Due(after.community_id, LIMIT, str(after.number), occurrence, at))


def _is_awaited(case: Case) -> bool:
    return case.status in IN_HAND and case.first_contact_at is None


async def look(uow: UnitOfWork, row: Due) -> None:
    """Tell whoever has the case, and the dispatchers, that nobody has contacted the resident."""
    case = await cases.find(uow, row.community_id, int(row.subject))
    if case is None or not _is_awaited(case):
        return
    community = await community_of(uow, case.community_id)
    held = await people.find(uow, case.community_id, [case.handler_id] if case.handler_id else [])
    told = [(one, "late.contact") for one in held.values()]
    told += [(one, "late.contact_desk") for one in await overdue.desk(uow, case)]
    for one, kind in told:
        tell(uow, one, kind, case=await case_facts(uow, community, case, one))
