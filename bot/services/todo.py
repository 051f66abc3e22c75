"""Lists: what somebody has reported, what waits for them, what could be taken.

A list is the numbers of its cases in their order, as far as a page needs them and a bit further;
only the cases that are shown are read.
"""

from datetime import UTC, datetime, time, timedelta
from typing import Any

from bot.domain import audience, level
from bot.domain.audience import Serving
from bot.domain.case import MAY_TAKE
from bot.domain.case_record import Case
from bot.domain.level import USUAL
from bot.domain.page import AHEAD, Page
from bot.domain.person import Person
from bot.domain.role import Role
from bot.services import callback_call
from bot.services.case_facts import readable, view_of
from bot.services.community import Community, community_of
from bot.services.unit_of_work import UnitOfWork
from storage import case as cases
from storage import co_signer as co_signers
from storage import task as tasks
from storage import todo as to_do
from storage.task import Taker
from storage.todo import DISPATCH, FILTERS, SUPERVISE, Desk

__all__ = ["FILTERS", "counts", "item", "listing"]


async def listing(
    uow: UnitOfWork, who: Person, which: str, *, page: int, per_page: int, only: int = 0
) -> dict[str, Any]:
    """Return one page of the list `which`: my, todo or tasks; `only` counts in FILTERS."""
    community = await community_of(uow, who.community_id)
    only = only if which == "todo" and 0 < only < len(FILTERS) else 0
    turned = Page(page, per_page)
    numbers = await _numbers(uow, community, who, which, FILTERS[only], turned.most)
    shown, facts = turned.cut(numbers)
    await cases.load(uow, who.community_id, shown)
    found = [await cases.find(uow, who.community_id, number) for number in shown]
    return {
        **facts,
        "calls": await callback_call.counts(uow, who) if which == "todo" else {},
        "items": [item(uow, community, case, who) for case in found if case is not None],
        "zone": community.zone,
        "only": only,
        "named": FILTERS[only],
    }


async def counts(uow: UnitOfWork, who: Person) -> dict[str, int]:
    """Return how many cases each filter shows; `AHEAD` when there may be more."""
    community = await community_of(uow, who.community_id)
    return await to_do.counts(uow, _desk_of(uow, community, who), AHEAD)


async def _numbers(
    uow: UnitOfWork, community: Community, who: Person, which: str, only: str, most: int
) -> list[int]:
    """Return the first numbers of a list: one's own, the newest first; others, the most urgent."""
    if which == "todo":
        return await to_do.numbers(uow, _desk_of(uow, community, who), only, most)
    if which == "tasks":
        return await tasks.numbers(uow, _taker_of(community, who), most)
    return await co_signers.concerning(uow, who.community_id, who.id, most)


def _desk_of(uow: UnitOfWork, community: Community, who: Person) -> Desk:
    """Return where the person decides as what, by the rules of who may."""
    zone = community.calendar.zone
    today = datetime.combine(community.calendar.local(uow.now), time.min, zone)
    return Desk(
        community_id=who.community_id,
        person_id=who.id,
        scopes={
            DISPATCH: who.scopes_of(Role.DISPATCHER),
            SUPERVISE: who.scopes_of(Role.SUPERVISOR),
            **level.scopes_by_level(who),
        },
        buildings=Serving.of(who).buildings,
        now=uow.now,
        today=today.astimezone(UTC),
        tomorrow=(today + timedelta(days=1)).astimezone(UTC),
    )


def _taker_of(community: Community, who: Person) -> Taker:
    """Return which offers mean the person, by the rules of who is asked."""
    serving, (chosen, linked) = Serving.of(who), audience.audiences_of(who)
    return Taker(
        community_id=who.community_id,
        person_id=who.id,
        scopes={
            tasks.TAKE: who.scopes_of(*MAY_TAKE),
            audience.POOL: who.scopes_of(*audience.POOL_ROLES),
            audience.STAFF: who.scopes_of(*audience.ON_DUTY),
        },
        chosen=chosen,
        linked=linked,
        unable=community.categories_beyond(serving.skills),
        buildings=serving.buildings,
    )


def item(uow: UnitOfWork, community: Community, case: Case, who: Person) -> dict[str, Any]:
    """Return what a line of a list shows of the case to somebody."""
    category = community.category_or_other(case.category)
    return {
        "number": case.number,
        "status": case.status.value,
        "icon": category.icon,
        "name": category.name.model_dump(),
        "level": case.level or USUAL,
        "led": view_of(case, who) == "lead",
        "place": readable(community, case, view_of(case, who))(case.place),
        "due": case.due.isoformat() if case.due else None,
        "late": case.due is not None and case.due < uow.now,
    }
