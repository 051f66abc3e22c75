"""What the supervisor looks at before a decision about a case that was not done well."""

from typing import Any

from bot.domain import permission
from bot.domain.audience import POOL
from bot.domain.case import AFTER_REOPENING, REOPENED_TO
from bot.domain.case_record import Case
from bot.domain.level import goes_up, lead_of, next_level
from bot.domain.person import Person
from bot.domain.remark import RemarkKind
from bot.services import case as cases
from bot.services import desk
from bot.services.agenda import COORDINATION, REFUSED, REOPENED, WEEKLY, put
from bot.services.case_facts import actor_of, name_of
from bot.services.community import community_of
from bot.services.unit_of_work import UnitOfWork
from storage import remark as remarks

PAGE = 3  # the pool, both arrows, the same person and the way back need room too


async def end_unsolved(
    uow: UnitOfWork, who: Person, move: str, number: int, reason: str, *, agenda: bool
) -> Case:
    """Close the case as unsolved with a reason that the resident sees.

    `move` is refuse_reopen or close_unsolved; `agenda` lets the next coordination meeting speak
    of it.
    """
    given = ["reason"] if reason.strip() else []
    case = await cases.find(uow, who, number)
    community = await community_of(uow, who.community_id)
    actor = actor_of(case, who)
    permission.check(case, move, actor, uow.now, given=given, terms=community.terms)
    if agenda:
        await put(uow, community, case, REFUSED, COORDINATION)
        await remarks.add(uow, case, RemarkKind.AGENDA, who.id, reason, series=COORDINATION)
    return await cases.move(uow, who, number, move, given=given, reason=reason)


async def reopen(
    uow: UnitOfWork, who: Person, number: int, seen: int, person_id: int | None
) -> Case:
    """Let it be done again under the same number, with a shorter deadline.

    It is given to one person, or offered to the pool, from which the former handler is left out.
    The second time it goes a level up, and onto the weekly agenda.
    """
    case = await cases.allowed(uow, who, number, "reopen", seen)
    if person_id is not None:
        await cases.check_may_take(uow, case, person_id)
    up = goes_up(case.round + 1)
    reopened = await cases.move(
        uow,
        who,
        number,
        "reopen",
        seen=seen,
        to=AFTER_REOPENING if person_id is None else REOPENED_TO,
        given=["audience"],
        audience=POOL if person_id is None else None,
        former_handler_id=case.handler_id,
        handler_id=person_id,
        claimed_at=case.claimed_at if person_id is None else uow.now,
        outcome=None,
        no_photo=None,
        reason=None,
        level=next_level(case.level) if up else case.level,
        lead_id=lead_of(case) if up else case.lead_id,
    )
    if up:
        community = await community_of(uow, who.community_id)
        await put(uow, community, reopened, REOPENED, WEEKLY)
        words = case.reason or ""
        await remarks.add(uow, case, RemarkKind.AGENDA, who.id, words, series=WEEKLY)
    return reopened


async def choices(
    uow: UnitOfWork, who: Person, number: int, seen: int, page: int
) -> dict[str, Any]:
    """Return who could do the case again; whoever did it is only named, not among them.

    Raises Stale when the case has moved on since version `seen`, Refusal for anybody who may
    not decide.
    """
    case = await cases.allowed(uow, who, number, "reopen", seen)
    found = await desk.candidates(uow, who, case, page, but=case.handler_id, size=PAGE)
    name = await name_of(uow, case, case.handler_id)
    return {**found, "same": {"id": case.handler_id, "name": name} if name else None}
