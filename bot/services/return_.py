"""Giving a case back: volunteers with one tap, staff with a reason; dispatchers may say "go first".

Source: the rules of the neighbourhood, "Moves": a reason, and at most two returns a case. That a
volunteer cannot come is held against nobody, so it is not counted.
"""

from bot.domain.case_record import Case
from bot.domain.person import Person
from bot.domain.refusal import Refusal
from bot.domain.return_ import CANNOT_COME
from bot.domain.role import STAFF
from bot.services import case as cases
from bot.services import offer as offers
from bot.services.unit_of_work import UnitOfWork


async def give_back(uow: UnitOfWork, who: Person, number: int, seen: int, reason: str) -> Case:
    """Return the case to the dispatchers with a reason; at most twice a case."""
    given = ["reason"] if reason.strip() else []
    return await cases.move(
        uow,
        who,
        number,
        "return_",
        seen=seen,
        given=given,
        reason=reason,
        handler_id=None,
        former_handler_id=who.id,
        audience=None,
    )


async def cannot_come(uow: UnitOfWork, who: Person, number: int, seen: int) -> Case:
    """Let a volunteer off; the next ones are asked by themselves."""
    before = await cases.allowed(uow, who, number, "return_", seen)
    if who.holds_in(before.area, *STAFF):
        raise Refusal("refusal.needs_reason")
    case = await cases.move(
        uow,
        who,
        number,
        "return_",
        seen=seen,
        given=["reason"],
        reason=CANNOT_COME,
        returns=before.returns,
        handler_id=None,
        former_handler_id=who.id,
        audience=None,
    )
    return await offers.offer_again(uow, case)


async def overrule(uow: UnitOfWork, who: Person, number: int, words: str) -> Case:
    """Ask whoever gave the case back to have a look first; they read the words."""
    case = await cases.allowed(uow, who, number, "overrule_return")
    if case.former_handler_id is None:
        raise Refusal("refusal.not_now")
    await cases.check_may_take(uow, case, case.former_handler_id)
    return await cases.move(
        uow,
        who,
        number,
        "overrule_return",
        given=["words"] if words.strip() else [],
        reason=words,
        handler_id=case.former_handler_id,
        former_handler_id=None,
        claimed_at=uow.now,
    )
