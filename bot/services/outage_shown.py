"""What is shown of outages: to the desk, on the screen of news, in letters. Only reads."""

from typing import Any

from bot.domain import outage as rules
from bot.domain.case_record import Case
from bot.domain.outage import Outage
from bot.services.community import Community
from bot.services.unit_of_work import UnitOfWork
from storage import case as cases
from storage import outage as outages

MOST = 2  # outages that the screen of news shows


async def master_of(uow: UnitOfWork, one: Outage) -> Case | None:
    """Return the case that everybody joins; None while nobody has reported it."""
    if one.case_number is None:
        return None
    return await cases.find(uow, one.community_id, one.case_number)


async def of_case(uow: UnitOfWork, case: Case) -> Outage | None:
    """Return the newest outage of the case that is on, or ended lately."""
    held = await outages.standing(uow, case.community_id)
    own = [one for one in held if one.case_number == case.number]
    own.sort(key=lambda one: (one.ended_at is None, one.id), reverse=True)
    return own[0] if own else None


async def lasting(uow: UnitOfWork, community: Community, case: Case) -> dict[str, Any] | None:
    """Return what whoever waits for the case sees of its outage, while it lasts."""
    one = await of_case(uow, case)
    return facts_of(community, one) if one is not None and one.ended_at is None else None


async def of_broadcast(uow: UnitOfWork, community_id: int, broadcast_id: int) -> Outage | None:
    """Return what the notice has announced, while it is not over."""
    held = await outages.standing(uow, community_id)
    own = (one for one in held if one.broadcast_id == broadcast_id and one.ended_at is None)
    return next(own, None)


async def of_community(
    uow: UnitOfWork, community: Community, community_id: int
) -> list[dict[str, Any]]:
    """Return what is off now, for everybody to read."""
    held = await outages.standing(uow, community_id)
    return [facts_of(community, one) for one in held if one.lasts(uow.now)][:MOST]


async def on_desk(uow: UnitOfWork, community: Community, case: Case) -> dict[str, Any] | None:
    """Return what the desk sees: the outage of the case, or that it may become one."""
    one = await of_case(uow, case)
    kind = community.category_or_other(case.category).kind
    may = rules.may_be(case.category, kind) and (one is None or one.ended_at is not None)
    if one is not None and one.ended_at is not None and uow.now - one.ended_at > rules.SHOWN:
        one = None
    if one is None:
        return {"may": may} if may else None
    return {"may": may, "id": one.id, **facts_of(community, one)}


def facts_of(community: Community, one: Outage) -> dict[str, Any]:
    """Return what a letter about the outage says."""
    return {
        "outage": one.id,
        "outage_version": one.version,
        "what": one.what,
        "where": [community.scope_name(part) or "" for part in one.scopes],
        "until": one.until.isoformat(),
        "over": one.ended_at is not None,
        "asked": one.asked,
        "back": one.back,
        "not_yet": one.not_yet,
        "zone": community.zone,
        "phone": community.phone,
    }
