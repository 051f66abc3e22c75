"""Two reports of the same thing become one case; everybody hears of it, and it can be undone."""

from typing import Any

from bot.domain.case import Phase
from bot.domain.case_record import Case
from bot.domain.person import Person
from bot.domain.refusal import Refusal
from bot.services import case as cases
from bot.services import desk, neighbour, signal, tell_case
from bot.services.case_facts import case_facts
from bot.services.community import community_of
from bot.services.letter import tell
from bot.services.unit_of_work import UnitOfWork
from storage import case as stored
from storage import co_signer
from storage import person as people
from storage.co_signer import CoSigner

MOVE = "merge"


async def into(uow: UnitOfWork, who: Person, number: int, seen: int, master: int) -> Case:
    """Merge the case into `master`: its reporter and those who joined it go along.

    Raises Refusal for itself, for a closed or merged master, and when others were merged into
    the case before: chains are never made.
    """
    await cases.allowed(uow, who, number, MOVE, seen)
    chosen = await cases.find(uow, who, master)
    desk.check_is_dispatcher(who, chosen)
    if master == number or chosen.status.phase is Phase.CLOSED:
        raise Refusal("refusal.no_master", number=master)
    if await stored.merged_into(uow, who.community_id, number):
        raise Refusal("refusal.merge_chain", number=number)
    case = await cases.move(
        uow, who, number, MOVE, seen=seen, given=["master"], master=master, audience=None
    )
    moved = await _take_along(uow, case, chosen)
    await _redraw(uow, chosen)
    await signal.neighbours_joined(uow, chosen, await neighbour.neighbours(uow, chosen))
    await _say(uow, "case.merged", case, chosen, moved)
    return case


async def _take_along(uow: UnitOfWork, case: Case, master: Case) -> list[int]:
    """Let the reporter and the co-signers join the master; return who they are."""
    joined = await co_signer.of_case(uow, case.community_id, case.number)
    there = {one.person_id for one in await co_signer.of_case(uow, *_key(master))}
    affected = {case.reporter_id: False} | {one.person_id: one.kin for one in joined}
    for person_id, kin in affected.items():
        if person_id not in there | {master.reporter_id, master.handler_id}:
            one = CoSigner(*_key(master), person_id, uow.now, merged_from=case.number, kin=kin)
            await co_signer.add(uow, one)
    return list(affected)


def _key(case: Case) -> tuple[int, int]:
    return case.community_id, case.number


async def undo(uow: UnitOfWork, who: Person, number: int, seen: int) -> Case:
    """Let the case stand alone again, where it was before."""
    merged = await cases.find(uow, who, number)
    case = await cases.move(uow, who, number, "unmerge", seen=seen, master=None)
    if merged.master is None:
        return case
    master = await cases.find(uow, who, merged.master)
    joined = await co_signer.of_case(uow, *_key(case))
    await co_signer.part(uow, *_key(master), number)
    await _redraw(uow, master)
    affected = [case.reporter_id, *(one.person_id for one in joined)]
    await _say(uow, "case.unmerged", case, master, affected)
    return case


async def _redraw(uow: UnitOfWork, case: Case) -> None:
    await tell_case.redraw_all(uow, await community_of(uow, case.community_id), case)


async def _say(uow: UnitOfWork, kind: str, case: Case, master: Case, affected: list[int]) -> None:
    community = await community_of(uow, case.community_id)
    found = await people.find(uow, case.community_id, affected)
    for person in found.values():
        facts: dict[str, Any] = {
            "case": await case_facts(uow, community, case, person),
            "master": await case_facts(uow, community, master, person),
        }
        tell(uow, person, kind, **facts)
