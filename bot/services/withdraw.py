"""Taking a report back: only as long as nobody else waits for it."""

from bot.domain.case_record import Case
from bot.domain.person import Person
from bot.domain.refusal import Refusal
from bot.services import case as cases
from bot.services.unit_of_work import UnitOfWork
from storage import co_signer as co_signers


async def check(uow: UnitOfWork, case: Case) -> None:
    """Raise Refusal when neighbours have joined: what they were promised goes on for them."""
    joined = await co_signers.of_case(uow, case.community_id, case.number)
    waiting = sum(not one.kin for one in joined)
    if waiting:
        raise Refusal("refusal.neighbours_wait", n=waiting, number=case.number)


async def withdraw(uow: UnitOfWork, who: Person, number: int, seen: int) -> Case:
    """Take the report back; raises Stale or Refusal."""
    await check(uow, await cases.allowed(uow, who, number, "withdraw", seen))
    return await cases.move(uow, who, number, "withdraw", seen=seen)
