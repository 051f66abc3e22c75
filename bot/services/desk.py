"""What dispatchers and others look at before they decide: who could do it, who may see what."""

from typing import Any

from bot.domain.case import AT_WORK
from bot.domain.case_record import Case
from bot.domain.level import acts, takers
from bot.domain.person import Person
from bot.domain.refusal import Refusal
from bot.domain.role import STAFF, Role
from bot.services.case_facts import case_facts, facts_for, has_joined, view_of
from bot.services.community import community_of
from bot.services.unit_of_work import UnitOfWork
from storage import case as cases
from storage import person as people

PAGE = 5


async def facts_of(uow: UnitOfWork, who: Person, case: Case) -> dict[str, Any]:
    """Return the facts of the case as `who` may see them."""
    return await case_facts(uow, await community_of(uow, who.community_id), case, who)


async def candidates(
    uow: UnitOfWork,
    who: Person,
    case: Case,
    page: int,
    *,
    but: int | None = None,
    size: int = PAGE,
) -> dict[str, Any]:
    """Return who could be given the case, those with the least work first.

    Never its reporter, nor the person `but`.
    """
    held = await people.holders(uow, case.community_id, takers(case), case.area)
    out = {case.reporter_id, but}
    able = [one for one in held if one.id not in out and one.blocked_at is None]
    work = await cases.open_work(uow, case.community_id, [one.id for one in able], AT_WORK)
    able.sort(key=lambda one: (work.get(one.id, 0), one.id))
    pages = max(1, -(-len(able) // size))
    page = min(page, pages - 1)
    shown = [
        {
            "id": one.id,
            "name": one.name,
            "role": min(one.roles_in(case.area) & takers(case)).value,
            "open": work.get(one.id, 0),
        }
        for one in able[page * size : (page + 1) * size]
    ]
    facts = await facts_of(uow, who, case)
    return {"case": facts, "people": shown, "page": page, "pages": pages}


async def card_of(uow: UnitOfWork, who: Person, case: Case) -> dict[str, Any]:
    """Return what the card of the case shows to `who`."""
    return await facts_for(uow, await community_of(uow, who.community_id), case, who)


async def check_may_see(uow: UnitOfWork, who: Person, case: Case) -> None:
    """Raise Refusal unless the person has something to do with the case."""
    if who.holds_in(case.area, *STAFF):
        return
    if view_of(case, who, joined=await has_joined(uow, case, who)) == "onlooker":
        raise Refusal("refusal.not_yours", who=["reporter", "handler"])


def check_is_dispatcher(who: Person, case: Case) -> None:
    """Raise Refusal unless the person may dispatch the case."""
    if not who.holds_in(case.area, Role.DISPATCHER) and not acts(case, who):
        raise Refusal("refusal.not_yours", who=[Role.DISPATCHER.value])
    if who.id == case.reporter_id:
        raise Refusal("refusal.own_case")


def check_is_reporter(who: Person, case: Case) -> None:
    """Raise Refusal unless the person has reported the case."""
    if who.id != case.reporter_id:
        raise Refusal("refusal.not_yours", who=["reporter"])
