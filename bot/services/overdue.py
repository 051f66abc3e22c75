"""What is done as the time for a solution runs out: nudges, a written notice, agenda and ledger.

One row falls due at a time: the next stage of the case. It is cancelled while the time stands or
when the work is done, and planned anew with the move that lets it run again or sets a new date.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from bot.domain.case_record import Case
from bot.domain.overdue import Stage, ahead, falls_due, is_watched, reached
from bot.domain.person import Person
from bot.domain.role import Role
from bot.services import agenda, seat, tell_case, told
from bot.services.case_facts import case_facts
from bot.services.community import Community, community_of
from bot.services.letter import tell
from bot.services.unit_of_work import UnitOfWork
from storage import case as cases
from storage import due
from storage import person as people
from storage.due import Due

WATCH = "overdue"


def plan(uow: UnitOfWork, community: Community, before: Case | None, after: Case) -> None:
    """Plan the next stage where a move has set the dates or let the time run again."""
    if before is not None:
        if _dates(before) == _dates(after):
            return
        if is_watched(before):
            due.cancel(uow, before.community_id, WATCH, str(before.number))
    _plan_next(uow, community, after)


def _dates(case: Case) -> tuple[object, ...]:
    """Return all that a plan follows from."""
    clock = (case.category, case.urgent, case.clock_from, case.solution_due)
    return is_watched(case), case.round, case.nudged, *clock


def _plan_next(uow: UnitOfWork, community: Community, case: Case, *, anew: bool = True) -> None:
    """Plan the next stage; of dates that are `anew` none that is over by now is caught up."""
    if not is_watched(case):
        return
    clock = community.clock_of(case.category, urgent=case.urgent)
    stage = ahead(clock, case, uow.now if anew else case.reported_at)
    if stage is not None:
        occurrence = f"{case.round}/{case.version}/{stage.value}"
        at = falls_due(clock, case, stage)
        due.plan_new(uow, Due(case.community_id, WATCH, str(case.number), occurrence, at))


async def look(uow: UnitOfWork, row: Due) -> None:
    """Do what belongs to the stage that the case has come to, and plan the next one."""
    case = await cases.find(uow, row.community_id, int(row.subject))
    if case is None or not is_watched(case):
        return
    stage = Stage(row.occurrence.rpartition("/")[2])
    case = replace(case, nudged=reached(case, stage))
    await cases.save(uow, case, case.version)
    community = await community_of(uow, case.community_id)
    await _DONE[stage](uow, community, case)
    _plan_next(uow, community, case, anew=False)


async def _half(uow: UnitOfWork, community: Community, case: Case) -> None:
    await _tell_handler(uow, community, case, "late.half")


async def _most(uow: UnitOfWork, community: Community, case: Case) -> None:
    await _tell_handler(uow, community, case, "late.most")


async def _over(uow: UnitOfWork, community: Community, case: Case) -> None:
    await tell_case.redraw_all(uow, community, case)
    await _tell_handler(uow, community, case, "late.over")
    for one in await desk(uow, case):
        await _tell(uow, community, case, one, "late.over_desk")


async def _notice(uow: UnitOfWork, community: Community, case: Case) -> None:
    """Write to the secretary of the property branch; the supervisors when there is none."""
    company = community.company_of(case.estate)
    secretary = await _secretary(uow, community, case)
    facts = {
        "company": company.name if company else "",
        "branch": company.branch if company else "",
        "at": uow.now.isoformat(),
    }
    for one in [secretary] if secretary else await told.supervisors(uow, case):
        await _tell(uow, community, case, one, "late.notice", **facts)


async def _agenda(uow: UnitOfWork, community: Community, case: Case) -> None:
    await agenda.put_overdue(uow, community, case)
    company = community.company_of(case.estate)
    name = company.name if company else ""
    for one in await told.supervisors(uow, case):
        await _tell(uow, community, case, one, "late.agenda", company=name)


_DONE: Mapping[Stage, Callable[[UnitOfWork, Community, Case], Awaitable[None]]] = MappingProxyType(
    {
        Stage.HALF: _half,
        Stage.MOST: _most,
        Stage.OVER: _over,
        Stage.NOTICE: _notice,
        Stage.AGENDA: _agenda,
    }
)


async def _secretary(uow: UnitOfWork, community: Community, case: Case) -> Person | None:
    """Return who leads the branch today, if they can be reached."""
    company = community.company_of(case.estate)
    if company is None:
        return None
    who = await seat.secretary_of(uow, case.community_id, company.code)
    if who is None and company.secretary is not None:
        who = await people.find_by_telegram(uow, company.secretary)
    here = who is not None and who.community_id == case.community_id and who.blocked_at is None
    return who if here else None


async def desk(uow: UnitOfWork, case: Case) -> list[Person]:
    """Return the dispatchers who hear of a case; its supervisors where none can be reached."""
    held = await people.holders(uow, case.community_id, [Role.DISPATCHER], case.area)
    out = {case.reporter_id, case.handler_id}
    there = [one for one in held if one.id not in out and one.blocked_at is None]
    return there or await told.supervisors(uow, case)


async def _tell_handler(uow: UnitOfWork, community: Community, case: Case, kind: str) -> None:
    found = await people.find(uow, case.community_id, [case.handler_id] if case.handler_id else [])
    for one in found.values():
        await _tell(uow, community, case, one, kind)


async def _tell(
    uow: UnitOfWork, community: Community, case: Case, who: Person, kind: str, **more: Any
) -> None:
    tell(uow, who, kind, case=await case_facts(uow, community, case, who), **more)
