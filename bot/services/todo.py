"""Lists: what somebody has reported, what waits for them, what could be taken."""

from typing import Any

from bot.domain.case import AT_WORK, TO_DISPATCH, TO_SUPERVISE, TO_TAKE
from bot.domain.case_record import Case
from bot.domain.person import Person
from bot.domain.role import Role
from bot.services import callback_call, supervision
from bot.services import offer as offers
from bot.services.community import Community, community_of
from bot.services.unit_of_work import UnitOfWork
from storage import case as cases
from storage import co_signer as co_signers


async def listing(
    uow: UnitOfWork, who: Person, which: str, *, page: int, per_page: int
) -> dict[str, Any]:
    """Return one page of the list `which`: my, todo or tasks."""
    community = await community_of(uow, who.community_id)
    found = await {"my": _my, "todo": _to_do, "tasks": _tasks}[which](uow, who)
    pages = max(1, -(-len(found) // per_page))
    page = min(page, pages - 1)
    shown = found[page * per_page : (page + 1) * per_page]
    return {
        "calls": await callback_call.counts(uow, who) if which == "todo" else {},
        "items": [_item(uow, community, case) for case in shown],
        "page": page,
        "pages": pages,
        "total": len(found),
        "zone": community.zone,
    }


async def _my(uow: UnitOfWork, who: Person) -> list[Case]:
    own = await cases.reported_by(uow, who.community_id, who.id)
    joined = [
        await cases.find(uow, who.community_id, number)
        for number in await co_signers.joined_by(uow, who.community_id, who.id)
    ]
    found = own + [case for case in joined if case is not None]
    return sorted(found, key=lambda case: case.number, reverse=True)


async def _to_do(uow: UnitOfWork, who: Person) -> list[Case]:
    """What the person has to decide or to do, each case once, what is due first."""
    found = await cases.handled_by(uow, who.community_id, who.id, AT_WORK)
    if who.holds(Role.DISPATCHER):
        found += await cases.in_status(uow, who.community_id, TO_DISPATCH)
    if who.holds(Role.SUPERVISOR):
        found += await supervision.undecided(uow, who)
        found += await cases.in_status(uow, who.community_id, TO_SUPERVISE)
    once = {case.number: case for case in found if case.reporter_id != who.id}
    return sorted(once.values(), key=lambda case: (case.due is None, case.due, case.number))


async def _tasks(uow: UnitOfWork, who: Person) -> list[Case]:
    mine = await cases.handled_by(uow, who.community_id, who.id, AT_WORK)
    offered = await cases.in_status(uow, who.community_id, TO_TAKE)
    return mine + await offers.tasks_for(uow, who, offered)


def _item(uow: UnitOfWork, community: Community, case: Case) -> dict[str, Any]:
    category = community.category_or_other(case.category)
    return {
        "number": case.number,
        "status": case.status.value,
        "icon": category.icon,
        "name": category.name.model_dump(),
        "place": case.place,
        "due": case.due.isoformat() if case.due else None,
        "late": case.due is not None and case.due < uow.now,
    }
