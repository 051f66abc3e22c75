"""Offering a case and taking it: one winner, and the next are asked when nobody does."""

from dataclasses import replace

from bot.domain import audience as rules
from bot.domain.case import TO_TAKE
from bot.domain.case_record import Case
from bot.domain.person import Person
from bot.domain.refusal import Refusal
from bot.services import case as cases
from bot.services.case import Stale
from bot.services.community import community_of
from bot.services.unit_of_work import UnitOfWork
from storage import person as people


async def offer(uow: UnitOfWork, who: Person, number: int, seen: int, to: str = rules.POOL) -> Case:
    """Offer the case to the pool, to a team or to one person."""
    case = await cases.allowed(uow, who, number, "offer", seen)
    await _check_audience(uow, case, to)
    return await cases.move(
        uow, who, number, "offer", seen=seen, given=["audience"], audience=to, handler_id=None
    )


async def _check_audience(uow: UnitOfWork, case: Case, to: str) -> None:
    kind, _, whom = to.partition(":")
    if rules.ids_of(to):
        for one in rules.ids_of(to):
            await cases.check_may_take(uow, case, one)
    elif kind == rules.TEAM:
        known = (await community_of(uow, case.community_id)).teams
        if whom not in {one["code"] for one in known}:
            raise Refusal("toast.stale")
    elif to != rules.POOL:
        raise Refusal("toast.stale")


async def claim(uow: UnitOfWork, who: Person, number: int, seen: int) -> Case:
    """Take an offered case: one winner; whoever comes later hears that it is taken."""
    case = await cases.find(uow, who, number)
    if case.handler_id is not None and case.handler_id != who.id and seen != case.version:
        raise Stale(case, "toast.taken")
    if seen != case.version and case.status in TO_TAKE and rules.is_asked(case, who):
        seen = case.version  # others were asked meanwhile; it is theirs all the same
    return await cases.move(
        uow,
        who,
        number,
        "claim",
        seen=seen,
        handler_id=who.id,
        audience=None,
        tier=0,
        claimed_at=uow.now,
    )


async def not_today(uow: UnitOfWork, who: Person, number: int, seen: int) -> Case:
    """Ask this person for nothing more today; when nobody else is asked, the next ones are.

    Raises Stale when they are no longer asked, Refusal for somebody who never was.
    """
    case = await cases.find(uow, who, number)
    if not rules.is_asked(case, who):
        await cases.allowed(uow, who, number, "claim", seen)
    community = await community_of(uow, who.community_id)
    today = community.calendar.local(uow.now).date().isoformat()
    people.change(uow, replace(who, away_on=today))
    return await cases.ask_on(uow, community, case)


async def offer_again(uow: UnitOfWork, case: Case) -> Case:
    """Offer to the pool what a volunteer gave back."""
    return await cases.move_by_rule(uow, case, "offer", given=["audience"], audience=rules.POOL)
