"""The telephone number of somebody for whom a case was registered, for who works on it."""

from typing import Any

from bot.domain.case import AT_WORK
from bot.domain.case_record import Case
from bot.domain.onbehalf import CHANNELS
from bot.domain.person import Person
from bot.domain.refusal import Refusal
from bot.domain.role import STAFF
from bot.services import case as cases
from bot.services import onbehalf
from bot.services.unit_of_work import UnitOfWork
from storage import person as people


def works_on(case: Case, who: Person) -> bool:
    """Say whether the person is of the staff and works on the case."""
    works = who.id == case.handler_id and case.status in AT_WORK
    return works and who.holds_in(case.area, *STAFF)


async def look(uow: UnitOfWork, who: Person, number: int) -> dict[str, Any]:
    """Return the number of the case and of the telephone; raises Refusal.

    It is for the member of the staff who has the case, while they work on it: volunteers call
    the grid worker, and everybody else has no reason to call. Each look stands in the audit.
    """
    case = await cases.find(uow, who, number)
    if not works_on(case, who):
        raise Refusal("refusal.not_yours", who=["handler"])
    if case.channel not in CHANNELS:
        raise Refusal("toast.stale")
    found = await people.find(uow, case.community_id, [case.reporter_id])
    phone = await onbehalf.look_at_phone(uow, who, found[case.reporter_id], number)
    if phone is None:
        raise Refusal("toast.stale")
    return {"number": number, "phone": phone}
