"""Whoever waits for somebody to come asks to be called first: a word to whoever has the case."""

from bot.domain.case import Phase
from bot.domain.case_record import Case
from bot.domain.person import Person
from bot.domain.refusal import Refusal
from bot.domain.remark import RemarkKind
from bot.services import case as cases
from bot.services import supplement
from bot.services.case_facts import case_facts
from bot.services.community import community_of
from bot.services.letter import tell
from bot.services.unit_of_work import UnitOfWork
from storage import person as people
from storage import remark as remarks

CALL = "call_first"  # the fact of the remark: whom they asked


async def ask(uow: UnitOfWork, who: Person, number: int, words: str) -> Case:
    """Tell the handler, keep it as `words` with the case, and wait for a telephone number.

    Raises Refusal when the case is not theirs, when nobody has it, and when this handler was told.
    """
    case = await cases.find(uow, who, number)
    await cases.check(uow, who, case, supplement.MOVE, ["content"])
    if case.handler_id is None or case.status.phase is not Phase.OPEN:
        raise Refusal("toast.call_nobody")
    said = await remarks.of(uow, case.community_id, number)
    told = {(one.person_id, one.facts.get(CALL)) for one in said}
    if (who.id, case.handler_id) in told:
        raise Refusal("toast.call_told")
    facts = {CALL: case.handler_id}
    await remarks.add(uow, case, RemarkKind.SUPPLEMENT, who.id, words, **facts)
    case = await cases.move(uow, who, number, supplement.MOVE, given=["content"])
    community = await community_of(uow, case.community_id)
    for handler in (await people.find(uow, case.community_id, [case.handler_id or 0])).values():
        shown = await case_facts(uow, community, case, handler)
        tell(uow, handler, "task.call_first", case=shown, name=who.name)
    await supplement.begin(uow, who, number)
    return case
