"""The desk nudges: whoever has the case, or was asked to take it, hears of it once more."""

from datetime import timedelta

from bot.domain.case import TO_NUDGE
from bot.domain.case_record import Case
from bot.domain.person import Person
from bot.domain.refusal import Refusal
from bot.domain.remark import RemarkKind
from bot.domain.role import Role
from bot.services import audience, tell_case
from bot.services import case as cases
from bot.services.case_facts import case_facts
from bot.services.community import community_of
from bot.services.letter import tell
from bot.services.unit_of_work import UnitOfWork
from storage import person as people
from storage import remark as remarks

AGAIN = timedelta(hours=2)  # more often it would only be noise
NUDGED = "nudged"  # the word that stands in the notes of the case
_MAY = (Role.DISPATCHER, Role.SUPERVISOR)


async def nudge(uow: UnitOfWork, who: Person, number: int) -> Case:
    """Nudge the handler, or those who were asked, and note it; raises Refusal."""
    case = await cases.find(uow, who, number)
    if not who.holds_in(case.area, *_MAY):
        raise Refusal("refusal.not_yours", who=[one.value for one in _MAY])
    if case.status not in TO_NUDGE or case.handler_id == who.id:
        raise Refusal("toast.stale")
    said = await remarks.of(uow, case.community_id, number)
    if any(one.words == NUDGED and uow.now - one.at < AGAIN for one in said):
        raise Refusal("toast.nudged_lately", hours=AGAIN // timedelta(hours=1))
    await remarks.add(uow, case, RemarkKind.NOTE, who.id, NUDGED)
    case = await cases.move(uow, who, number, "note", given=["words"])
    await _tell(uow, case)
    return case


async def _tell(uow: UnitOfWork, case: Case) -> None:
    community = await community_of(uow, case.community_id)
    if case.handler_id is None:
        for one in await audience.asked(uow, community, case):
            await tell_case.show_anew(uow, community, case, one)
        return
    found = await people.find(uow, case.community_id, [case.handler_id])
    for handler in found.values():
        facts = await case_facts(uow, community, case, handler)
        tell(uow, handler, "task.nudged", case=facts)
