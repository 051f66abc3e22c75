"""Whoever has a case says when it will be done; the resident hears it, and hears when it is missed.

Source: the rules of the neighbourhood, "Clocks": the resident is told the promise, and told again,
once, when it is missed.
"""

from datetime import datetime
from typing import Any

from bot.domain import promise as rules
from bot.domain.case import IN_HAND
from bot.domain.case_record import Case
from bot.domain.person import Person
from bot.domain.remark import RemarkKind
from bot.domain.role import Role
from bot.services import case as cases
from bot.services import told
from bot.services.case_facts import case_facts
from bot.services.community import community_of
from bot.services.letter import tell
from bot.services.unit_of_work import UnitOfWork
from storage import case as stored
from storage import due
from storage import person as people
from storage import remark as remarks
from storage.due import Due

MISSED = "promise_missed"


async def promise(
    uow: UnitOfWork, who: Person, number: int, seen: int, at: datetime, reason: str = ""
) -> Case:
    """Promise the instant (UTC); the first promise counts as the first contact.

    Raises Refusal for a time that is over or beyond the deadline, and when a promise is moved
    without a reason.
    """
    rules.check(await cases.allowed(uow, who, number, "promise", seen), at, uow.now)
    given = ["time", *(["reason"] if reason.strip() else [])]
    said: dict[str, Any] = {"reason": reason} if reason.strip() else {}
    after = await cases.move(
        uow, who, number, "promise", seen=seen, given=given, promise_at=at, **said
    )
    plan(uow, after)
    return after


def plan(uow: UnitOfWork, case: Case) -> None:
    """Plan what is said when the promise is missed; a former one no longer counts."""
    if case.promise_at is None:
        return
    due.cancel(uow, case.community_id, MISSED, str(case.number))
    occurrence = f"{case.version}/{case.promise_at.isoformat()}"
    row = Due(case.community_id, MISSED, str(case.number), occurrence, case.promise_at)
    due.plan_new(uow, row)


async def missed(uow: UnitOfWork, row: Due) -> None:
    """Tell the residents, once, that the promise was not kept; and whoever has the case."""
    case = await stored.find(uow, row.community_id, int(row.subject))
    if case is None or case.status not in IN_HAND or case.promise_at is None:
        return
    if case.promise_at.isoformat() != row.occurrence.partition("/")[2]:
        return
    community = await community_of(uow, case.community_id)
    joined = await told.co_signers_to_tell(uow, case, "case.promise_missed")
    concerned: dict[int | None, str] = {
        **dict.fromkeys((one.id for one in joined), "case.promise_missed"),
        case.reporter_id: "case.promise_missed",
        case.handler_id: "task.promise_missed",
    }
    found = await people.find(uow, case.community_id, [one for one in concerned if one])
    for one in found.values():
        facts = await case_facts(uow, community, case, one)
        tell(uow, one, concerned[one.id], case=facts)


async def object_to(uow: UnitOfWork, who: Person, number: int, words: str) -> Case:
    """Keep what the resident says about a promise; handler and dispatchers hear it."""
    given = ["content"] if words.strip() else []
    case = await cases.move(uow, who, number, "supplement", given=given)
    await remarks.add(uow, case, RemarkKind.SUPPLEMENT, who.id, words, about="promise")
    community = await community_of(uow, case.community_id)
    desk = await people.holders(uow, case.community_id, [Role.DISPATCHER], case.area)
    hear = {one.id: one for one in desk}
    if case.handler_id is not None:
        hear |= await people.find(uow, case.community_id, [case.handler_id])
    for one in hear.values():
        if one.id != who.id:
            facts = await case_facts(uow, community, case, one)
            tell(uow, one, "desk.objection", case=facts, said=words)
    return case
